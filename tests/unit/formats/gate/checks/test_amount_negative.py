from tests.unit.formats.steelworks import STEEL, found, one, spoilt
from zuji.formats.gate.checks.amount_negative import amount_negative


def test_a_negative_emission() -> None:
    assert found(amount_negative, spoilt(exchange=4, amount=one("-1.9"))) == [("warning", STEEL, 4)]
