from tests.unit.rules.factor_checks.candidates import candidate, context, found, version
from zuji.rules.factor_checks.unit_same_number import unit_same_number


def test_a_converted_value_says_nothing() -> None:
    assert found(unit_same_number, candidate(version("2713", unit="kgCO2e/t")), context(version(id="OTHER"))) == []


def test_the_same_digits_per_another_unit_are_an_error() -> None:
    within = context(version(id="OTHER"))
    assert found(unit_same_number, candidate(version(unit="kgCO2e/t")), within) == [("gate.unit-same-number", "error", "unit")]
    assert found(unit_same_number, candidate(version(unit="kgCO2e/m3")), within) == [("gate.unit-same-number", "error", "unit")]
    assert found(unit_same_number, candidate(version(unit="tCO2e/t")), within) == []
