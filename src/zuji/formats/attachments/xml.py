"""XML as a stream of elements. A document type declaration, the root of all expansion attacks, is refused."""

from collections.abc import Callable
from xml.parsers import expat

from zuji.formats.attachments.unfit import Unfit

Element = Callable[[str, dict[str, str]], None]


def each_element(content: bytes, element: Element, characters: Callable[[str], None] | None = None) -> None:
    """Call ``element`` with the local name and attributes of every element, in order, and ``characters`` with the text between.

    Raises:
        Unfit: the XML is not well formed (``damaged``), or declares a document type (``doctype``).
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def doctype(*_: object) -> None:
        raise Unfit("doctype")

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = lambda name, attributes: element(name.rpartition(" ")[2], attributes)
    if characters is not None:
        parser.CharacterDataHandler = characters
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise Unfit("damaged") from None
