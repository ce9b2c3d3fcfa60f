from decimal import Decimal

from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.reference_several import reference_several
from zuji.formats.inventory import Allocation


def test_two_reference_flows_without_an_allocation() -> None:
    assert found(reference_several, spoilt(references=(1, 2))) == [("error", STEEL, None)]


def test_an_allocation_resolves_them() -> None:
    shares = (Allocation(1, Decimal("0.7")), Allocation(2, Decimal("0.3")))
    assert found(reference_several, spoilt(references=(1, 2), allocations=shares)) == []
