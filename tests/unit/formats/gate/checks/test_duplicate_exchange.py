from tests.unit.formats.steelworks import STEEL, adding, exchange, found
from zuji.formats.gate.checks.duplicate_exchange import duplicate_exchange


def test_an_entry_made_twice() -> None:
    assert found(duplicate_exchange, adding(STEEL, exchange(5, "electricity", "input", "1.8"))) == [("error", STEEL, 5)]


def test_another_amount_is_a_warning() -> None:
    assert found(duplicate_exchange, adding(STEEL, exchange(5, "electricity", "input", "0.2"))) == [("warning", STEEL, 5)]
