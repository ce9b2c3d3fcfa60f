from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.amount_missing import amount_missing


def test_missing_is_never_zero() -> None:
    assert found(amount_missing, spoilt(exchange=3, amount=None)) == [("error", STEEL, 3)]
