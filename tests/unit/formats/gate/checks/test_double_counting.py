from tests.unit.formats.steelworks import CO2, FLOWS, database, dataset, exchange, flow, found
from zuji.formats.gate.checks.double_counting import double_counting
from zuji.formats.inventory import Exchange, Inventory

BURNT = flow("burnt", "煤，工业锅炉燃烧", "coal, combusted in industrial boiler", "product")
CEMENT = flow("cement", "水泥", "cement", "product")
PROCESS_CO2 = flow("co2-process", "二氧化碳", "carbon dioxide", "elementary", "mass", "Emissions", "Emissions to air")
BOILER = dataset("boiler", "锅炉", "boiler", exchange(1, "burnt", "output", "1"), exchange(2, CO2, "output", "2.8"))


def kiln(*emissions: Exchange) -> Inventory:
    taken = (exchange(1, "cement", "output", "1"), exchange(2, "burnt", "input", "0.11"))
    return database(BOILER, dataset("kiln", "水泥窑", "kiln", *taken, *emissions), flows=(*FLOWS, BURNT, CEMENT, PROCESS_CO2))


def test_fuel_in_the_stack_and_in_the_boiler() -> None:
    both = kiln(exchange(3, CO2, "output", "0.55"), exchange(4, "co2-process", "output", "0.37"))
    assert found(double_counting, both) == [("error", "kiln", 4)]


def test_a_single_entry_of_that_size_is_asked_about() -> None:
    assert found(double_counting, kiln(exchange(3, CO2, "output", "0.37"))) == [("warning", "kiln", 3)]


def test_calcination_alone_is_fine() -> None:
    assert found(double_counting, kiln(exchange(3, CO2, "output", "5.5"))) == []
