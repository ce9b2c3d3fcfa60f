from tests.unit.formats.steelworks import STEEL, found, spoilt
from zuji.formats.gate.checks.elementary_direction import elementary_direction


def test_carbon_dioxide_that_goes_in() -> None:
    assert found(elementary_direction, spoilt(exchange=4, direction="input")) == [("error", STEEL, 4)]


def test_a_resource_that_comes_out() -> None:
    assert found(elementary_direction, spoilt(exchange=2, direction="output")) == [("warning", STEEL, 2)]
