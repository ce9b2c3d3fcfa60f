from decimal import Decimal

from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.allocation_sum import allocation_sum
from zuji.formats.inventory import Allocation


def test_shares_that_do_not_sum_to_one() -> None:
    shares = (Allocation(1, Decimal("0.7")), Allocation(2, Decimal("0.2")))
    assert found(allocation_sum, spoilt(allocations=shares)) == [("error", STEEL, None)]


def test_a_negative_share() -> None:
    shares = (Allocation(1, Decimal("1.2")), Allocation(2, Decimal("-0.2")))
    assert found(allocation_sum, spoilt(allocations=shares)) == [("error", STEEL, None)]
