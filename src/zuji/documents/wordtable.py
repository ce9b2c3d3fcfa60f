"""Tables of WordprocessingML written as text: a report has a thousand cells, and each is the same few elements.

Every text passes :func:`zuji.documents.ooxml.runs`, which escapes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from zuji.documents.ooxml import runs

WIDTH = 9300  # twentieths of a point: 164 mm
SIDES = ("top", "left", "bottom", "right")
Rules = Mapping[str, tuple[int, str]]
_SMALL = 10  # rows that stay together on one page
_JUSTIFIED = {"start": "left", "end": "right", "center": "center"}


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a cell."""

    text: str
    size: float
    bold: bool = False
    colour: str = ""

    def xml(self, align: str, *, keep: bool) -> str:
        kept = "<w:keepNext/>" if keep else ""
        return (
            f'<w:p><w:pPr>{kept}<w:spacing w:before="0" w:after="0" w:line="270" w:lineRule="auto"/><w:jc w:val="{_JUSTIFIED[align]}"/></w:pPr>'
            f"{runs(self.text, bold=self.bold, colour=self.colour, size=self.size)}</w:p>"
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its lines, its side, the rules around it (eighths of a point and colour), its ground, the columns it spans."""

    lines: tuple[Line, ...]
    align: str = "start"
    rules: Rules = field(default_factory=dict)
    ground: str = ""
    span: int = 1

    def xml(self, width: int, *, keep: bool) -> str:
        span = f'<w:gridSpan w:val="{self.span}"/>' if self.span > 1 else ""
        rules = "".join(
            f'<w:{side} w:val="single" w:sz="{self.rules[side][0]}" w:space="0" w:color="{self.rules[side][1].lstrip("#")}"/>'
            for side in SIDES
            if side in self.rules
        )
        ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{self.ground.lstrip("#")}"/>' if self.ground else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}<w:tcBorders>{rules}</w:tcBorders>{ground}</w:tcPr>'
            f"{''.join(line.xml(self.align, keep=keep) for line in self.lines)}</w:tc>"
        )


def add_table(
    document: Document, weights: Sequence[float], rows: Sequence[Sequence[Cell]], *, header: bool = False, margin: int = 70
) -> None:
    """A table over the width of the text. No row breaks over a page, nor does a small table; with ``header`` the first row is repeated on every page."""
    whole = sum(weights)
    widths = [round(WIDTH * weight / whole) for weight in weights]
    small = len(rows) <= _SMALL
    made = "".join(_row(row, widths, header=header and k == 0, keep=small and k < len(rows) - 1) for k, row in enumerate(rows))
    margins = "".join(f'<w:{side} w:w="{margin if side in {"left", "right"} else 35}" w:type="dxa"/>' for side in SIDES)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar>{margins}</w:tblCellMar><w:tblLook w:val="0{"6" if header else "4"}20"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{made}</w:tbl>"
    )
    document.element.body.insert_element_before(table, "w:sectPr")


def _row(cells: Sequence[Cell], widths: Sequence[int], *, header: bool, keep: bool) -> str:
    at, made = 0, ""
    for cell in cells:
        made += cell.xml(sum(widths[at : at + cell.span]), keep=keep)
        at += cell.span
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>{made}</w:tr>"
