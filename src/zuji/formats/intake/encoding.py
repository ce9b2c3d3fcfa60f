"""Which characters the bytes of a file stand for: a byte order mark first, then what the file says of itself, then UTF-8."""

import codecs
import re

from zuji.engine.text import Text
from zuji.formats.intake.refusals import Unreadable
from zuji.formats.inventory import Place

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A few encodings that inventory files are really written in. UTF-7 and the like hide a DTD from whoever looks for one.
_TAKEN = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "ascii", "ascii": "ascii", "iso-8859-1": "iso-8859-1", "latin1": "iso-8859-1",
    "iso-8859-15": "iso-8859-15", "windows-1252": "windows-1252", "cp1252": "windows-1252", "gb2312": "gb18030", "gbk": "gb18030",
    "gb18030": "gb18030", "cp936": "gb18030", "big5": "big5", "utf-16": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
}  # fmt: skip
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_SIGNATURES = (
    (b"PK\x03\x04", "ZIP"), (b"\x1f\x8b", "gzip"), (b"\xfd7zXZ", "xz"), (b"7z\xbc\xaf", "7-Zip"), (b"Rar!", "RAR"), (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "OLE (xls/doc)"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"\x7fELF", "ELF"), (b"MZ", "EXE"),
)  # fmt: skip


def decode(data: bytes, file: str, *, legacy: bool = False) -> str:
    """The text of a file. ``legacy`` allows, for files that cannot declare an encoding (CSV), GBK or Windows-1252 where UTF-8 does not fit.

    Raises :class:`Unreadable` for a file of another kind, an encoding that is not taken, and bytes that do not fit the encoding.
    """
    place = Place(file)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise Unreadable(
                "mislabelled",
                place,
                Text(f"这是 {kind} 文件，与其名称或所选格式不符。", f"This is a {kind} file, not what it is named or said to be."),
            )
    where = 0
    mark, encoding = _marked(data, place)
    declared = "" if encoding else _declared(data, place)
    for candidate in dict.fromkeys((encoding or declared or "utf-8", *((_legacy(data),) if legacy and not (encoding or declared) else ()))):
        try:
            text = data[len(mark) :].decode(candidate)
        except UnicodeDecodeError as error:
            where = error.start
            continue
        return _without_nul(text.removeprefix("\ufeff"), place)
    shown = encoding or declared or "utf-8"
    raise Unreadable(
        "encoding",
        place.at(f"byte {where}"),
        Text(f"内容不是 {shown} 编码的文字（第 {where} 字节）。", f"The content is not text in {shown} (byte {where})."),
    )


def _legacy(data: bytes) -> str:
    """GBK where bytes above ASCII mostly come in pairs, as Chinese characters do; Windows-1252 where they mostly stand alone, as in µg."""
    paired = sum(len(run) // 2 * 2 for run in re.findall(rb"[\xa1-\xfe]{2,}", data))
    alone = len(re.findall(rb"[\x80-\xff]", data)) - paired
    return "gb18030" if paired > alone else "windows-1252"


def _marked(data: bytes, place: Place) -> tuple[bytes, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            if not encoding:
                raise _not_taken("UTF-32", place)
            return mark, encoding
    if data.startswith(b"<\0"):
        return b"", "utf-16-le"
    return (b"", "utf-16-be") if data.startswith(b"\0<") else (b"", "")


def _declared(data: bytes, place: Place) -> str:
    found = _DECLARED.match(data[:400])
    if found is None:
        return ""
    name = found[1].decode("ascii")
    if name.lower() not in _TAKEN or name.lower().startswith("utf-16"):  # UTF-16 would have shown itself by its bytes
        raise _not_taken(name, place)
    return _TAKEN[name.lower()]


def _not_taken(name: str, place: Place) -> Unreadable:
    return Unreadable(
        "encoding", place, Text(f"不接受编码 {name}，请另存为 UTF-8。", f"The encoding {name} is not taken. Save the file as UTF-8.")
    )


def _without_nul(text: str, place: Place) -> str:
    if "\0" in text:
        raise Unreadable("encoding", place, Text("内容含有空字符，不是文字。", "The content has NUL characters and is no text."))
    return text
