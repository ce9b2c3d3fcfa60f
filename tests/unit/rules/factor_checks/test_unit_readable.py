from tests.unit.rules.factor_checks.candidates import candidate, changed, found, version
from zuji.rules.factor_checks.unit_readable import unit_readable


def test_a_known_unit_says_nothing() -> None:
    assert found(unit_readable, candidate()) == []


def test_a_unit_that_is_none_of_ours_is_an_error() -> None:
    assert found(unit_readable, candidate(changed(version(), unit="kgCO2e per bag"))) == [("gate.unit-unreadable", "error", "unit")]
