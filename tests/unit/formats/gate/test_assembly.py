"""From a judged database to matrix and burdens: the exact engine is the oracle, and what cannot be counted is marked, never zero."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from tests.unit.formats.steelworks import CO2, POWER, STEEL, adding, database, dataset, exchange, flow, one, sound, spoilt
from zuji.engine.exact import solve_transposed
from zuji.engine.sparse.background import PARTS, Background, solved_background
from zuji.formats.gate import Case, judge
from zuji.formats.gate.assembly import SETS, Assembled, assemble
from zuji.formats.inventory import Allocation, Dataset, Inventory

YEAR = 2026
COAL = "33333333-0000-4000-8000-000000000003"


def assembled(inventory: Inventory, rule: str = "only-provider") -> Assembled:
    case = Case(inventory, YEAR)
    return assemble(case, judge(case, rule))  # type: ignore[arg-type]  # one of the rules


def solved(made: Assembled) -> Background:
    return solved_background(made.processes, made.needs, made.burdens, sets=SETS, unknown=made.unknown)


def test_the_known_answer_of_two_processes() -> None:
    made = assembled(sound())
    found = solved(made)
    steel = found.values[made.place[STEEL], found.columns.index("AR6/total")]
    assert steel == pytest.approx(1.9 + 1.8 * 0.9 / 3.6, rel=1e-15)
    assert not found.incomplete.any()
    assert made.processes[made.place[STEEL]].unit == "kg"


def test_a_loop_with_units_between_agrees_with_the_exact_engine() -> None:
    """Power needs steel in tonnes, steel needs power in kWh, and steel needs some steel: solved in fractions and in floats."""
    inventory = database(
        dataset(POWER, "火力发电", "power plant", exchange(1, "electricity", "output", "3.6"), exchange(2, "ore", "input", "0.5"),
                exchange(3, CO2, "output", "0.9"), exchange(4, "steel", "input", "0.0003", unit="t")),
        dataset(STEEL, "转炉炼钢", "steelworks", exchange(1, "steel", "output", "2"), exchange(2, "ore", "input", "1.5"),
                exchange(3, "electricity", "input", "0.7", unit="kWh"), exchange(4, CO2, "output", "1.9"), exchange(5, "steel", "input", "0.1")),
    )  # fmt: skip
    found = solved(made := assembled(inventory))
    p, s = made.place[POWER], made.place[STEEL]
    columns: list[dict[int, Fraction]] = [{}, {}]
    columns[p] = {s: Fraction("0.3") / Fraction("3.6")}
    columns[s] = {p: Fraction("0.7") * Fraction("3.6") / 2, s: Fraction("0.1") / 2}
    exact = solve_transposed(columns, {p: Fraction("0.9") / Fraction("3.6"), s: Fraction("1.9") / 2})
    for j in (p, s):
        assert abs(Fraction(float(found.values[j, 11])) / exact[j] - 1) < Fraction(1, 10**12)


def test_an_input_without_a_supplier_makes_all_above_it_incomplete() -> None:
    made = assembled(adding(POWER, exchange(9, "coal", "input", "0.4"), flows=(flow("coal", "煤", "coal", "product"),)))
    found = solved(made)
    assert found.incomplete.all()
    assert [(lack.dataset, lack.exchange, lack.reason) for lack in made.lacks] == [(POWER, 9, "none")]


def test_a_supplier_that_states_nothing_is_a_gap_and_not_free_of_burden() -> None:
    """A power plant without a gas, and one without any input: whoever takes from them is incomplete."""
    silent = assembled(spoilt(POWER, exchange=3, amount=one("0")))
    assert silent.rootless == {POWER}
    assert solved(silent).incomplete.tolist() == [True, True]
    from_nothing = assembled(spoilt(POWER, exchange=2, amount=one("0")))
    assert from_nothing.rootless == {POWER}


def test_every_part_has_its_place_and_an_uptake_counts_below_zero() -> None:
    inventory = adding(
        STEEL,
        exchange(5, "c9301ed4-6f4f-47d0-8e5b-cf0a7d4d9f4e", "output", "0.001"),
        flows=(flow("c9301ed4-6f4f-47d0-8e5b-cf0a7d4d9f4e", "甲烷（生物源）", "methane (biogenic)", "elementary", "mass",
                    "Emissions", "Emissions to air", cas="74-82-8"),),
    )  # fmt: skip
    made = assembled(inventory)
    biogenic = made.burdens[made.place[STEEL], :, PARTS.index("biogenic")]
    assert biogenic.tolist() == [0.028, 0.027]
    taking = adding(
        STEEL,
        exchange(6, "uptake", "input", "0.5"),
        flows=(
            flow("uptake", "二氧化碳", "carbon dioxide, in air", "elementary", "mass", "Resources", "Resources from air", cas="124-38-9"),
        ),
    )
    made = assembled(taking)
    assert made.burdens[made.place[STEEL], :, PARTS.index("removal")].tolist() == [-0.5, -0.5]


def test_a_supplier_that_takes_its_reference_in_is_not_a_supplier() -> None:
    """A dataset whose reference is turned round would give a credit to whoever uses its product: it is marked instead."""
    made = assembled(spoilt(POWER, exchange=1, direction="input"))
    assert [(lack.dataset, lack.reason) for lack in made.lacks] == [(STEEL, "direction")]
    assert made.needs.size == 0


def cogeneration(**credit: object) -> Inventory:
    """The steelworks also makes 0.4 MJ of electricity that replaces the power plant's."""
    return adding(STEEL, exchange(8, "electricity", str(credit.pop("direction")), "0.4", avoided=True, **credit))


@pytest.mark.parametrize("direction", ["input", "output"])
def test_an_avoided_product_is_a_credit_whichever_side_a_format_writes_it_on(direction: str) -> None:
    """OpenLCA writes it as an input, SimaPro and Brightway as an output."""
    made = assembled(cogeneration(direction=direction))
    found = solved(made)
    assert made.lacks == ()
    assert found.values[made.place[STEEL], 11] == pytest.approx(1.9 + (1.8 - 0.4) * 0.9 / 3.6, rel=1e-14)


def test_an_avoided_product_without_a_supplier_is_a_gap_and_not_free() -> None:
    made = assembled(adding(STEEL, exchange(8, "coal", "input", "0.4", avoided=True), flows=(flow("coal", "煤", "coal", "product"),)))
    assert [(lack.exchange, lack.reason) for lack in made.lacks] == [(8, "none")]


@pytest.mark.parametrize("direction", ["input", "output"])
def test_an_avoided_waste_is_a_credit_for_its_treatment(direction: str) -> None:
    base = adding(STEEL, exchange(7, "slag", direction, "0.5", avoided=True))
    made = assembled(replace(base, datasets=tuple(sorted((*base.datasets, slag_treatment()), key=lambda d: d.id))))
    assert solved(made).values[made.place[STEEL], 11] == pytest.approx(1.9 + 1.8 * 0.9 / 3.6 - 0.5 * 0.2, rel=1e-14)


def test_an_allocation_is_applied_and_what_it_does_not_mention_is_unknown() -> None:
    inventory = sound()
    steel = next(d for d in inventory.datasets if d.id == STEEL)
    slag = exchange(5, "slag product", "output", "0.1")
    shared = replace(steel, exchanges=(*steel.exchanges, slag), allocations=(Allocation(1, one("0.8")), Allocation(5, one("0.2"))))
    flows = {**inventory.flows, "slag product": flow("slag product", "水渣", "granulated slag", "product")}
    whole = replace(inventory, flows=flows, datasets=tuple(shared if d.id == STEEL else d for d in inventory.datasets))
    made = assembled(whole)
    assert made.burdens[made.place[STEEL], 1, 0] == pytest.approx(0.8 * 1.9, rel=1e-15)
    assert made.needs.amounts.tolist() == pytest.approx([0.8 * 1.8], rel=1e-15)
    partly = replace(shared, allocations=(Allocation(1, one("0.8"), 4), Allocation(5, one("0.2"), 4)))
    made = assembled(replace(whole, datasets=tuple(partly if d.id == STEEL else d for d in whole.datasets)))
    assert [(lack.exchange, lack.reason) for lack in made.lacks] == [(3, "allocation")]


def slag_treatment() -> Dataset:
    """Takes 10 kg of slag and emits 2 kg of CO2."""
    return dataset(COAL, "钢渣处理", "slag treatment", exchange(1, "slag", "input", "10"), exchange(2, "ore", "input", "1"),
                   exchange(3, CO2, "output", "2"))  # fmt: skip


def test_a_treatment_is_needed_by_what_hands_over_waste() -> None:
    base = adding(STEEL, exchange(7, "slag", "output", "0.5"))
    made = assembled(replace(base, datasets=tuple(sorted((*base.datasets, slag_treatment()), key=lambda d: d.id))))
    found = solved(made)
    assert found.values[made.place[STEEL], 11] == pytest.approx(1.9 + 1.8 * 0.9 / 3.6 + 0.5 * 0.2, rel=1e-15)


def test_the_burdens_are_the_same_whatever_the_order_of_the_datasets() -> None:
    inventory = sound()
    turned = replace(inventory, datasets=inventory.datasets[::-1])
    one_way, other = assembled(inventory), assembled(turned)
    for identity in (POWER, STEEL):
        assert np.array_equal(one_way.burdens[one_way.place[identity]], other.burdens[other.place[identity]])
