from typing import Any

from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.rules.factor_checks.electricity_vintage import electricity_vintage


def power(**fields: Any) -> object:
    return found(electricity_vintage, candidate(version("0.58", "kgCO2e/kWh", **{"category": "electricity", **fields})))


def test_a_dated_system_says_nothing() -> None:
    assert power() == []
    assert found(electricity_vintage, candidate(version(year=None))) == []


def test_no_year_is_an_error_the_rest_is_shown() -> None:
    assert power(year=None) == [("gate.electricity-year", "error", "year")]
    assert power(year=2019) == [("gate.electricity-old", "warning", "year")]
    assert power(boundary="") == [("gate.electricity-system", "warning", "technology")]
    assert power(kind="grid-co2") == [("gate.electricity-instead", "warning", "use_instead")]
    assert power(kind="grid-co2", use_instead=("CN-EL-CF-2024-national",)) == []
