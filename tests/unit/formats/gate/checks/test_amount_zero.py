from tests.unit.formats.steelworks import STEEL, found, one, spoilt
from zuji.formats.gate.checks.amount_zero import amount_zero


def test_a_zero_that_the_file_calls_missing() -> None:
    assert found(amount_zero, spoilt(exchange=3, amount=one("0"), missing=True)) == [("warning", STEEL, 3)]


def test_a_plain_zero_is_noted() -> None:
    assert found(amount_zero, spoilt(exchange=3, amount=one("0.0"))) == [("info", STEEL, 3)]
