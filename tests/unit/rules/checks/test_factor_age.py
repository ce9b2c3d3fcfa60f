from tests.unit.rules.cases import found, plant
from zuji.rules.checks.factor_age import factor_age


def test_factors_of_the_period_say_nothing() -> None:
    assert found(factor_age) == []


def test_an_old_factor_is_named_by_its_line() -> None:
    assert found(factor_age, plant("{name: sand, amount: '1', unit: t, factor: OLD-MATERIAL}")) == [
        ("factor.age", "warning", "plant / sand")
    ]


def test_the_studys_own_factor_ages_too_and_one_without_a_year_cannot() -> None:
    own = "{{name: sand, amount: '1', unit: t, factor: {{value: '1', unit: kgCO2e/t, source: s{year}}}}}"
    assert found(factor_age, plant(own.format(year=", year: 2014"))) == [("factor.age", "warning", "plant / sand")]
    assert found(factor_age, plant(own.format(year=", year: 2015"))) == []
    assert found(factor_age, plant(own.format(year=""))) == []


def test_electricity_has_a_check_of_its_own() -> None:
    assert found(factor_age, plant("{name: power, amount: '1', unit: kWh, factor: OLD-POWER}")) == []
