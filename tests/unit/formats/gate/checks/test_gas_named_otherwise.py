from tests.unit.formats.steelworks import STEEL, adding, exchange, flow, found, spoilt
from zuji.formats.gate.checks.gas_named_otherwise import gas_named_otherwise


def test_nitrogen_oxides_entered_as_nitrous_oxide() -> None:
    gas = flow("n2o", "一氧化二氮", "nitrous oxide", "elementary", "mass", "Emissions", "Emissions to air")
    wrong = adding(STEEL, exchange(5, "n2o", "output", "1.57", comment="NOx/（kg/t） / NOx/（kg/t）"), flows=(gas,))
    assert found(gas_named_otherwise, wrong) == [("error", STEEL, 5)]


def test_the_same_gas_is_fine() -> None:
    assert found(gas_named_otherwise, spoilt(exchange=4, comment="CO2 / CO2")) == []
