"""Sizes and shapes that strain the calculation: very large numbers, loops fed from within, long chains."""

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.engine.shelf import cement, line, one, run
from zuji.engine import Result, StudyRefused
from zuji.engine.quantities import round_half_even

EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


def balanced(result: Result) -> bool:
    """What enters a node of the Sankey drawing leaves it."""
    with localcontext(EXACT):
        nodes = {node for flow in result.flows for node in (flow.source, flow.target) if node.startswith("process:")}
        return all(not sum(f.value * ((f.target == n) - (f.source == n)) for f in result.flows) for n in nodes)


@pytest.mark.parametrize("amount", ["12345678901234567.5", "1e17"])
def test_parts_of_a_large_total_sum_to_it_exactly(amount: str) -> None:
    """More than the 28 digits of Python's default decimal context."""
    emission = {"gas": "CO2", "kind": "fossil", "amount": "0.000000000001", "unit": "kg"}
    result = run(one(line(amount, "kg", "careful"), line("1", "kg", "careful", name="other"), emissions=(emission,)))
    with localcontext(EXACT):
        assert result.total == Decimal(amount) + 1 + Decimal("1e-12")
        for parts in (result.by_stage.values(), result.by_kind.values(), result.by_gas.values(), [c.value for c in result.contributions]):
            assert sum(parts, Decimal(0)) == result.total
            assert {part.as_tuple().exponent for part in parts} == {-12}


@settings(max_examples=40, deadline=None)
@given(st.integers(3, 6), st.data())
def test_ribbons_balance_where_a_process_is_fed_from_within_its_loop(count: int, data: st.DataObject) -> None:
    """Only one process of the loop has an input of its own; the others take from their neighbours, and from one that has no burden."""
    processes: list[dict[str, Any]] = []
    for k in range(count):
        suppliers = [count, *data.draw(st.lists(st.integers(0, count - 1), max_size=3)), (k + 1) % count]
        inputs = [
            {"name": f"from {i}", "amount": f"0.0{data.draw(st.integers(1, 999))}", "unit": "kg", "process": f"p{i}"} for i in suppliers
        ]
        processes.append({"id": f"p{k}", "stage": "use", "output": {"product": f"x{k}", "amount": "1", "unit": "kg"}, "inputs": inputs})
    processes[-1]["inputs"].append(line("0.7", "kg", "careful"))
    processes.append({"id": f"p{count}", "stage": "use", "output": {"product": "air", "amount": "1", "unit": "kg"}})
    assert balanced(run(cement(processes=processes, reference="p0", declared_unit={"amount": "3", "unit": "kg"}, parameters={})))


OWN = {"value": "2071.5", "unit": "kgCO2e/t", "source": "fuel table", "uncertainty": {"distribution": "lognormal", "gsd": "1.1"}}
SAME = [{"value": "2071.50"}, {"value": "2.0715", "unit": "kgCO2e/kg"}, {"value": "2.0715", "unit": "吨CO2e/吨"}, {"value": "2.0715e3"}]


@pytest.mark.parametrize("other", [*SAME, {"uncertainty": {"gsd": "1.10"}}])
def test_an_own_factor_in_other_units_is_the_same_factor(other: dict[str, Any]) -> None:
    """Also for the two halves of a row that write it differently."""
    written = one(line("0.3", "t", OWN))
    result = run(written)
    assert run(one(line("300", "kg", OWN | other))).result_hash == result.result_hash
    assert run(one(line("100", "kg", OWN), line("0.2", "t", OWN | other))).result_hash == result.result_hash
    assert result.total == Decimal("621.45")


def test_an_own_factor_of_the_smallest_size_is_read() -> None:
    assert run(one(line("1e60", "kg", OWN | {"value": "1.5e-60", "unit": "kgCO2e/kg"}))).total == Decimal("1.5")


def chain(count: int, amount: str) -> dict[str, Any]:
    """Processes in a row, each needing ``amount`` of the next; only the last emits."""
    processes: list[dict[str, Any]] = [
        {"id": f"p{k}", "stage": "use", "output": {"product": f"x{k}", "amount": "1", "unit": "kg"},
         "inputs": [{"name": "next", "amount": amount, "unit": "kg", "process": f"p{k + 1}"}]}
        for k in range(count)
    ]  # fmt: skip
    processes[-1]["inputs"] = [line("1", "kg", "careful"), line("1", "kg", None, name="gap", reason="none")]
    return cement(processes=processes, reference="p0", declared_unit={"amount": "1", "unit": "kg"}, parameters={})


def codes(written: dict[str, Any]) -> list[tuple[str, str]]:
    """The errors of a refused study."""
    with pytest.raises(StudyRefused) as refused:
        run(written)
    return [(f.code, f.where) for f in refused.value.findings if f.severity == "error"]


def test_more_than_the_atmosphere_is_refused_at_its_line() -> None:
    """Amounts that a single line may state, multiplied along a chain until no footprint could be written out."""
    assert ("result.impossible", "p99 / it") in codes(chain(100, "1e60"))
    assert ("result.impossible", "p99 / gap") in codes(chain(100, "1e60"))
    assert codes(one(line("1e60", "kg", OWN))) == [("result.impossible", "p / it")]
    assert run(one(line("1e18", "kg", "careful"))).total == Decimal("1e18")


def test_numbers_that_grow_too_long_are_refused_before_they_cost_time() -> None:
    """Sixty digits on each of a thousand processes in a row, or around one loop."""
    long = chain(600, "0." + "1234567891" * 6)
    assert codes(long) == [("system.too-large", "processes")]
    long["processes"][-1]["inputs"].append({"name": "back", "amount": "0.1", "unit": "kg", "process": "p0"})
    assert codes(long) == [("system.too-large", "processes")]


def test_a_long_chain_of_measured_amounts_is_calculated() -> None:
    exact = Fraction(999, 1000) ** 499
    assert run(chain(500, "0.999")).contributions[0].amount == round_half_even(exact, Fraction(1, 10**12))
