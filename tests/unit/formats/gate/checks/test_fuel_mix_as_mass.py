from tests.unit.formats.steelworks import STEEL, adding, exchange, flow, found
from zuji.formats.gate.checks.fuel_mix_as_mass import fuel_mix_as_mass

COAL, GAS = flow("coal", "煤", "coal", "product"), flow("gas", "天然气", "natural gas", "product")
MIX = "Fuel mix: coal (80%), natural gas (20%)"


def test_shares_of_an_energy_mix_in_kilograms() -> None:
    lines = (exchange(5, "coal", "input", "800", comment=MIX), exchange(6, "gas", "input", "200", comment=MIX))
    assert found(fuel_mix_as_mass, adding(STEEL, *lines, flows=(COAL, GAS))) == [("error", STEEL, 5)]


def test_masses_that_are_not_in_that_ratio_are_masses() -> None:
    lines = (exchange(5, "coal", "input", "30", comment=MIX), exchange(6, "gas", "input", "70", comment=MIX))
    assert found(fuel_mix_as_mass, adding(STEEL, *lines, flows=(COAL, GAS))) == []
