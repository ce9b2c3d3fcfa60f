from tests.unit.formats.steelworks import STEEL, adding, exchange, flow, found
from zuji.formats.gate.checks.heating_value_flow import heating_value_flow

COAL = flow("coal", "硬煤", "hard coal; 26.3 MJ/kg", "elementary", "energy", "Resources")


def test_a_mass_in_a_flow_kept_as_energy() -> None:
    spoilt = adding(STEEL, exchange(5, "coal", "input", "120", comment="Coal consumption 120 kg per t"), flows=(COAL,))
    assert found(heating_value_flow, spoilt) == [("error", STEEL, 5)]


def test_an_energy_there_is_fine() -> None:
    assert found(heating_value_flow, adding(STEEL, exchange(5, "coal", "input", "3150", comment="heat demand"), flows=(COAL,))) == []
