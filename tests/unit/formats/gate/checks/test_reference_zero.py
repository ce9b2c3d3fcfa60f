from tests.unit.formats.steelworks import STEEL, found, one, spoilt
from zuji.formats.gate.checks.reference_zero import reference_zero


def test_a_reference_of_nothing() -> None:
    assert found(reference_zero, spoilt(exchange=1, amount=one("0"))) == [("error", STEEL, 1)]
    assert found(reference_zero, spoilt(exchange=1, amount=None)) == [("error", STEEL, 1)]
