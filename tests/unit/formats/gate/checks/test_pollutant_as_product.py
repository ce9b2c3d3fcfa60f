from tests.unit.formats.steelworks import STEEL, adding, exchange, flow, found
from zuji.formats.gate.checks.pollutant_as_product import pollutant_as_product


def test_flue_dust_kept_as_a_product() -> None:
    dust = flow("dust", "烟尘", "flue dust", "product", "mass", "Emissions")
    assert found(pollutant_as_product, adding(STEEL, exchange(5, "dust", "output", "0.02"), flows=(dust,))) == [("warning", STEEL, 5)]
