from typing import Any

from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.engine.text import Text
from zuji.rules.factor_checks.kind_and_name import kind_and_name


def power(zh: str, kind: Any, unit: str = "kgCO2e/kWh") -> object:
    return found(kind_and_name, candidate(version("0.58", unit, category="electricity", kind=kind, name=Text(zh, "electricity"))))


def test_names_of_their_kind_say_nothing() -> None:
    assert power("2024年全国电力碳足迹因子", "life-cycle") == []
    assert power("2023年全国电力平均二氧化碳排放因子", "grid-co2", "kgCO2/kWh") == []


def test_one_named_as_the_other_is_an_error() -> None:
    assert power("2023年全国电力平均二氧化碳排放因子", "life-cycle") == [("gate.kind-name", "error", "kind")]
    assert power("2024年全国电力碳足迹因子", "grid-co2") == [("gate.kind-name", "error", "kind")]


def test_a_life_cycle_of_co2_alone_is_an_error() -> None:
    assert power("某电", "life-cycle", "kgCO2/kWh") == [("gate.kind-gas", "error", "unit")]
