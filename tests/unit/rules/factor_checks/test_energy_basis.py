from typing import Any

from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.rules.factor_checks.energy_basis import energy_basis


def per_energy(note: str, unit: str = "kgCO2e/GJ", **more: Any) -> object:
    return found(energy_basis, candidate(version("74.1", unit, **{"category": "fuel-combustion", "kind": "direct", "note": note, **more})))


def test_a_stated_basis_or_another_dimension_says_nothing() -> None:
    assert per_energy("按低位热值") == []
    assert per_energy("gross CV") == []
    assert per_energy("", unit="kgCO2e/kg") == []
    assert per_energy("", category="battery") == []


def test_no_basis_and_both_are_shown() -> None:
    assert per_energy("") == [("gate.energy-basis", "warning", "boundary")]
    assert per_energy("低位热值；高位热值") == [("gate.energy-basis", "warning", "boundary")]
