"""The table of every chart: the numbers that it shows, once for the page and once, with all digits, for the CSV file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zuji.documents import sankey, treemap, waterfall
from zuji.documents.charts import bins_of, per_unit
from zuji.documents.inert_csv import Cell as CsvCell
from zuji.documents.numerals import MINUS, Column, Percentages, percent, shown, written
from zuji.documents.parts import ranked, shares_of, values_of
from zuji.documents.wording import STAGES, term
from zuji.engine.quantities import round_half_even
from zuji.engine.results import Result
from zuji.engine.sensitivity import Sensitivity
from zuji.engine.simulation import Simulation
from zuji.engine.study import STAGES as STAGE_ORDER
from zuji.engine.text import Language, Text

SHARE = Text("占比", "Share")
TOTAL = Text("合计", "Total")
NONE = "—"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number: ``text`` as the chart and the page show it, ``full`` with all its digits."""

    text: str
    full: Decimal | None = None


Entry = str | Figure


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, rows and a last row that sums up (empty where there is nothing to sum). The first cell of a row names it."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]
    total: tuple[Entry, ...] = ()

    @property
    def numeric(self) -> frozenset[int]:
        """The columns that hold numbers, by place."""
        return frozenset(place for row in self.rows for place, entry in enumerate(row) if isinstance(entry, Figure))

    def csv(self) -> Iterator[Sequence[CsvCell]]:
        """The rows for a spreadsheet: numbers with all their digits."""
        yield self.heads
        for row in (*self.rows, *((self.total,) if self.total else ())):
            yield [(entry.text if entry.full is None else entry.full) if isinstance(entry, Figure) else entry for entry in row]


def stage_table(result: Result, language: Language) -> Table:
    """Life cycle stages, their values and shares."""
    column, shares = Column(result.by_stage, result.total), Percentages(result.by_stage, result.total)
    order = [s for s in STAGE_ORDER if s in result.by_stage] + [s for s in result.by_stage if s not in STAGE_ORDER]
    rows = tuple((term(STAGES, s, language), Figure(column.text(s), result.by_stage[s]), Figure(shares.text(s) or NONE)) for s in order)
    heads = (Text("阶段", "Stage").in_(language), per_unit(result), SHARE.in_(language))
    return Table(heads, rows, (TOTAL.in_(language), Figure(column.total, result.total), ""))


def contribution_table(result: Result, names: dict[str, str], language: Language) -> Table:
    """Every contribution, the largest first, with its stage, process and factor."""
    ordered, column, shares = ranked(result), values_of(result), shares_of(result)
    words = (
        Text("项目", "Item"),
        Text("过程", "Process"),
        Text("阶段", "Stage"),
        Text(per_unit(result), per_unit(result)),
        SHARE,
        Text("因子", "Factor"),
    )
    rows = tuple(
        (
            c.label.in_(language),
            names.get(c.process, c.process),
            term(STAGES, c.stage, language),
            Figure(column.text(c.item), c.value),
            Figure(shares.text(c.item) or NONE),
            c.factor or NONE,
        )
        for c in ordered
    )
    return Table(tuple(w.in_(language) for w in words), rows, (TOTAL.in_(language), "", "", Figure(column.total, result.total), "", ""))


def flow_table(result: Result, names: dict[str, str], language: Language) -> Table:
    """The ribbons of the Sankey drawing, those into the product first."""
    ribbons, places = sankey.drawn(result), values_of(result).places
    widths = sankey.widths(result, ribbons)
    labels = sankey.node_names(result, names, language)
    order = sorted(range(len(ribbons)), key=lambda k: (ribbons[k][1] != sankey.PRODUCT, ribbons[k][1], -ribbons[k][2], ribbons[k][0]))
    least = f"<{Decimal(1).scaleb(-places):f}"
    rows = tuple(
        (
            labels.get(ribbons[k][0], ribbons[k][0]),
            labels.get(ribbons[k][1], ribbons[k][1]),
            Figure(written(widths[k], places) if widths[k] else least, ribbons[k][2]),
        )
        for k in order
    )
    heads = (Text("自", "From").in_(language), Text("至", "To").in_(language), per_unit(result))
    return Table(heads, rows)


def treemap_table(result: Result, language: Language) -> Table:
    """The tiles, then what lies below zero and is not drawn; together they are the total."""
    found, figures = treemap.tiles(result), treemap.figures(result)
    not_drawn = Text("（小于零，未画出）", " (below zero, not drawn)").in_(language)
    rows = tuple(
        (
            tile.label.in_(language) + (not_drawn if tile in found.below_zero else ""),
            Figure(figures[tile][0], tile.value),
            Figure(figures[tile][1] or NONE),
            treemap.rating(tile, language),
        )
        for tile in found.all
    )
    heads = (
        Text("项目", "Item").in_(language),
        per_unit(result),
        SHARE.in_(language),
        Text("数据质量（1 最好）", "Data quality (1 best)").in_(language),
    )
    return Table(heads, rows, (TOTAL.in_(language), Figure(values_of(result).total, result.total), "", ""))


def sensitivity_table(result: Result, rows: Sequence[Sensitivity], language: Language) -> Table:
    """What was moved, and the total at either end."""
    heads = (
        Text("变动的输入或参数", "Input or parameter").in_(language),
        f"−10 % · {per_unit(result)}",
        f"+10 % · {per_unit(result)}",
        Text("幅度", "Swing").in_(language),
    )
    made = tuple(
        (
            row.label.in_(language),
            Figure(shown(row.low), row.low),
            Figure(shown(row.high), row.high),
            Figure((percent((row.high - row.low) / result.total) if result.total else None) or NONE),
        )
        for row in rows
    )
    return Table(heads, made)


def draws_table(result: Result, simulation: Simulation, language: Language) -> Table:
    """How many draws fall into each bin of the histogram."""
    heads = (
        Text(f"自 {per_unit(result)}", f"From {per_unit(result)}").in_(language),
        Text("至", "To").in_(language),
        Text("次数", "Draws").in_(language),
    )
    rows = tuple(
        (Figure(shown(low), low), Figure(shown(high), high), Figure(f"{count:,}", Decimal(count)))
        for low, high, count in bins_of(simulation)
    )
    return Table(heads, rows)


def waterfall_table(made: Sequence[waterfall.Step], unit: str, language: Language) -> Table:
    """The steps of a waterfall; the first and the last are totals, and the changes between them lead from one to the other."""
    heads = (Text("因素", "Driver").in_(language), unit, Text("占起点（%）", "Of the start (%)").in_(language))
    start = made[0].value
    rows = tuple((step.label.in_(language), Figure(step.text, step.value), _share(step, start)) for step in made[:-1])
    last = made[-1]
    return Table(heads, rows, (last.label.in_(language), Figure(last.text, last.value), ""))


def _share(step: waterfall.Step, start: Decimal) -> Entry:
    """A change in per cent of the total that it starts from; nothing for that total itself."""
    if step.driver is None or not start:
        return ""
    text = percent(step.value / start) or NONE
    full = round_half_even(Fraction(step.value) / Fraction(start) * 100, Fraction(1, 10**6))
    return Figure(text if text.startswith(MINUS) else f"+{text}", full)
