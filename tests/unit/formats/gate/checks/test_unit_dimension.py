from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.unit_dimension import unit_dimension


def test_kilograms_of_electricity() -> None:
    assert found(unit_dimension, spoilt(exchange=3, unit="kg")) == [("error", STEEL, 3)]


def test_another_unit_of_the_same_dimension_is_fine() -> None:
    assert found(unit_dimension, spoilt(exchange=3, unit="kWh")) == []
