"""The report as an editable DOCX: real headings, captions and tables, header rows repeated, drawings as PNG with their words."""

import datetime
import io

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph

from zuji.documents import ooxml, theme
from zuji.documents.blocks import (
    Block,
    Bullets,
    Callout,
    Contents,
    Cover,
    Definitions,
    Figure,
    Heading,
    KeyFigures,
    Paragraph,
    Report,
    Table,
)
from zuji.documents.pdf import to_png
from zuji.documents.wordtable import Cell, Line, add_table

_TONES = {
    "gap": (theme.AMBER, theme.AMBER_PALE),
    "warning": (theme.RED, theme.RED_PALE),
    "note": (theme.ACCENT, theme.ACCENT_PALE),
    "demonstration": (theme.ACCENT, theme.ACCENT_PALE),
}
_MOST_TITLE = 250  # core properties hold 255 characters


def to_docx(report: Report) -> bytes:
    """The report as DOCX. The same report gives the same bytes."""
    document = docx.Document()
    _set_up(document, report)
    _cover(document, report.cover)
    anchors = {id(heading): f"_Toc{k:06d}" for k, heading in enumerate(report.headings(), 1)}
    for block in report.blocks:
        if isinstance(block, Contents):
            _contents(document, block, report, anchors)
        elif isinstance(block, Heading):
            _heading(document, block, anchors[id(block)])
        else:
            _block(document, block)
    made = io.BytesIO()
    document.save(made)
    return ooxml.fixed_archive(made.getvalue())


def _set_up(document: Document, report: Report) -> None:
    ooxml.set_faces(document, report.language)
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(23)
    section.top_margin, section.bottom_margin = Mm(27), Mm(24)
    section.header_distance = section.footer_distance = Mm(12)
    section.different_first_page_header_footer = True
    _styles(document)
    _running(document, report)
    properties = document.core_properties
    properties.title, properties.author = report.title[:_MOST_TITLE], report.author[:_MOST_TITLE]
    properties.subject, properties.keywords = report.subject[:_MOST_TITLE], "; ".join(report.keywords)[:_MOST_TITLE]
    properties.comments, properties.last_modified_by = f"result_hash {report.result_hash}", "Zuji"
    properties.language = "zh-CN" if report.language == "zh" else "en-GB"
    properties.created = properties.modified = datetime.datetime.combine(report.issued, datetime.time())
    properties.revision = 1


def _styles(document: Document) -> None:
    sizes = {"Normal": 10.0, "Heading 1": 19.0, "Heading 2": 13.0, "Heading 3": 11.0, "Caption": 9.0, "List Bullet": 10.0, "Title": 27.0}
    for name, size in sizes.items():
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.size, style.font.italic = Pt(size), False
        style.font.bold = name.startswith(("Heading", "Title"))
        plain = name in {"Normal", "Heading 3", "Caption", "List Bullet"}
        style.font.color.rgb = RGBColor.from_string((theme.INK if plain else theme.ACCENT).lstrip("#").upper())
        form = style.paragraph_format
        form.space_before, form.space_after = Pt(0), Pt(6 if name == "Normal" else 3)
        form.line_spacing = 1.25 if name in {"Normal", "List Bullet"} else 1.15
    for name, before, after in (("Heading 1", 18, 14), ("Heading 2", 20, 8), ("Heading 3", 14, 6)):
        form = document.styles[name].paragraph_format
        form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), True
    title = document.styles["Title"].element.get_or_add_pPr()
    for old in title.findall(qn("w:pBdr")):
        title.remove(old)


def _running(document: Document, report: Report) -> None:
    section = document.sections[0]
    head = section.header.paragraphs[0]
    head.style = document.styles["Normal"]  # the style of headers has tab stops of its own, in the wrong places
    head.paragraph_format.tab_stops.add_tab_stop(Mm(163), WD_TAB_ALIGNMENT.RIGHT)
    ooxml.write(head, report.running_title, colour=theme.GREY, size=8)
    head.add_run().add_tab()
    ooxml.write(head, report.running_mark, colour=theme.GREY, size=8)
    ooxml.borders(head._p.get_or_add_pPr(), "pBdr", {"bottom": (4, theme.RULE)})
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    before, between, after = report.page_words
    foot.add_run(f"{before} ")
    ooxml.field(foot, "PAGE", "1")
    foot.add_run(f" {between} ")
    ooxml.field(foot, "NUMPAGES", "1")
    foot.add_run(f" {after}")
    for run in foot.runs:
        ooxml.dress(run, colour=theme.GREY, size=8)


def _cover(document: Document, cover: Cover) -> None:
    kicker = document.paragraphs[0] if document.paragraphs else document.add_paragraph()
    ooxml.write(kicker, cover.kicker, colour=theme.GREY, size=10.5)
    ooxml.borders(kicker._p.get_or_add_pPr(), "pBdr", {"bottom": (14, theme.ACCENT)})
    if cover.mark:
        mark = document.add_paragraph()
        mark.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        ooxml.write(mark, cover.mark, colour=theme.RED, size=9.5)
    title = document.add_paragraph(style="Title")
    title.paragraph_format.space_before = Pt(70)
    ooxml.write(title, cover.title)
    if cover.product:
        ooxml.write(document.add_paragraph(), cover.product, size=12)
    ooxml.write(document.add_paragraph(), cover.producer, colour=theme.GREY, size=11)
    label = document.add_paragraph()
    label.paragraph_format.space_before = Pt(54)
    ooxml.write(label, cover.headline_label, colour=theme.GREY, size=10.5)
    number = document.add_paragraph()
    number.paragraph_format.space_after = Pt(64)
    ooxml.write(number, cover.headline, bold=True, colour=theme.ACCENT, size=48)
    ooxml.write(number, f"  {cover.headline_unit}", size=16)
    for each in (label, number):
        each.paragraph_format.left_indent = Mm(5)
        ooxml.borders(each._p.get_or_add_pPr(), "pBdr", {"left": (20, theme.ACCENT)})
    _definitions(document, Definitions(cover.facts))
    statement = document.add_paragraph()
    statement.paragraph_format.space_before = Pt(14)
    ooxml.write(statement, cover.statement, colour=theme.GREY, size=8.5)


def _contents(document: Document, block: Contents, report: Report, anchors: dict[int, str]) -> None:
    """A field over the headings that Word can renew, filled with links; page numbers are left to Word."""
    title = document.add_paragraph()
    title.paragraph_format.page_break_before = True
    title.paragraph_format.space_after = Pt(14)
    ooxml.write(title, block.title, bold=True, colour=theme.ACCENT, size=19)
    entries = [heading for heading in report.headings() if heading.level < 3]
    for k, heading in enumerate(entries):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm(0 if heading.level == 1 else 7)
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(5 if heading.level == 1 else 0), Pt(0)
        paragraph.paragraph_format.line_spacing = 1.15
        if k == 0:
            _open_field(paragraph, 'TOC \\o "1-2" \\h \\z \\n')
        ooxml.link(paragraph, heading.full, anchors[id(heading)])
        if k == len(entries) - 1:
            paragraph.add_run()._r.append(ooxml.element("fldChar", fldCharType="end"))


def _open_field(paragraph: WordParagraph, instruction: str) -> None:
    paragraph.add_run()._r.append(ooxml.element("fldChar", fldCharType="begin"))
    code = ooxml.element("instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)
    paragraph.add_run()._r.append(ooxml.element("fldChar", fldCharType="separate"))


def _heading(document: Document, block: Heading, anchor: str) -> None:
    paragraph = document.add_paragraph(style=f"Heading {block.level}")
    paragraph.paragraph_format.page_break_before = block.fresh or None
    ooxml.write(paragraph, block.full)
    ooxml.bookmark(paragraph, anchor, int(anchor.removeprefix("_Toc")))


def _block(document: Document, block: Block) -> None:
    match block:
        case Paragraph():
            note = block.tone == "note"
            ooxml.write(document.add_paragraph(), block.text, colour=theme.GREY if note else "", size=8.5 if note else 0)
        case Bullets():
            for item in block.items:
                ooxml.write(document.add_paragraph(style="List Bullet"), item)
        case Definitions():
            _definitions(document, block)
        case Table():
            _table(document, block)
        case Figure():
            _figure(document, block)
        case KeyFigures():
            _key_figures(document, block)
        case Callout():
            _callout(document, block)
        case Heading() | Contents():
            raise AssertionError("written by their own functions")


def _caption(document: Document, number: str, text: str, *, above: bool) -> None:
    paragraph = document.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = above
    paragraph.paragraph_format.space_before = Pt(10 if above else 3)
    paragraph.paragraph_format.space_after = Pt(4 if above else 12)
    word, _, digits = number.rpartition(" ")
    first = len(paragraph.runs)
    ooxml.write(paragraph, f"{word} ")
    ooxml.field(paragraph, f"SEQ {'Table' if above else 'Figure'} \\* ARABIC", digits)
    for run in paragraph.runs[first:]:
        ooxml.dress(run, bold=True, colour=theme.ACCENT)
    ooxml.write(paragraph, f"  {text}")


def _table(document: Document, block: Table) -> None:
    _caption(document, block.number, block.caption, above=True)
    size = 8.0 if block.dense else 9.0
    heads = {"top": (10, theme.ACCENT), "bottom": (6, theme.ACCENT)}
    rows = [[Cell((Line(c.title, size, colour=theme.ACCENT),), c.align, heads) for c in block.columns]]
    for k, row in enumerate(block.rows):
        below = (6, theme.ACCENT) if k == len(block.rows) - 1 else (4, theme.RULE)
        total = row.kind == "total"
        rules = {"bottom": below, "top": (6, theme.ACCENT)} if total else {"bottom": below}
        if row.kind == "group":
            words = (Line(row.cells[0], size, bold=True, colour=theme.ACCENT),)
            rows.append([Cell(words, rules=rules, ground=theme.PALE, span=len(block.columns))])
        else:
            cells = zip(row.cells, block.columns, strict=True)
            rows.append([Cell((Line(text, size, bold=total),), column.align, rules) for text, column in cells])
    add_table(document, [column.width for column in block.columns], rows, header=True)
    after = document.add_paragraph()
    ooxml.write(after, block.note or " ", colour=theme.GREY, size=8 if block.note else 4)
    after.paragraph_format.space_after = Pt(6 if block.note else 2)


def _definitions(document: Document, block: Definitions) -> None:
    rules = {"bottom": (4, theme.RULE)}
    rows = [[Cell((Line(name, 9, colour=theme.GREY),), rules=rules), Cell((Line(value, 9.4),), rules=rules)] for name, value in block.rows]
    add_table(document, [36, 128], rows, margin=40)
    _gap(document)


def _gap(document: Document) -> None:
    """A small distance after a table, which has none of its own."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    ooxml.write(paragraph, " ", size=4)


def _figure(document: Document, block: Figure) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(8)
    wide = min(164.0, 200.0 * block.width / block.height)
    picture = paragraph.add_run().add_picture(io.BytesIO(to_png(block.svg, block.width, block.height)), width=Mm(wide))
    words = picture._inline.docPr
    words.set("descr", "".join(c for c in block.alt if c.isprintable()))
    words.set("title", "".join(c for c in block.caption if c.isprintable()))
    _caption(document, block.number, block.caption, above=False)


def _key_figures(document: Document, block: KeyFigures) -> None:
    rules = {"top": (10, theme.ACCENT), "bottom": (4, theme.RULE)}
    cells = []
    for item in block.items:
        lines = [
            Line(item.label, 8, colour=theme.GREY),
            Line(item.value, 13 if len(item.value) > 8 else 15, bold=True, colour=theme.ACCENT),
        ]
        lines += [Line(text, 7.5, colour=colour) for text, colour in ((item.unit, ""), (item.note, theme.GREY)) if text]
        cells.append(Cell(tuple(lines), rules=rules))
    add_table(document, [max(6, len(item.value)) for item in block.items], [cells])
    _gap(document)


def _callout(document: Document, block: Callout) -> None:
    strong, pale = _TONES[block.kind]
    texts = [block.title, *(f"•  {item}" if len(block.items) > 1 else item for item in block.items)]
    for k, text in enumerate(texts):
        paragraph = document.add_paragraph()
        form = paragraph.paragraph_format
        form.left_indent, form.right_indent = Mm(5), Mm(2)
        form.space_before, form.space_after = Pt(8 if k == 0 else 0), Pt(10 if k == len(texts) - 1 else 0)
        form.keep_with_next = k == 0
        properties = paragraph._p.get_or_add_pPr()
        ooxml.borders(properties, "pBdr", {"left": (18, strong)})
        ooxml.shade(properties, pale)
        ooxml.write(paragraph, text, bold=k == 0, colour=strong if k == 0 else "", size=9.5 if k == 0 else 9)
