from tests.unit.formats.steelworks import STEEL, adding, exchange, flow, found
from zuji.formats.gate.checks.energy_in_mass import energy_in_mass


def test_heat_in_kilograms() -> None:
    heat = flow("heat", "热力", "heat, district", "product", "mass")
    assert found(energy_in_mass, adding(STEEL, exchange(5, "heat", "input", "7"), flows=(heat,))) == [("error", STEEL, 5)]


def test_a_heat_exchanger_weighs_something() -> None:
    machine = flow("machine", "换热器", "heat exchanger", "product", "mass")
    assert found(energy_in_mass, adding(STEEL, exchange(5, "machine", "input", "7"), flows=(machine,))) == []
