from tests.unit.formats.steelworks import POWER, STEEL, found, spoilt
from zuji.formats.gate.checks.provider_missing import provider_missing


def test_a_stated_supplier_that_is_not_there() -> None:
    assert found(provider_missing, spoilt(exchange=3, provider="nobody")) == [("error", STEEL, 3)]


def test_a_stated_supplier_that_makes_something_else() -> None:
    assert found(provider_missing, spoilt(exchange=3, provider=STEEL)) == [("error", STEEL, 3)]


def test_the_right_supplier_is_fine() -> None:
    assert found(provider_missing, spoilt(exchange=3, provider=POWER)) == []
