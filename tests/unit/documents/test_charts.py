"""Charts: one option for page and report, widths that close, bytes that repeat, names that stay names."""

import json
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from xml.etree import ElementTree as ET  # reads only what this program drew

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.documents import sample
from zuji.documents import charts, sankey, theme, treemap
from zuji.documents.numerals import Column
from zuji.documents.wording import STAGES
from zuji.engine.results import Result

SVG = "{http://www.w3.org/2000/svg}"
ribbon_lists = st.lists(
    st.tuples(
        st.sampled_from(["item:a", "item:b", "item:c", "process:p", "process:q", "process:r"]),
        st.sampled_from(["process:p", "process:q", "process:r"]),
        st.decimals(min_value=Decimal(-100), max_value=Decimal(100), places=3, allow_nan=False).filter(bool),
    ),
    max_size=12,
)


def words(drawing: str) -> str:
    return " ".join("".join(text.itertext()) for text in ET.fromstring(drawing).iter(f"{SVG}text"))  # noqa: S314 - our own drawing


def all_options(result: Result, names: dict[str, str]) -> list[charts.Option]:
    rows = [("first", result.total - 1, result.total + 1), ("second", result.total - 2, result.total + 3)]
    return [
        charts.stage_bar(result, "zh"),
        charts.top_contributions(result, "zh"),
        sankey.sankey(result, names, "zh"),
        charts.sensitivity_bars(result, rows),
        treemap.treemap(result, "zh"),
    ]


@pytest.mark.parametrize("name", sample.EXAMPLES)
def test_every_chart_is_plain_json_and_draws_the_same_bytes_twice(name: str) -> None:
    for option in all_options(sample.example_result(name), {}):
        assert json.loads(json.dumps(option)) == option
        assert charts.svg(option, 720, 300) == charts.svg(json.loads(json.dumps(option)), 720, 300)


def test_a_chart_is_the_same_in_another_thread() -> None:
    option = charts.stage_bar(sample.example_result("portland-cement"), "zh")
    with ThreadPoolExecutor(2) as threads:
        drawn = list(threads.map(lambda _: charts.svg(option, 720, 138), range(4)))
    assert set(drawn) == {charts.svg(option, 720, 138)}


def test_the_stage_bar_says_every_stage_with_the_number_of_the_tables() -> None:
    result = sample.example_result("lfp-battery-pack")
    said = " ".join(words(charts.svg(charts.stage_bar(result, "zh"), 720, 138)).split())
    column = Column(result.by_stage, result.total)
    for stage in result.by_stage:
        assert f"{STAGES[stage].zh} {column.text(stage)}" in said


def test_a_stage_has_its_colour_in_every_chart() -> None:
    result = sample.example_result("lfp-battery-pack")
    for option in (charts.stage_bar(result, "zh"), charts.top_contributions(result, "zh")):
        drawn = charts.svg(option, 720, 300)
        assert all(theme.STAGE_COLOURS[stage] in drawn for stage in result.by_stage)


def test_credits_lie_left_of_zero() -> None:
    option = charts.stage_bar(sample.result(sample.awkward()), "en")
    series = option["series"]
    assert isinstance(series, list)
    assert min(bar["data"][0] for bar in series) < 0 < max(bar["data"][0] for bar in series)


def test_drawings_carry_no_script_style_or_hook() -> None:
    for option in all_options(sample.result(sample.awkward()), {}):
        drawn = charts.svg(option, 720, 300)
        root = ET.fromstring(drawn)  # noqa: S314 - our own drawing
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
            "svg",
            "g",
            "path",
            "rect",
            "text",
            "tspan",
            "defs",
            "pattern",
            "clipPath",
        }
        assert not {"style", "class", "onclick"} & {name for element in root.iter() for name in element.attrib}


def test_a_hostile_name_is_only_text() -> None:
    study = sample.awkward('{c} {b|x} <script>alert(1)</script> " onload="x')
    result = sample.result(study)
    drawn = charts.svg(charts.top_contributions(result, "zh"), 720, 400) + charts.svg(
        sankey.sankey(result, {"main": "{c}<i>"}, "zh"), 720, 400
    )
    assert "<script" not in drawn
    assert "<i>" not in drawn
    assert "｛c｝" in drawn


def test_what_enters_a_node_leaves_it() -> None:
    for result in (sample.example_result("portland-cement"), sample.result(sample.awkward())):
        ribbons = sankey.acyclic(sankey.forward(sankey.gathered([(f.source, f.target, f.value) for f in result.flows], 10)))
        nodes = {node for s, t, _ in ribbons for node in (s, t) if node.startswith("process:")}
        for node in nodes:
            entering = sum((v for _, t, v in ribbons if t == node), Decimal(0))
            leaving = sum((v for s, _, v in ribbons if s == node), Decimal(0))
            assert entering == leaving
        assert all(value > 0 for _, _, value in ribbons)


@given(ribbon_lists)
def test_cutting_loops_open_keeps_every_balance(ribbons: list[tuple[str, str, Decimal]]) -> None:
    def balance(rows: list[tuple[str, str, Decimal]], node: str) -> Decimal:
        return sum((v for _, t, v in rows if t == node), Decimal(0)) - sum((v for s, _, v in rows if s == node), Decimal(0))

    onward = sankey.forward(ribbons)
    cut = sankey.acyclic(onward)
    nodes = {node for s, t, _ in onward for node in (s, t)}
    assert all(balance(cut, node) == balance(onward, node) for node in nodes)
    order: dict[str, int] = {}
    for _ in cut:
        for source, target, _value in cut:
            order[target] = max(order.get(target, 0), order.get(source, 0) + 1)
    assert max(order.values(), default=0) <= 2 * len(cut) + 1


@given(ribbon_lists, st.integers(min_value=0, max_value=4))
def test_gathering_small_inputs_loses_nothing(ribbons: list[tuple[str, str, Decimal]], most: int) -> None:
    flows = [r for r in ribbons if r[0].startswith("item:")] + [("process:p", "product", Decimal(1000))]
    gathered = sankey.gathered(flows, most)
    assert sum((v for s, _, v in gathered if not s.startswith("process:")), Decimal(0)) + sum(
        (v for s, t, v in flows if s.startswith("item:") and not any(g[1] == t for g in gathered)), Decimal(0)
    ) == sum((v for s, _, v in flows if s.startswith("item:")), Decimal(0))


def test_an_empty_result_can_be_drawn() -> None:
    study = sample.study("portland-cement")
    bare = study.model_copy(update={"processes": (study.processes[-1].model_copy(update={"inputs": (), "emissions": ()}),), "rule": None})
    result = sample.result(bare)
    assert result.total == 0
    for option in (charts.stage_bar(result, "zh"), charts.top_contributions(result, "en"), sankey.sankey(result, {}, "zh")):
        assert charts.svg(option, 720, 200).startswith("<svg")


def test_the_product_carries_the_total() -> None:
    result = sample.example_result("map-fertiliser")
    assert Column(result.by_stage, result.total).total in words(charts.svg(sankey.sankey(result, {}, "en"), 760, 420))
