"""Allocation among co-products, against hand arithmetic."""

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.engine.shelf import one, run
from zuji.engine import StudyRefused


def two_products(method: str, main: dict[str, str], other: dict[str, Any], **allocation: Any) -> dict[str, Any]:
    """One process, 100 kg CO2, making 1 kg of x and a co-product y."""
    written = one(
        emissions=({"gas": "CO2", "kind": "fossil", "amount": "100", "unit": "kg"},),
        coproducts=[{"product": "y", **other}],
        allocation={"method": method, **allocation},
    )
    written["processes"][0]["output"] |= main
    return written


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (two_products("mass", {}, {"amount": "3", "unit": "kg"}), "25"),
        (two_products("mass", {}, {"amount": "2", "unit": "件", "mass": "1.5"}), "25"),
        (two_products("economic", {"price": "8"}, {"amount": "2", "unit": "kg", "price": "1"}), "80"),
        (two_products("energy", {"energy": "30"}, {"amount": "10", "unit": "MJ"}), "75"),
        (two_products("custom", {}, {"amount": "3", "unit": "kg"}, shares={"x": "0.9", "y": "0.1"}), "90"),
        (two_products("system_expansion", {}, {"amount": "2", "unit": "kg", "replaces": {"factor": "steel"}}), "95.9"),
    ],
)
def test_methods(written: dict[str, Any], expected: str) -> None:
    assert run(written).total == Decimal(expected)


@pytest.mark.parametrize("method", ["mass", "economic", "custom"])
def test_what_is_allocated_to_all_products_is_the_whole(method: str) -> None:
    """Delivering the process's whole output of each product carries the whole burden."""
    written = two_products(
        method,
        {"price": "7"},
        {"amount": "3", "unit": "kg", "price": "2"},
        **({"shares": {"x": "0.35", "y": "0.65"}} if method == "custom" else {}),
    )
    main = run(written).total
    consumer = {
        "id": "consumer",
        "stage": "production",
        "output": {"product": "z", "amount": "1", "unit": "kg"},
        "inputs": [{"name": "y", "amount": "3", "unit": "kg", "process": "p", "product": "y"}],
    }
    other = run(written | {"processes": [*written["processes"], consumer], "reference": "consumer"}).total
    assert main + other == Decimal(100)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (two_products("custom", {}, {"amount": "3", "unit": "kg"}, shares={"x": "0.9", "y": "0.2"}), "allocation.shares-sum"),
        (two_products("custom", {}, {"amount": "3", "unit": "kg"}, shares={"x": "1.2", "y": "-0.2"}), "allocation.shares-sum"),
        (two_products("custom", {}, {"amount": "3", "unit": "kg"}, shares={"x": "1"}), "allocation.shares-incomplete"),
        (two_products("mass", {}, {"amount": "3", "unit": "件"}), "allocation.property-missing"),
        (two_products("economic", {"price": "0"}, {"amount": "3", "unit": "kg", "price": "0"}), "allocation.no-basis"),
        (two_products("system_expansion", {}, {"amount": "3", "unit": "kg"}), "allocation.replaces-missing"),
        (one(coproducts=[{"product": "y", "amount": "1", "unit": "kg"}]), "allocation.missing"),
    ],
)
def test_refused(written: dict[str, Any], code: str) -> None:
    with pytest.raises(StudyRefused) as refused:
        run(written)
    assert code in {f.code for f in refused.value.findings}


def test_a_credited_coproduct_cannot_be_consumed_as_well() -> None:
    """It would stand in for steel outside and come free of burden inside."""
    written = two_products("system_expansion", {}, {"amount": "2", "unit": "kg", "replaces": {"factor": "steel"}})
    written["processes"][0]["inputs"] = [{"name": "own y", "amount": "1", "unit": "kg", "process": "p", "product": "y"}]
    with pytest.raises(StudyRefused) as refused:
        run(written)
    assert [(f.code, f.where) for f in refused.value.findings] == [("allocation.credited-and-used", "p / own y / product")]


def test_shares_that_miss_one_by_little_are_shown_with_all_their_digits() -> None:
    with pytest.raises(StudyRefused) as refused:
        run(two_products("custom", {}, {"amount": "3", "unit": "kg"}, shares={"x": "0.3333333333", "y": "0.6666666666"}))
    assert "0.9999999999" in refused.value.findings[0].message.en
