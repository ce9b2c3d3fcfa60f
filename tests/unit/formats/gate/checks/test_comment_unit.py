from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.comment_unit import comment_unit


def test_a_label_in_another_dimension() -> None:
    assert found(comment_unit, spoilt(exchange=3, comment="power consumption kg / 电耗kg")) == [("error", STEEL, 3)]


def test_a_label_in_another_unit_of_the_same_dimension() -> None:
    assert found(comment_unit, spoilt(exchange=3, comment="Electricity/(kW·h)")) == [("warning", STEEL, 3)]


def test_an_explained_conversion_and_a_ratio_are_fine() -> None:
    assert found(comment_unit, spoilt(exchange=3, comment="0.5 kWh per kg, converted from kWh")) == []
    assert found(comment_unit, spoilt(exchange=3, comment="NOx/（kg/t）")) == []
