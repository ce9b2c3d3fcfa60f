"""The block model of a report: what it says, in order, without a word about how a page looks.

Every string is plain text. A renderer passes it on as data; nothing in it is ever read as markup.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from zuji.engine.text import Language

Align = Literal["start", "end", "center"]
RowKind = Literal["body", "group", "total"]
CalloutKind = Literal["gap", "warning", "note", "demonstration"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter (level 1), section (2) or subsection (3). ``number`` is part of what is shown: ``2.3``; ``fresh``: on a new page."""

    level: Literal[1, 2, 3]
    number: str
    text: str
    fresh: bool = False

    @property
    def full(self) -> str:
        return f"{self.number}  {self.text}" if self.number else self.text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a ``note`` is smaller and grey."""

    text: str
    tone: Literal["body", "note"] = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short statements."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Definitions:
    """Names and what they stand for, as two columns without a caption."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its title (with the unit, where it holds numbers), its side, its share of the width."""

    title: str
    align: Align = "start"
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells. A ``group`` row has one cell over the whole width, a ``total`` row closes the table."""

    cells: tuple[str, ...]
    kind: RowKind = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption (``表 3``) and an optional note below."""

    number: str
    caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[Row, ...]
    note: str = ""
    dense: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing as SVG with what it shows in words (``alt``). ``width``/``height`` are the drawing's own size in CSS pixels."""

    number: str
    caption: str
    svg: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One number that a reader looks for first. ``note`` says what it rests on."""

    label: str
    value: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Key figures side by side."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """Something that must not be overlooked: gaps, warnings, what the numbers are not."""

    kind: CalloutKind
    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents over the headings of level 1 and 2."""

    title: str


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page."""

    kicker: str
    title: str
    product: str
    producer: str
    headline_label: str
    headline: str
    headline_unit: str
    facts: tuple[tuple[str, str], ...]
    statement: str
    mark: str = ""


Block = Heading | Paragraph | Bullets | Definitions | Table | Figure | KeyFigures | Callout | Contents


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report, ready for any renderer. ``issued`` is the only date in it that is not of the study."""

    language: Language
    title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    issued: datetime.date
    result_hash: str
    running_title: str
    running_mark: str
    page_words: tuple[str, str, str]
    cover: Cover
    blocks: tuple[Block, ...] = field(default=())

    def headings(self) -> Iterator[Heading]:
        """The headings in order."""
        return (block for block in self.blocks if isinstance(block, Heading))
