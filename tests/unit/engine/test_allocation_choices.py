"""Other allocations of the same study, against hand arithmetic, and what is never guessed."""

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.engine.shelf import AR6, SHELF, TODAY, line, one
from zuji.engine import Study
from zuji.engine.allocation_choices import AllocationChoice, allocation_choices


def chosen(written: dict[str, Any]) -> tuple[AllocationChoice, ...]:
    return allocation_choices(Study.model_validate(written), SHELF, AR6, today=TODAY)


def two_products(allocation: dict[str, Any], **other: Any) -> dict[str, Any]:
    """1 kg of x at 3 and 1 kg of y at 1, with 2 kg of steel (4.1 kgCO2e) between them."""
    written = one(line("2", "kg", "steel"))
    process = written["processes"][0]
    process["output"]["price"] = "3"
    process["coproducts"] = [{"product": "y", "amount": "1", "unit": "kg", "price": "1"} | other]
    process["allocation"] = allocation
    return written


def test_each_other_method_that_the_data_allow_is_calculated() -> None:
    """By price x carries 3/4 of 4.1; by mass 1/2; with everything on x, all of it. No heating value is stated, so energy is left out."""
    assert chosen(two_products({"method": "economic", "reason": "r"})) == (
        AllocationChoice("p", "mass", Decimal("2.05")),
        AllocationChoice("p", "all_on_product", Decimal("4.1")),
    )


def test_stated_shares_are_not_repeated_as_another_choice() -> None:
    methods = [c.method for c in chosen(two_products({"method": "custom", "shares": {"x": "1", "y": "0"}}))]
    assert methods == ["mass", "economic"]


def test_a_method_without_its_property_is_left_out_and_never_guessed() -> None:
    """Litres have no mass here, and no price is asked for in the stated method."""
    written = two_products({"method": "custom", "shares": {"x": "0.5", "y": "0.5"}}, unit="L")
    del written["processes"][0]["output"]["price"]
    assert [(c.method, c.total) for c in chosen(written)] == [("all_on_product", Decimal("4.1"))]


@pytest.mark.parametrize(
    "written",
    [
        one(line("2", "kg", "steel")),
        two_products({"method": "system_expansion"}, replaces={"factor": "steel"}),
    ],
)
def test_nothing_to_choose_where_nothing_is_allocated(written: dict[str, Any]) -> None:
    assert chosen(written) == ()
