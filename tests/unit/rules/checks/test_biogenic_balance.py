from tests.unit.rules.cases import found, plant
from zuji.rules.checks.biogenic_balance import biogenic_balance

MATERIAL = "{name: material, amount: '1', unit: t, factor: MATERIAL}"
OUT = "{gas: CO2, kind: biogenic, amount: '5', unit: kg}"
IN = "{gas: CO2, kind: biogenic_removal, amount: '5', unit: kg}"
CODE = [("biogenic.one-sided", "warning", "by_kind / biogenic")]


def test_none_and_both_sides_say_nothing() -> None:
    assert found(biogenic_balance) == []
    assert found(biogenic_balance, plant(MATERIAL, f"[{OUT}, {IN}]")) == []


def test_one_side_alone_is_a_warning() -> None:
    assert found(biogenic_balance, plant(MATERIAL, f"[{OUT}]")) == CODE
    assert found(biogenic_balance, plant(MATERIAL, f"[{IN}]")) == CODE


def test_biogenic_methane_needs_no_uptake() -> None:
    assert found(biogenic_balance, plant(MATERIAL, "[{gas: CH4, kind: biogenic, amount: '1', unit: kg}]")) == []
