from tests.unit.rules.cases import found, plant
from zuji.rules.checks.double_counting import double_counting

COAL = "{name: coal, amount: '0.107', unit: t, factor: COAL}"


def emission(name: str) -> str:
    return f"[{{name: {name}, gas: CO2, kind: fossil, amount: '0.374', unit: t}}]"


def test_the_trap_of_the_uslci_cement_data_set_is_named() -> None:
    """Fuel combusted by a factor, and the stack CO2 of the same fuel: 1.37 instead of 1.04 kg/kg (worked case portland_cement_uslci)."""
    changes = plant(COAL, emission("CO2 of kiln fuel"))
    assert found(double_counting, changes) == [("fuel.double-counting", "warning", "plant / CO2 of kiln fuel")]


def test_an_emission_without_a_name_is_doubtful() -> None:
    assert found(double_counting, plant(COAL, "[{gas: CO2, kind: fossil, amount: '1', unit: t}]")) == [
        ("fuel.double-counting", "warning", "plant / CO2")
    ]


def test_calcination_and_alternative_fuel_are_what_they_say() -> None:
    assert found(double_counting, plant(COAL, emission("calcination"))) == []
    assert found(double_counting, plant(COAL, emission("{zh: 替代燃料化石碳燃烧, en: alternative fuel}"))) == []


def test_without_a_combustion_factor_the_stack_counts_once() -> None:
    assert found(double_counting, plant("{name: material, amount: '1', unit: t, factor: MATERIAL}", emission("stack"))) == []
