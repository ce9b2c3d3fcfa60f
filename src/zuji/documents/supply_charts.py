"""What is behind a solved database's number, beside its flow: supply paths, swings, variance, paired comparison, difference of two releases.

Options and tables of the same rows; every list ends in 其余 and sums to what it is a list of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import numpy as np

from zuji.documents.chart_tables import NONE, SHARE, TOTAL, Entry, Figure, Table
from zuji.documents.charts import OTHER, UNIT, Option, frequencies, named_bars, range_bars
from zuji.documents.numerals import Column, Percentages, shown
from zuji.engine.sparse.needs import Floats
from zuji.engine.text import Language, Text

NOT_SOLVABLE = Text("无解", "no solution")
_BINS = 30
_DRAWN = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A line of a list that sums to a whole: what it is, in a few words and in full, and its value."""

    name: Text
    full: Text
    value: Decimal


@dataclass(frozen=True, slots=True)
class Parts:
    """The largest parts of a whole and, where it has a name, the rest; they sum to the total. ``shares``: whether they are shown beside the values."""

    parts: tuple[Part, ...]
    rest: Decimal
    rest_name: Text | None
    total: Decimal
    shares: bool = True

    def column(self) -> tuple[Column, Percentages]:
        """Values and shares as shown, rounded together."""
        values = {str(k): part.value for k, part in enumerate(self.parts)} | ({"rest": self.rest} if self.rest_name else {})
        return Column(values, self.total), Percentages(values, self.total if self.shares else Decimal(0))


def part_bars(found: Parts, unit: str, language: Language) -> Option:
    """The largest parts as bars with value and share, all others as one."""
    column, shares = found.column()
    listed = [(str(k), f"{k + 1}. {part.name.in_(language)}", part.value) for k, part in enumerate(found.parts[:_DRAWN])]
    hidden = [str(k) for k in range(_DRAWN, len(found.parts))] + (["rest"] if found.rest_name else [])
    rows = [(name, value, _pair(column.text(key), shares.text(key))) for key, name, value in listed]
    if hidden:
        value = found.total - sum((value for _, _, value in listed), Decimal(0))
        rows.append((OTHER.in_(language), value, _pair(column.together(hidden), shares.together(hidden))))
    return named_bars(rows, unit, rest=bool(hidden))


def part_bars_height(found: Parts) -> int:
    """Of the bars, in CSS pixels."""
    return 92 + 36 * min(_DRAWN + 1, len(found.parts) + bool(found.rest_name))


def part_table(found: Parts, heads: Sequence[str], language: Language) -> Table:
    """The same as a table; ``heads``: of the name and of the value."""
    column, shares = found.column()
    rows: list[tuple[Entry, ...]] = [
        (part.full.in_(language), Figure(column.text(str(k)), part.value), Figure(shares.text(str(k)) or NONE))
        for k, part in enumerate(found.parts)
    ]
    if found.rest_name:
        rows.append((found.rest_name.in_(language), Figure(column.text("rest"), found.rest), Figure(shares.text("rest") or NONE)))
    total: tuple[Entry, ...] = (TOTAL.in_(language), Figure(column.total, found.total), "")
    width = 3 if found.shares else 2
    return Table((*heads, SHARE.in_(language))[:width], tuple(row[:width] for row in rows), total[:width])


@dataclass(frozen=True, slots=True)
class Range:
    """The total with one number at its low and at its high end; None where no footprint exists with it."""

    name: Text
    low: Decimal | None
    high: Decimal | None


def swing_bars(rows: Sequence[Range], total: Decimal, unit: str, language: Language) -> Option:
    """From the lowest to the highest total for each; those without an end are in the table alone."""
    solved = [(row.name.in_(language), row.low, row.high) for row in rows if row.low is not None and row.high is not None]
    return range_bars(solved, total, unit)


def swing_table(rows: Sequence[Range], heads: Sequence[str], language: Language) -> Table:
    """``heads``: of the name, the low and the high end."""
    missing = NOT_SOLVABLE.in_(language)
    ends = [[Figure(missing) if end is None else Figure(shown(end), end) for end in (row.low, row.high)] for row in rows]
    return Table(tuple(heads), tuple((row.name.in_(language), *of) for row, of in zip(rows, ends, strict=True)))


def bins_of_runs(runs: Floats) -> list[tuple[Decimal, Decimal, int]]:
    """Ranges of equal width from the lowest to the highest run, and how many runs are in each."""
    low, high = float(runs.min()), float(runs.max())
    counts, edges = np.histogram(runs, bins=_BINS, range=(low, high) if high > low else (low - 0.5, low + 0.5))
    ends = [Decimal(f"{edge:.14e}") for edge in edges]
    return [(one, other, int(count)) for (one, other), count in zip(pairwise(ends), counts, strict=True)]


def run_bars(runs: Floats, unit: str, language: Language) -> Option:
    """How often the differences of the runs fall where; what lies outside the middle 95 % is hatched."""
    inner = float(np.percentile(runs, 2.5)), float(np.percentile(runs, 97.5))
    return frequencies(bins_of_runs(runs), inner, unit, language)


def run_table(runs: Floats, unit: str, language: Language) -> Table:
    """How many runs fall into each bin."""
    heads = (Text(f"自 {unit}", f"From {unit}"), Text("至", "To"), Text("次数", "Runs"))
    rows = tuple(
        (Figure(shown(low), low), Figure(shown(high), high), Figure(f"{count:,}", Decimal(count)))
        for low, high, count in bins_of_runs(runs)
    )
    return Table(tuple(head.in_(language) for head in heads), rows)


def per(unit: str) -> str:
    """The unit of a number of a database."""
    return f"{UNIT}/{unit}"


def _pair(value: str, share: str | None) -> str:
    return value + (f"  ({share})" if share else "")
