from tests.unit.rules.factor_checks.candidates import candidate, context, found, published, version
from zuji.rules.factor_checks.unit_dimension import unit_dimension


def test_the_dimension_of_the_others_says_nothing() -> None:
    assert found(unit_dimension, candidate(version(unit="kgCO2e/t")), context(version(id="OTHER"))) == []


def test_a_new_version_keeps_its_dimension() -> None:
    within = context(version())
    assert found(unit_dimension, candidate(version(version="2", unit="kgCO2e/kWh")), within) == [("gate.unit-dimension", "error", "unit")]


def test_another_dimension_of_the_same_thing_or_category_is_shown() -> None:
    warning = [("gate.unit-dimension", "warning", "unit")]
    assert found(unit_dimension, candidate(version(unit="kgCO2e/m3")), context(version(id="OTHER"))) == warning
    other = published(version(id="OTHER"), subject="尿素")
    assert found(unit_dimension, candidate(version(unit="kgCO2e/m3")), context(more=other)) == warning


def test_a_basis_is_a_dimension_of_its_own() -> None:
    within = context(version())
    assert found(unit_dimension, candidate(version(version="2", unit="kgCO2e/kg P2O5")), within) == [
        ("gate.unit-dimension", "error", "unit")
    ]
