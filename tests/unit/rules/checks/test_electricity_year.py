from tests.unit.rules.cases import found, plant
from zuji.rules.checks.electricity_year import electricity_year


def power(id_: str) -> str:
    return plant(f"{{name: power, amount: '1', unit: kWh, factor: {id_}}}")


def test_a_factor_of_the_period_says_nothing() -> None:
    assert found(electricity_year) == []


def test_a_factor_within_the_years_is_noted_and_one_beyond_is_a_warning() -> None:
    of_2020 = "\nperiod: {start: 2020-01-01, end: 2020-12-31}"
    assert found(electricity_year, power("OLD-POWER") + of_2020) == [("electricity.year", "info", "electricity / OLD-POWER@1")]
    assert found(electricity_year, power("OLD-POWER")) == [("electricity.year", "warning", "electricity / OLD-POWER@1")]


def test_a_factor_is_named_once_however_many_lines_use_it() -> None:
    lines = "{name: a, amount: '1', unit: kWh, factor: OLD-POWER}, {name: b, amount: '1', unit: kWh, factor: OLD-POWER}"
    assert len(found(electricity_year, plant(lines))) == 1
