from tests.unit.formats.steelworks import STEEL, adding, exchange, flow, found
from zuji.formats.gate.checks.coproducts_unallocated import coproducts_unallocated

GAS = flow("gas", "焦炉煤气", "coke oven gas", "product")


def test_a_second_product_without_an_allocation() -> None:
    assert found(coproducts_unallocated, adding(STEEL, exchange(5, "gas", "output", "0.1"), flows=(GAS,))) == [("error", STEEL, 5)]


def test_an_avoided_product_an_allocation_and_a_residue_are_no_open_question() -> None:
    assert found(coproducts_unallocated, adding(STEEL, exchange(5, "gas", "output", "0.1", avoided=True), flows=(GAS,))) == []
    dust = flow("dust", "烟尘", "flue dust", "product", "mass", "Wastes")
    assert found(coproducts_unallocated, adding(STEEL, exchange(5, "dust", "output", "0.1"), flows=(dust,))) == []
