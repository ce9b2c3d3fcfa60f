"""XML as data and nothing more: no DTD, no entity, no XInclude, no network, no more than 256 levels.

lxml (libxml2) does the parsing; the text is decoded before it, so that what is looked for cannot hide in an encoding.
References: OWASP XML External Entity Prevention; defusedxml's list of attacks.
"""

import re

from lxml import etree

from zuji.engine.excerpt import head
from zuji.engine.text import Text
from zuji.formats.intake.elements import Element
from zuji.formats.intake.encoding import decode
from zuji.formats.intake.refusals import Unreadable
from zuji.formats.inventory import Place

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_FORBIDDEN = (
    (re.compile(r"<!\s*DOCTYPE", re.IGNORECASE), "DTD"),
    (re.compile(r"<!\s*ENTITY", re.IGNORECASE), "ENTITY"),
    (re.compile(r"http://www\.w3\.org/(?:2001|2003)/XInclude"), "XInclude"),
)


def read_xml(data: bytes, file: str) -> Element:
    """The root element of an XML file. Raises :class:`Unreadable` with the line where it is cut off or forbidden."""
    text = _DECLARATION.sub("", decode(data, file), count=1)
    place = Place(file)
    for pattern, what in _FORBIDDEN:
        if found := pattern.search(text):
            line = text.count("\n", 0, found.start()) + 1
            raise Unreadable(
                "xml-forbidden", place.at(f"line {line}"), Text(f"含有 {what}，不予读取。", f"It has a {what}, which is not read.")
            )
    # libxml2 itself stops at 256 levels, and at 10 MB of one text, unless told otherwise (huge_tree).
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        root: Element = etree.fromstring(text.encode("utf-8", "surrogatepass"), parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None  # a limit of the process, not a fault of the file
        line = error.lineno or 0
        message = head(error.msg or "", 160)
        raise Unreadable(
            "xml", place.at(f"line {line}"), Text(f"不是完整、合法的 XML：{message}", f"Not complete, well-formed XML: {message}")
        ) from None
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def line_of(element: Element) -> str:
    """``line 12``, or nothing where the line is not known."""
    return f"line {element.sourceline}" if element.sourceline else ""
