"""PDF (ISO 32000-2): every object is looked at, also those that no page refers to; nothing in it may act or carry programs."""

import io
import re

import pikepdf

from zuji.formats.attachments.unfit import Unfit
from zuji.formats.attachments.xml import each_element

# Keys and actions by what they do (ISO 32000-2, 12.6.4). Links to a web address, which a person clicks, are usual.
_KEYS = {"/JS": "script", "/JavaScript": "script", "/RichMediaContent": "media", "/RichMediaSettings": "media", "/XFA": "form"}
_ACTIONS = {
    "/JavaScript": "script",
    "/Launch": "launch",
    "/GoToE": "attachment",
    "/GoToR": "launch",
    "/ImportData": "form",
    "/SubmitForm": "form",
    "/Rendition": "media",
    "/RichMediaExecute": "media",
}
# The same in objects that the table of contents of the file leaves out. Short names would appear in a picture's bytes by chance.
_HIDDEN = re.compile(rb"/(JavaScript|Launch|EmbeddedFile|RichMedia|SubmitForm|ImportData)(?![A-Za-z0-9])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")  # a letter of a name may be written by its number (7.3.5)
_WHAT = {"JavaScript": "script", "Launch": "launch", "EmbeddedFile": "attachment", "RichMedia": "media"}
_MOST_DATA = 5 * 2**20
_BLANK = b"\0\t\n\f\r "


def check_pdf(data: bytes) -> None:
    """Nothing, where a PDF is sound and inert.

    Raises:
        Unfit: it is damaged, needs a password, goes on behind its end, or holds a script, an action, media, a dynamic form or an
            attached file other than XML data (as electronic invoices carry).
    """
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise Unfit("damaged")
    if data[end + 5 :].strip(_BLANK):
        raise Unfit("trailing")
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            if not pdf.pages:
                raise Unfit("damaged")
            attached = True in {_check_object(found) for found in (pdf.trailer, *pdf.objects)}  # every one, to the last
    except pikepdf.PasswordError:
        raise Unfit("password") from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise Unfit("damaged") from None
    for match in _HIDDEN.finditer(_ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)):
        what = _WHAT.get(match[1].decode(), "form")
        if what != "attachment" or not attached:
            raise Unfit("acts", what)


def _check_object(found: pikepdf.Object) -> bool:
    """Whether the object attaches data. Its parts are looked at without descending into what is an object of its own."""
    attaches, waiting = False, [found]
    while waiting:
        part = waiting.pop()
        if isinstance(part, pikepdf.Array):
            waiting.extend(each for each in part if _direct(each))
            continue
        if not isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
            continue
        attaches = _check_dictionary(part) or attaches
        waiting.extend(each for _, each in part.items() if _direct(each))
    return attaches


def _direct(value: object) -> bool:
    return isinstance(value, pikepdf.Object) and not value.is_indirect


def _check_dictionary(part: pikepdf.Object) -> bool:
    for key in part.keys():  # noqa: SIM118  # an object of pikepdf, not a dict
        if key in _KEYS:
            raise Unfit("acts", _KEYS[key])
    action = str(part.get("/S", ""))
    if action in _ACTIONS:
        raise Unfit("acts", _ACTIONS[action])
    if "/EF" in part:
        for key in part["/EF"].keys():  # noqa: SIM118  # the same
            _check_attached(part["/EF"][key])
        return True
    kind = str(part.get("/Type", ""))
    if kind == "/EmbeddedFile":
        _check_attached(part)
        return True
    if kind == "/ObjStm" and isinstance(part, pikepdf.Stream):
        part.read_bytes()  # objects inside a stream that cannot be unpacked would count as absent here, and be seen by another reader
    return False


def _check_attached(stream: object) -> None:
    if not isinstance(stream, pikepdf.Stream):
        raise Unfit("acts", "attachment")
    content = stream.read_bytes()
    if len(content) > _MOST_DATA:
        raise Unfit("acts", "attachment")
    try:
        each_element(content, lambda _name, _attributes: None)
    except Unfit:
        raise Unfit("acts", "attachment") from None
