from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.rules.factor_checks.unit_of_kind import unit_of_kind


def test_a_material_per_mass_says_nothing() -> None:
    assert found(unit_of_kind, candidate()) == []


def test_grid_co2_is_per_energy_and_money_is_for_spend_based_only() -> None:
    error = [("gate.unit-of-kind", "error", "unit")]
    assert found(unit_of_kind, candidate(version(unit="kgCO2/kg", kind="grid-co2"))) == error
    assert found(unit_of_kind, candidate(version(unit="kgCO2e/USD(2022)"))) == error
    assert found(unit_of_kind, candidate(version(kind="spend-based"))) == error
    assert found(unit_of_kind, candidate(version(unit="kgCO2e/kg", category="electricity"))) == error
    assert found(unit_of_kind, candidate(version(unit="kgCO2e/kg", category="transport"))) == error


def test_what_fits_says_nothing() -> None:
    assert found(unit_of_kind, candidate(version(unit="kgCO2/kWh", kind="grid-co2", category="electricity"))) == []
    assert found(unit_of_kind, candidate(version(unit="kgCO2e/(t·km)", category="transport"))) == []
    assert found(unit_of_kind, candidate(version(unit="kgCO2e/USD(2022)", kind="spend-based"))) == []
