"""Charts and their tables say the same numbers, and in each the parts sum to the whole; as CSV they stay inert."""

import csv
import io
import itertools
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.documents import sample
from tests.unit.documents.test_charts import ribbon_lists, words
from tests.unit.engine.test_comparison import compared, versions
from zuji.documents import chart_tables, charts, sankey, treemap, waterfall
from zuji.documents.chart_tables import Figure, Table
from zuji.documents.inert_csv import csv_bytes, inert
from zuji.documents.numerals import Column
from zuji.documents.parts import values_of
from zuji.engine.errors import StudyRefused
from zuji.engine.results import Result
from zuji.engine.simulation import Simulation
from zuji.engine.text import Text

RESULTS = [*sample.EXAMPLES, "awkward"]


def result(name: str) -> Result:
    return sample.result(sample.awkward()) if name == "awkward" else sample.example_result(name)


def figures(table: Table, column: int) -> list[Figure]:
    return [row[column] for row in table.rows if isinstance(row[column], Figure)]  # type: ignore[misc]  # narrowed by the condition


def number(text: str) -> Decimal:
    """What a reader adds up: a value below the smallest step counts as nothing."""
    return Decimal(0) if "<" in text else Decimal(text.replace(",", "").replace("−", "-").replace("+", ""))


def full(table: Table, column: int) -> Decimal:
    return sum((figure.full for figure in figures(table, column) if figure.full is not None), Decimal(0))


@pytest.mark.parametrize("name", RESULTS)
def test_the_parts_of_every_table_sum_to_the_total_exactly_and_as_shown(name: str) -> None:
    of = result(name)
    tables = {
        1: [chart_tables.stage_table(of, "zh"), chart_tables.treemap_table(of, "zh")],
        3: [chart_tables.contribution_table(of, {}, "zh")],
    }
    for column, made in tables.items():
        for table in made:
            total = table.total[column]
            assert isinstance(total, Figure)
            assert full(table, column) == of.total == total.full
            assert sum((number(figure.text) for figure in figures(table, column)), Decimal(0)) == number(total.text)


@pytest.mark.parametrize("name", RESULTS)
def test_the_areas_of_the_treemap_and_what_is_not_drawn_sum_to_the_total(name: str) -> None:
    of = result(name)
    found = treemap.tiles(of)
    assert sum((tile.value for tile in found.all), Decimal(0)) == of.total
    assert all(tile.value > 0 for tile in found.drawn)
    assert all(tile.value < 0 for tile in found.below_zero)
    option: Any = treemap.treemap(of, "en")
    assert [area["value"] for area in option["series"][0]["data"]] == [float(tile.value) for tile in found.drawn]


@pytest.mark.parametrize("name", RESULTS)
def test_an_item_has_one_number_in_every_table(name: str) -> None:
    of = result(name)
    listed = {str(row[0]): row[3] for row in chart_tables.contribution_table(of, {}, "zh").rows}
    flows = {str(row[0]): row[2] for row in chart_tables.flow_table(of, {}, "zh").rows}
    for row in chart_tables.treemap_table(of, "zh").rows:
        if row[0] in listed and [c.label.zh for c in of.contributions].count(str(row[0])) == 1:
            assert row[1] == listed[str(row[0])]
            in_flows = flows.get(str(row[0]))
            assert in_flows is None or (isinstance(in_flows, Figure) and in_flows.text == row[1].text)  # type: ignore[union-attr]  # a figure


def test_what_is_below_zero_is_named_and_not_drawn() -> None:
    of = result("awkward")
    table = chart_tables.treemap_table(of, "en")
    named = [str(row[0]) for row in table.rows if "below zero, not drawn" in str(row[0])]
    assert len(named) == len(treemap.tiles(of).below_zero) > 0


@pytest.mark.parametrize("name", sample.EXAMPLES)
def test_every_tile_with_room_says_its_number_and_rating_as_the_table_does(name: str) -> None:
    of = result(name)
    said = words(charts.svg(treemap.treemap(of, "zh"), 900, 480))
    first = chart_tables.treemap_table(of, "zh").rows[0]
    assert isinstance(first[1], Figure)
    assert first[1].text in said
    assert str(first[3]) in said


@pytest.mark.parametrize("name", RESULTS)
def test_the_widths_of_the_sankey_are_those_of_its_table_and_close(name: str) -> None:
    of = result(name)
    ribbons = sankey.drawn(of)
    closes(ribbons, [width for _, _, width in ribbons])
    widths, column = sankey.widths(of, ribbons), values_of(of)
    closes(ribbons, widths)
    shown_total = sum((width for (_, target, _), width in zip(ribbons, widths, strict=True) if target == "product"), Decimal(0))
    assert shown_total == number(column.total)
    for (source, _, _), width in zip(ribbons, widths, strict=True):
        if source.startswith("item:"):
            assert width == column.rounded(source.removeprefix("item:"))
    into_product = [k for k, (_, target, _) in enumerate(ribbons) if target == "product"]
    assert sum((ribbons[k][2] for k in into_product), Decimal(0)) == of.total
    table = chart_tables.flow_table(of, {}, "zh")
    assert len(table.rows) == len(ribbons)
    assert full(table, 2) == sum((width for _, _, width in ribbons), Decimal(0))
    option: Any = sankey.sankey(of, {}, "zh")
    assert [link["value"] for link in option["series"][0]["links"]] == [float(width) for _, _, width in ribbons]


@given(ribbon_lists, st.integers(0, 3))
def test_rounded_widths_close_in_every_node(ribbons: list[sankey.Ribbon], places: int) -> None:
    """Each process is given what leaves it, so that it closes before; it must close after rounding too."""
    cut = sankey.acyclic(sankey.forward(ribbons))
    for node in {n for s, t, _ in cut for n in (s, t) if n.startswith("process:")}:
        over = sum((v for _, t, v in cut if t == node), Decimal(0)) - sum((v for s, _, v in cut if s == node), Decimal(0))
        cut += [(node, f"item:out {node}", over)] if over > 0 else [(f"item:in {node}", node, -over)] if over < 0 else []
    closes(cut, [width for _, _, width in cut])
    shown = sankey.rounded(cut, places, {})
    closes(cut, shown)


def closes(ribbons: list[sankey.Ribbon], widths: list[Decimal]) -> None:
    balance: dict[str, Decimal] = defaultdict(Decimal)
    for (source, target, _), width in zip(ribbons, widths, strict=True):
        balance[source] -= width
        balance[target] += width
    through = {s for s, _, _ in ribbons} & {t for _, t, _ in ribbons}
    assert {node: balance[node] for node in through if balance[node] and node.startswith("process:")} == {}


@given(st.lists(st.decimals(-1000, 1000, places=4), min_size=1, max_size=40), st.integers(0, 40))
def test_a_list_can_be_cut_with_its_rest_in_one_line(values: list[Decimal], listed: int) -> None:
    """What is listed and the rest as one are each right to a step, and all parts together are the total."""
    parts = {str(place): value for place, value in enumerate(values)}
    column = Column(parts, sum(values, Decimal(0)), places=1, listed=listed)
    step = Decimal("0.1")
    assert all(abs(column.rounded(key) - parts[key]) < step for key in list(parts)[:listed])
    rest = list(parts)[listed:]
    assert abs(column.rounded(*rest) - sum((parts[key] for key in rest), Decimal(0))) < step
    assert column.rounded(*parts) == number(column.total)


@given(versions())
def test_a_waterfall_leads_from_total_to_total_exactly_and_as_shown(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    try:
        found = compared(*pair)
    except StudyRefused:
        return
    made = waterfall.steps(found, Text("前", "before"), Text("后", "after"))
    assert made[0].end == found.total_before
    assert made[-1].end == found.total_after
    assert all(one.end == following.start for one, following in itertools.pairwise(made[:-1]))
    assert made[-2].end == found.total_after
    assert sum((number(step.text) for step in made[:-1]), Decimal(0)) == number(made[-1].text)


@given(versions())
def test_the_bars_of_a_waterfall_are_as_long_as_its_steps(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    try:
        found = compared(*pair)
    except StudyRefused:
        return
    made = waterfall.steps(found, Text("前", "before"), Text("后", "after"))
    option: Any = waterfall.waterfall(made, "kgCO₂e/kg", "zh")
    above_hidden, above, below_hidden, below, _ = (series["data"] for series in option["series"])
    for k, step in enumerate(made):
        drawn = above[k]["value"] - below[k]["value"]
        assert drawn == pytest.approx(float(abs(step.end - step.start)), rel=1e-9, abs=1e-9)
        ends = sorted((above_hidden[k] + below_hidden[k], above_hidden[k] + below_hidden[k] + above[k]["value"] + below[k]["value"]))
        if step.start * step.end >= 0:
            assert ends == pytest.approx(sorted((float(step.start), float(step.end))), rel=1e-9, abs=1e-9)
        assert below_hidden[k] <= 0 <= above_hidden[k]


def test_the_bins_of_a_histogram_hold_every_draw() -> None:
    drawn = Simulation(totals=np.array([1.0, 2.0, 2.0, 5.5, 9.0]), seed=1)
    bins = charts.bins_of(drawn)
    assert sum(count for _, _, count in bins) == 5
    table = chart_tables.draws_table(result("portland-cement"), drawn, "en")
    assert full(table, 2) == 5
    option: Any = charts.histogram(result("portland-cement"), drawn, "en")
    assert [bar["value"] for bar in option["series"][0]["data"]] == [count for _, _, count in bins]
    assert option["xAxis"]["name"] == "kgCO₂e/t"
    assert option["yAxis"]["name"] == "number of draws"


@pytest.mark.parametrize("risky", ["=1+1", "+1", "-1", "@x", "\tx", "\r=x", "\n=x", " =x", "＝1", "－1", "＋1", "＠a", '=HYPERLINK("x")'])
def test_a_text_that_could_be_a_formula_is_inert(risky: str) -> None:
    assert inert(risky).startswith("'")
    read = list(csv.reader(io.StringIO(csv_bytes([["a", risky]]).decode("utf-8-sig"), newline="")))
    assert read == [["a", f"'{risky}"]]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_a_number_stays_a_number(value: Decimal) -> None:
    assert Fraction(inert(value)) == Fraction(value)


@given(st.lists(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), min_size=2, max_size=3), min_size=1))
def test_what_is_written_is_read_back(rows: list[list[str]]) -> None:
    data = csv_bytes(rows)
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [[cell.removeprefix("'") for cell in row] for row in read] == [
        [cell.removeprefix("'") for cell in map(inert, row)] for row in rows
    ]


def test_hostile_names_stay_inert_in_every_table() -> None:
    of = sample.result(sample.awkward("=cmd|' /C calc'!A0"))
    tables = [
        chart_tables.contribution_table(of, {"main": "=x"}, "zh"),
        chart_tables.flow_table(of, {"main": "=x"}, "zh"),
        chart_tables.treemap_table(of, "zh"),
    ]
    for table in tables:
        for row in csv.reader(io.StringIO(csv_bytes(table.csv()).decode("utf-8-sig"), newline="")):
            assert not [cell for cell in row if cell.startswith(("=", "+", "@"))]
