"""The difference between two versions of a footprint by driver: laws, hand arithmetic, and what is not compared."""

import copy
import dataclasses
import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.engine.shelf import AR6, SHELF, TODAY, Shelf, cement, factor, line, one
from tests.unit.engine.test_calculation import studies
from zuji.engine.calculation import calculate, solved
from zuji.engine.comparison import Comparison, Effect, NotComparable, compare
from zuji.engine.errors import StudyRefused
from zuji.engine.factors import FactorSource
from zuji.engine.findings import Findings
from zuji.engine.impact import GwpSet
from zuji.engine.shapley import shapley
from zuji.engine.solution import Solution
from zuji.engine.study import Study

AR5 = dataclasses.replace(
    AR6, name="AR5", digest="5" * 64, values={**AR6.values, ("CH4", "fossil"): Fraction(30), ("N2O", "fossil"): Fraction(265)}
)
Written = dict[str, Any]


def solution(written: Written, factors: FactorSource = SHELF, gwp: GwpSet = AR6) -> Solution:
    return solved(Study.model_validate(written), factors, gwp, today=TODAY, findings=Findings())


def compared(before: Written, after: Written) -> Comparison:
    return compare(solution(before), solution(after))


def only(found: Comparison) -> Effect:
    (effect,) = found.effects
    return effect


def exact_parts(found: Comparison) -> dict[tuple[str, ...], Fraction]:
    return {(e.driver, e.cause, e.process, e.label.zh, e.before.reference, e.after.reference): e.exact for e in found.effects}


def lawful(found: Comparison) -> bool:
    """The exact effects sum to the exact difference, and the rounded ones and the drivers to the rounded one."""
    exact = sum((e.exact for e in found.effects), Fraction(0)) == found.after - found.before
    rounded = sum((e.value for e in found.effects), Decimal(0)) == found.total_after - found.total_before
    return exact and rounded and sum(found.by_driver.values(), Decimal(0)) == found.change


@st.composite
def versions(draw: st.DrawFn) -> tuple[Written, Written]:
    """A random study and the same with some amounts, factors, outputs, shares, lines and its declared unit changed."""
    before = draw(studies())
    for process in before["processes"]:
        if draw(st.booleans()):
            process |= {
                "coproducts": [{"product": "side", "amount": draw(st.sampled_from(["1", "2"])), "unit": "kg"}],
                "allocation": {"method": "custom", "shares": _shares(process["output"]["product"], draw(st.integers(1, 10)))},
            }
    after = copy.deepcopy(before)
    for process in after["processes"]:
        for item in process["inputs"]:
            if draw(st.booleans()):
                item["amount"] = format(Decimal(item["amount"]) * draw(st.integers(0, 10)) / 10, "f")
            if "factor" in item and draw(st.booleans()):
                item["factor"] = draw(st.sampled_from(["steel", "careful"]))
        if "allocation" in process:
            process["allocation"]["shares"] = _shares(process["output"]["product"], draw(st.integers(1, 10)))
        process["output"]["amount"] = draw(st.sampled_from([process["output"]["amount"], "9"]))
        if draw(st.booleans()):
            process["inputs"] = [item for item in process["inputs"] if "process" in item] + [line(name="new")]
    after["declared_unit"]["amount"] = draw(st.sampled_from(["1", "2"]))
    return before, after


def _shares(main: str, tenths: int) -> dict[str, str]:
    return {main: str(Decimal(tenths) / 10), "side": str(1 - Decimal(tenths) / 10)}


def _solved(*written: Written) -> list[Solution] | None:
    """None where a change led to a loop that gains: such a version does not exist."""
    try:
        return [solution(each) for each in written]
    except StudyRefused:
        return None


@settings(max_examples=80, deadline=None)
@given(versions())
def test_the_parts_sum_to_the_difference_and_turn_with_it(pair: tuple[Written, Written]) -> None:
    found = _solved(*pair)
    if found is None:
        return
    onward, back = compare(*found), compare(*reversed(found))
    assert lawful(onward)
    assert lawful(back)
    assert {k: -v for k, v in _turned(back).items()} == _turned(onward, forward=True)


def _turned(found: Comparison, *, forward: bool = False) -> dict[tuple[object, ...], Fraction]:
    """The effects by what they are about, whichever way round: added is removed."""
    swap = {"added": "removed", "removed": "added"} if forward else {}
    parts: dict[tuple[object, ...], Fraction] = {}
    for e in found.effects:
        sides = (e.before, e.after) if forward else (e.after, e.before)
        key = (
            swap.get(e.driver, e.driver),
            swap.get(e.cause, e.cause),
            e.process,
            e.label,
            *((s.amount, s.unit, s.reference) for s in sides),
        )
        parts[key] = parts.get(key, Fraction(0)) + e.exact
    return parts


@settings(max_examples=40, deadline=None)
@given(studies(), st.randoms(use_true_random=False))
def test_a_study_in_another_order_does_not_differ(written: Written, shuffler: random.Random) -> None:
    other = copy.deepcopy(written)
    shuffler.shuffle(other["processes"])
    for process in other["processes"]:
        shuffler.shuffle(process["inputs"])
    found = compared(written, other)
    assert found.effects == ()
    assert found.by_driver == {}
    assert found.change == 0


@settings(max_examples=40, deadline=None)
@given(versions(), st.randoms(use_true_random=False))
def test_the_order_of_lines_means_nothing(pair: tuple[Written, Written], shuffler: random.Random) -> None:
    found = _solved(*pair)
    if found is None:
        return
    shuffled = copy.deepcopy(pair)
    for process in (process for written in shuffled for process in written["processes"]):
        shuffler.shuffle(process["inputs"])
    assert compare(*found).effects == compared(*shuffled).effects


@given(st.lists(st.tuples(st.fractions(), st.fractions()), min_size=1, max_size=5))
def test_the_shares_of_a_product_sum_to_its_difference(factors: list[tuple[Fraction, Fraction]]) -> None:
    names = [str(place) for place in range(len(factors))]

    def product(changed: object) -> Fraction:
        made = Fraction(1)
        for name, (old, new) in zip(names, factors, strict=True):
            made *= new if name in changed else old  # type: ignore[operator]  # a collection of names
        return made

    found = shapley(names, product)
    assert sum(found.values(), Fraction(0)) == product(set(names)) - product(set())
    assert all(found[name] == 0 for name, (old, new) in zip(names, factors, strict=True) if old == new)


def test_amount_and_factor_share_what_they_do_together() -> None:
    """2 kg × 2.05 to 3 kg × 1: the amount by the mean factor, the factor by the mean amount."""
    found = compared(one(line("2", use="steel")), one(line("3", use="careful")))
    assert found.by_driver == {"activity": Decimal("1.525"), "factor": Decimal("-2.625")}
    assert found.change == Decimal("-1.1")
    used = next(e for e in found.effects if e.cause == "factor")
    assert (used.before.reference, used.after.reference) == ("steel@1", "careful@1")
    assert [used.before.amount, used.after.amount] == [Fraction("2.05"), 1]
    assert used.after.unit == "kgCO2e/kg"


def test_more_clinker_in_the_cement_is_structure_and_names_the_kiln() -> None:
    """0.70 to 0.80 t of clinker of 875.387 kgCO2e."""
    found = compared(cement(), cement(parameters={"clinker_ratio": "0.80"}))
    effect = only(found)
    assert (effect.driver, effect.process, effect.value) == ("structure", "kiln", Decimal("87.5387"))
    assert [effect.before.amount, effect.after.amount] == [Fraction("0.7"), Fraction("0.8")]
    assert effect.after.unit == "t"


def test_a_plant_that_makes_more_with_the_same_specific_consumption_does_not_differ() -> None:
    after = cement()
    kiln = after["processes"][0]
    kiln["output"]["amount"] = "3"
    for item in kiln["inputs"]:
        item["amount"] = str(Decimal(item["amount"]) * 3)
    kiln["emissions"][0]["amount"] = "1.59"
    assert compared(cement(), after).effects == ()


def test_a_better_year_shows_as_activity() -> None:
    """More output with the same coal: less coal per tonne, not more structure."""
    after = one(line("2"), output={"product": "x", "amount": "2", "unit": "kg"})
    effect = only(compared(one(line("2")), after))
    assert (effect.driver, effect.value) == ("activity", Decimal("-2.05"))
    assert [effect.before.amount, effect.after.amount] == [2, 1]


def test_what_electricity_does_stands_apart() -> None:
    after = cement()
    after["processes"][0]["inputs"][0] |= {"amount": "50"}
    assert compared(cement(), after).by_driver == {"electricity": Decimal("-4.0439")}


def test_a_newer_version_of_a_factor_is_the_factor_s() -> None:
    new = Shelf(*SHELF.factors, factor("truck", "0.09", "kgCO2e/(t·km)", version="2"))
    found = compare(solution(cement()), solution(cement(), new))
    effect = only(found)
    assert (effect.driver, effect.before.reference, effect.after.reference, effect.value) == (
        "factor",
        "truck@1",
        "truck@2",
        Decimal("0.18"),
    )


def test_another_gwp_set_is_its_own_driver() -> None:
    written = one(emissions=({"gas": "CH4", "kind": "fossil", "amount": "1", "unit": "kg"},))
    found = compare(solution(written), solution(written | {"gwp": "AR5"}, gwp=AR5))
    assert found.by_driver == {"gwp": Decimal("0.2")}
    assert (only(found).before.reference, only(found).after.reference) == ("AR6@test", "AR5@test")


def test_a_gas_that_one_set_does_not_know_leaves_factor_and_set_together() -> None:
    poor = dataclasses.replace(AR5, values={k: v for k, v in AR5.values.items() if k[0] != "N2O"})
    laughing = Shelf(factor("it", "1", "kgN2O/kg", split="fossil"))
    plain = Shelf(factor("it", "1", "kgCO2/kg", split="fossil", version="2"))
    written = one(line(use="it"))
    found = compare(solution(written, laughing), solution(written | {"gwp": "AR5"}, plain, poor))
    assert lawful(found)
    assert set(found.by_driver) == {"factor"}


def test_other_shares_are_allocation() -> None:
    def shared(main: str) -> Written:
        side = {"product": "side", "amount": "1", "unit": "kg"}
        shares = {"x": main, "side": str(1 - Decimal(main))}
        return one(line("2"), coproducts=[side], allocation={"method": "custom", "shares": shares})

    found = compared(shared("0.75"), shared("0.5"))
    assert found.by_driver == {"allocation": Decimal("-1.025")}


def test_a_declared_unit_of_another_size_is_a_driver() -> None:
    found = compared(cement(), cement(declared_unit={"amount": "1", "unit": "kg"}))
    assert found.by_driver == {"declared_unit": found.change}
    assert [only(found).before.amount, only(found).after.amount] == [1000, 1]
    assert only(found).after.unit == "kg"


def test_a_gap_that_was_closed_says_so() -> None:
    after = cement()
    after["processes"][0]["inputs"][2] |= {"factor": "careful"}
    del after["processes"][0]["inputs"][2]["reason"]
    effect = only(compared(cement(), after))
    assert (effect.driver, effect.instead, effect.value) == ("added", "gap", Decimal("0.28"))


def test_the_totals_are_those_of_the_results() -> None:
    after = cement(parameters={"clinker_ratio": "=2/3"})
    found = compared(cement(), after)
    totals = [calculate(Study.model_validate(each), SHELF, AR6, today=TODAY).total for each in (cement(), after)]
    assert [found.total_before, found.total_after] == totals


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "another"}, "different product"),
        ({"boundary": "gate-to-gate"}, "system boundary: cradle-to-gate and gate-to-gate"),
        ({"rule": "cement@2"}, "product rule"),
        ({"excluded_stages": [{"stage": "use", "reason": "none"}]}, "stages left out"),
    ],
)
def test_what_is_not_alike_is_not_compared(change: Written, said: str) -> None:
    with pytest.raises(NotComparable) as refused:
        compared(cement(), cement(**change))
    assert said in refused.value.text.en
    assert len(refused.value.reasons) == 1


def test_declared_units_of_two_dimensions_are_not_compared() -> None:
    def per(unit: str) -> Written:
        return one(line(), output={"product": "x", "amount": "1", "unit": unit}) | {"declared_unit": {"amount": "1", "unit": unit}}

    with pytest.raises(NotComparable, match="declared unit: kg and kWh"):
        compared(per("kg"), per("kWh"))
