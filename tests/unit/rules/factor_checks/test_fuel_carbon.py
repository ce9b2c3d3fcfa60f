from typing import Any

import pytest

from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.engine.text import Text
from zuji.rules.factor_checks.fuel_carbon import fuel_carbon


def burning(value: str, unit: str, zh: str, **more: Any) -> object:
    name = Text(f"{zh}燃烧", "combustion")
    return found(
        fuel_carbon, candidate(version(value, unit, kind="direct", category="fuel-combustion", name=name, boundary="仅燃烧", **more))
    )


@pytest.mark.parametrize(
    ("value", "unit", "zh"),
    [
        ("3095.9096", "kgCO2/t", "柴油"),
        ("2.16", "kgCO2/Nm3", "天然气"),
        ("2.83", "tCO2/t", "液化天然气"),
        ("74.1", "kgCO2e/GJ", "柴油"),
        ("2.32", "tCO2/t", "无烟煤"),
    ],
)
def test_what_the_carbon_gives_says_nothing(value: str, unit: str, zh: str) -> None:
    assert burning(value, unit, zh) == []


def test_more_than_the_carbon_can_give_is_shown_then_refused() -> None:
    assert burning("4600", "kgCO2/t", "柴油") == [("gate.fuel-carbon", "warning", "value")]
    assert burning("6400", "kgCO2/t", "柴油") == [("gate.fuel-carbon", "error", "value")]
    assert burning("850", "kgCO2/t", "柴油") == [("gate.fuel-carbon", "error", "value")]
    assert burning("741", "kgCO2e/GJ", "柴油") == [("gate.fuel-carbon", "error", "value")]


def test_the_longest_name_is_the_fuel() -> None:
    # By mass liquefied gas has a default; natural gas has one by volume only.
    assert burning("9", "tCO2/t", "液化天然气") == [("gate.fuel-carbon", "error", "value")]
    assert burning("9", "tCO2/t", "天然气") == []


def test_blends_and_unknown_fuels_are_left_alone() -> None:
    assert burning("9", "tCO2/t", "生物柴油") == []
    assert burning("9", "tCO2/t", "某种燃料") == []
