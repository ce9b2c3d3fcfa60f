from tests.unit.formats.steelworks import CO2, STEEL, database, dataset, exchange, flow, found, one, spoilt
from zuji.formats.gate.checks.direct_emission_scale import direct_emission_scale


def test_the_emissions_of_a_whole_plant() -> None:
    assert found(direct_emission_scale, spoilt(exchange=4, amount=one("19000"))) == [("error", STEEL, 1)]


def test_tonnes_entered_as_kilograms() -> None:
    assert found(direct_emission_scale, spoilt(exchange=4, amount=one("0.000005"))) == [("error", STEEL, 1)]


def test_a_sector_total_per_euro() -> None:
    service = flow("service", "服务", "service", "product", "money")
    gas = flow(CO2, "二氧化碳", "carbon dioxide", "elementary")
    spent = dataset("sector", "服务业", "services", exchange(1, "service", "output", "1333"), exchange(2, CO2, "output", "3.7e12"))
    assert found(direct_emission_scale, database(spent, flows=(service, gas))) == [("error", "sector", 1)]
