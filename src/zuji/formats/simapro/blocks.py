"""The outer form of the file: a header in braces, then blocks from a word to ``End``, each made of sections with rows."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from zuji.engine.text import Text
from zuji.formats.intake import Unreadable
from zuji.formats.inventory import Place

_SEPARATORS = {"semicolon": ";", "comma": ",", "tab": "\t"}
_MOST_LINES = 5_000_000


@dataclass(frozen=True, slots=True)
class Header:
    """How the file is written."""

    separator: str = ";"
    decimal: str = "."


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a section with the line where it stands."""

    line: int
    cells: tuple[str, ...]

    def cell(self, position: int) -> str:
        """The text of a column, empty beyond the last."""
        return self.cells[position].strip() if position < len(self.cells) else ""


@dataclass(slots=True)
class Block:
    """``Process`` and the like, with its sections by name."""

    name: str
    line: int
    sections: dict[str, list[Row]] = field(default_factory=dict)

    def first(self, section: str) -> str:
        """The first cell of a section, for those that hold one value."""
        rows = self.sections.get(section, [])
        return rows[0].cell(0) if rows else ""


def read_blocks(text: str, place: Place) -> tuple[Header, Iterator[Block]]:
    """The header and the blocks. Raises :class:`Unreadable` where the file is not of this format, or ends inside a block."""
    lines = text.splitlines()
    if not lines or not re.match(r"\{SimaPro", lines[0]) or len(lines) > _MOST_LINES:
        raise Unreadable("mislabelled", place.at("line 1"), Text("不是 SimaPro CSV 文件。", "This is not a SimaPro CSV file."))
    matches = (re.match(r"\{([^:}]+): ?(.*)\}", line) for line in lines[:60])
    said = {match[1]: match[2] for match in matches if match}
    header = Header(
        _SEPARATORS.get(said.get("CSV separator", "Semicolon").strip().lower(), ";"), said.get("Decimal separator", ".").strip() or "."
    )
    return header, _blocks(lines, header, place)


def _blocks(lines: list[str], header: Header, place: Place) -> Iterator[Block]:
    block: Block | None = None
    section: list[Row] | None = None
    for number, line in enumerate(lines, 1):
        written = line.strip()
        if block is None:
            if written and not written.startswith("{") and written != "End":
                block, section = Block(written, number), None
                block.sections[""] = section = []
        elif written == "End":
            yield block
            block = None
        elif not written:
            section = None
        elif section is None:
            section = block.sections.setdefault(written, [])
        else:
            section.append(Row(number, tuple(next(csv.reader([line], delimiter=header.separator)))))
    if block is not None:
        raise Unreadable(
            "truncated",
            place.at(f"line {block.line}"),
            Text(f"“{block.name}”段没有结束（缺少 End），文件不完整。", f"The block '{block.name}' has no End: the file is cut off."),
        )
