from tests.unit.formats.steelworks import STEEL, adding, exchange, flow, found
from zuji.formats.gate.checks.gas_as_product import gas_as_product


def test_a_gas_kept_as_a_product() -> None:
    gas = flow("c2f6", "六氟乙烷", "hexafluoroethane", "product", "mass", "Emissions")
    assert found(gas_as_product, adding(STEEL, exchange(5, "c2f6", "output", "0.035"), flows=(gas,))) == [("error", STEEL, 5)]


def test_what_is_sold_as_well_is_a_warning() -> None:
    gas = flow("co2", "二氧化碳", "carbon dioxide", "product")
    assert found(gas_as_product, adding(STEEL, exchange(5, "co2", "output", "0.1"), flows=(gas,))) == [("warning", STEEL, 5)]
