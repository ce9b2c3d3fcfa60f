"""Parts of WordprocessingML (ISO/IEC 29500-1) that python-docx has no words for: borders, shading, fields, header rows, fixed archives."""

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

LATIN = "Arial"
HAN = "Microsoft YaHei"
# what a machine without the face uses instead: Word and LibreOffice read this list
OTHERS = "微软雅黑;Noto Sans SC;思源黑体;Source Han Sans SC;Noto Sans CJK SC;PingFang SC;SimSun;宋体"
# the order that the schema demands of the properties written here
_ORDER = {
    "pPr": (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers", "pBdr", "shd",
        "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi",
        "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
        "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
    ),
    "tcPr": (
        "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection", "tcFitText",
        "vAlign", "hideMark",
    ),
    "tblPr": (
        "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc", "tblCellSpacing",
        "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription",
    ),
    "trPr": (
        "cnfStyle", "divId", "gridBefore", "gridAfter", "wBefore", "wAfter", "cantSplit", "trHeight", "tblHeader", "tblCellSpacing",
        "jc", "hidden",
    ),
}  # fmt: skip
# python-docx's own template carries a picture of an empty page
_THUMBNAIL = "docProps/thumbnail.jpeg"
_TO_THUMBNAIL = re.compile(rb"<Relationship [^>]*docProps/thumbnail\.jpeg[^>]*/>")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_RAISED = re.compile("([₀-₉]+|[⁰¹²³⁴-⁹⁻]+)")
_PLAIN = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "01234567890123456789−")


def element(tag: str, /, **attributes: str) -> BaseOxmlElement:
    """An element of the ``w`` namespace with attributes of it."""
    made = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def runs(text: str, *, bold: bool = False, colour: str = "", size: float = 0) -> str:
    """Text as runs in XML: figures below and above the line as such, lines as breaks, characters that XML forbids left out."""
    weight = "<w:b/><w:bCs/>" if bold else ""
    tint = f'<w:color w:val="{colour.lstrip("#").upper()}"/>' if colour else ""
    height = f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    made = ""
    for k, line in enumerate(text.split("\n")):
        made += "<w:r><w:br/></w:r>" if k else ""
        for part in _RAISED.split("".join(c for c in line if c.isprintable() or c in " \u3000")):
            if part:
                place = ""
                if _RAISED.fullmatch(part):
                    place = f'<w:vertAlign w:val="{"subscript" if "₀" <= part[0] <= "₉" else "superscript"}"/>'
                    part = part.translate(_PLAIN)  # noqa: PLW2901 - the same figures, on the line
                made += f'<w:r><w:rPr>{weight}{tint}{height}{place}</w:rPr><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
    return made


def write(paragraph: Paragraph, text: str, *, bold: bool = False, colour: str = "", size: float = 0) -> None:
    """Append :func:`runs` of text to a paragraph."""
    for run in parse_xml(f"<w:p {nsdecls('w')}>{runs(text, bold=bold, colour=colour, size=size)}</w:p>"):
        paragraph._p.append(run)


def dress(run: Run, *, bold: bool = False, colour: str = "", size: float = 0) -> None:
    """Weight, colour (``#rrggbb``) and size in points of a run; what is not given stays with the style."""
    if bold:
        run.font.bold = True
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
    if size:
        run.font.size = Pt(size)


def put(owner: BaseOxmlElement, child: BaseOxmlElement) -> None:
    """A property at its place among the others; one of the same name gives way to it."""
    order = _ORDER[_name(owner)]
    for old in [each for each in owner if _name(each) == _name(child)]:
        owner.remove(old)
    rank = order.index(_name(child))
    later = next((each for each in owner if _name(each) in order and order.index(_name(each)) > rank), None)
    if later is None:
        owner.append(child)
    else:
        later.addprevious(child)


def _name(each: BaseOxmlElement) -> str:
    return str(each.tag).rpartition("}")[2]


def borders(owner: BaseOxmlElement, tag: str, sides: Mapping[str, tuple[int, str]]) -> None:
    """Rules around a paragraph (``pBdr``): eighths of a point and colour."""
    made = element(tag)
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        if side in sides:
            width, colour = sides[side]
            style = "single" if width else "nil"
            made.append(element(side, val=style, sz=str(width), space="0" if tag != "pBdr" else "6", color=colour.lstrip("#")))
    put(owner, made)


def shade(owner: BaseOxmlElement, colour: str) -> None:
    """The ground of a paragraph or cell."""
    put(owner, element("shd", val="clear", color="auto", fill=colour.lstrip("#")))


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field with what it showed last: ``PAGE``, or a running number."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run()
        if kind == "shown":
            run.text = text
        elif kind:
            run._r.append(element("fldChar", fldCharType=kind))
        else:
            code = element("instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {text} "
            run._r.append(code)


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """A bookmark around all that a paragraph holds."""
    start, end = element("bookmarkStart", id=str(number), name=name), element("bookmarkEnd", id=str(number))
    place = 1 if paragraph._p.pPr is not None else 0
    paragraph._p.insert(place, start)
    paragraph._p.append(end)


def link(paragraph: Paragraph, text: str, anchor: str) -> None:
    """Text that leads to a bookmark."""
    made = element("hyperlink", anchor=anchor, history="1")
    before = len(paragraph.runs)
    write(paragraph, text)
    for run in paragraph.runs[before:]:
        made.append(run._r)
    paragraph._p.append(made)


def set_faces(document: Document, language: str) -> None:
    """The faces and the language of all styles, for Latin and for Chinese letters alike."""
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in list(defaults):
        if old.tag in {qn("w:rFonts"), qn("w:lang")}:
            defaults.remove(old)
    defaults.insert(0, element("rFonts", ascii=LATIN, hAnsi=LATIN, cs=LATIN, eastAsia=HAN))
    defaults.append(element("lang", val="en-GB" if language == "en" else "en-US", eastAsia="zh-CN"))
    for fonts in styles.iter(qn("w:rFonts")):
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        for name, face in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", HAN)):
            fonts.set(qn(f"w:{name}"), face)


def fixed_archive(data: bytes, alternatives: str = OTHERS) -> bytes:
    """The document with its parts in a fixed order and without the time of writing, and with the faces to use where ours is missing."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels", name))
        for name in names:
            if name == _THUMBNAIL:
                continue
            content = source.read(name)
            if name == "_rels/.rels":
                content = _TO_THUMBNAIL.sub(b"", content)
            if name == "word/fontTable.xml":
                content = _with_alternatives(content, alternatives)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, content)
    return made.getvalue()


def _with_alternatives(content: bytes, alternatives: str) -> bytes:
    face = f'<w:font w:name="{HAN}"><w:altName w:val="{alternatives}"/><w:charset w:val="86"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
    return content.replace(b"</w:fonts>", face.encode() + b"</w:fonts>")
