from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.engine.text import Text
from zuji.rules.factor_checks.volume_state import volume_state


def per_volume(unit: str, zh: str, note: str = "", category: str = "fuel-combustion") -> object:
    return found(volume_state, candidate(version("2", unit, kind="direct", category=category, name=Text(zh, "burning"), note=note)))


def test_masses_and_stated_states_say_nothing() -> None:
    assert found(volume_state, candidate()) == []
    assert per_volume("kgCO2e/m3", "天然气燃烧", "20 ℃、101.325 kPa") == []
    assert per_volume("kgCO2e/L", "柴油燃烧", "密度 0.84 kg/L") == []
    assert per_volume("kgCO2e/m3", "自来水", category="water") == []


def test_a_gas_without_state_and_a_liquid_without_density_are_shown() -> None:
    assert per_volume("kgCO2e/m3", "天然气燃烧") == [("gate.volume-state", "warning", "unit")]
    assert per_volume("kgCO2e/L", "柴油燃烧") == [("gate.volume-state", "warning", "unit")]
    assert per_volume("kgCO2e/Nm3", "天然气燃烧") == [("gate.volume-state", "info", "unit")]
