import pytest

from tests.unit.rules.cases import found, plant
from zuji.rules.checks.factor_geography import factor_geography


def test_factors_of_the_country_say_nothing() -> None:
    assert found(factor_geography) == []


def test_a_factor_of_another_country_is_noted() -> None:
    assert found(factor_geography, plant("{name: sand, amount: '1', unit: t, factor: US-MATERIAL}")) == [
        ("factor.geography", "info", "plant / sand")
    ]


@pytest.mark.parametrize("geography", ["GLO", "CN", "CN-HB", "CN/AU", "cn-sx"])
def test_the_world_a_province_and_a_pair_with_the_country_are_at_home(geography: str) -> None:
    own = f"{{name: sand, amount: '1', unit: t, factor: {{value: '1', unit: kgCO2e/t, source: s, geography: {geography}}}}}"
    assert found(factor_geography, plant(own)) == []
