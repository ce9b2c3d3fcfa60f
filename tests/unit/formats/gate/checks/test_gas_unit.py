from tests.unit.formats.steelworks import STEEL, adding, exchange, flow, found
from zuji.formats.gate.checks.gas_unit import gas_unit


def test_methane_in_cubic_metres() -> None:
    gas = flow("ch4", "甲烷", "methane", "elementary", "volume", "Emissions", "Emissions to air", cas="74-82-8")
    assert found(gas_unit, adding(STEEL, exchange(5, "ch4", "output", "2"), flows=(gas,))) == [("error", STEEL, 5)]
