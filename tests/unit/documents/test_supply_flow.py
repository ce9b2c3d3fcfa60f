"""The drawing of a solved product: every ribbon's width is a number of the solution, and what enters a process leaves it."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest

from zuji.documents.supply_flow import OWN, PRODUCT, REMOVED, Flow, loops_cut, ribbons, supply_sankey, supply_table, widths
from zuji.engine.text import Language, Text

NAMES = {n: Text(f"过程{n}", f"process {n}") for n in range(1, 6)}


def balanced() -> Flow:
    """Three processes and the rest, with a loop and links below one per cent; each node's own is what balances it."""
    links = ((1, 2, 4.0), (2, 3, 1.5), (3, 2, 0.25), (1, 3, 0.002), (1, 0, 1.0), (0, 3, 0.4), (2, 0, 0.3))
    total = 8.0
    taken: dict[int, float] = defaultdict(float)
    given: dict[int, float] = defaultdict(float)
    for consumer, supplier, value in links:
        taken[consumer] += value
        given[supplier] += value
    given[1] += total
    return Flow(tuple((n, given[n] - taken[n]) for n in (1, 2, 3, 0)), links, NAMES, root=1, total=total, unit="kg")


def balances(drawn: list[tuple[str, str, Decimal]], sizes: list[Decimal]) -> dict[str, Decimal]:
    net: dict[str, Decimal] = defaultdict(Decimal)
    for (source, target, _), size in zip(drawn, sizes, strict=True):
        net[source] -= size
        net[target] += size
    return {node: value for node, value in net.items() if node.startswith("process:")}


def test_what_enters_a_process_leaves_it_also_as_shown() -> None:
    flow = balanced()
    drawn = ribbons(flow)
    sizes, _ = widths(flow, drawn)
    assert all(abs(value) < Decimal("1e-9") for value in balances(drawn, [ribbon[2] for ribbon in drawn]).values())
    assert set(balances(drawn, sizes).values()) == {Decimal(0)}


def test_the_processes_own_emissions_sum_to_the_product() -> None:
    flow = balanced()
    drawn = ribbons(flow)
    sizes, _ = widths(flow, drawn)
    into = sum((size for (_, target, _), size in zip(drawn, sizes, strict=True) if target == PRODUCT), Decimal(0))
    out = sum((size for (source, _, _), size in zip(drawn, sizes, strict=True) if source == OWN), Decimal(0))
    assert into == Decimal("8.000")
    assert out == into


def test_loops_are_cut_open_and_said() -> None:
    flow = balanced()
    assert loops_cut(flow) == 1
    table = supply_table(flow, "zh")
    assert any("循环回到" in str(row[1]) for row in table.rows)
    assert len(table.rows) == len(ribbons(flow))
    assert "loops back to" in str(supply_table(flow, "en").rows)


def test_small_links_go_through_the_rest() -> None:
    assert not [ribbon for ribbon in ribbons(balanced()) if ribbon[:2] == ("process:3", "process:1")]


def test_a_removal_runs_the_other_way() -> None:
    flow = Flow(((1, 3.0), (2, -0.5)), ((1, 2, -0.5),), NAMES, root=1, total=2.5, unit="kg")
    drawn = {ribbon[:2]: ribbon[2] for ribbon in ribbons(flow)}
    assert drawn["process:2", REMOVED] == Decimal("0.5")
    assert drawn["process:1", "process:2"] == Decimal("0.5")
    assert all(value > 0 for value in drawn.values())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_node_of_the_drawing_has_its_number(language: Language) -> None:
    option: Any = supply_sankey(balanced(), language)
    for node in option["series"][0]["data"]:
        assert any(c.isdigit() for c in node["label"]["formatter"])
