from tests.unit.rules.cases import found, plant
from zuji.rules.checks.fuel_upstream import fuel_upstream

BURNED = "{name: {zh: 烟煤, en: coal}, amount: '0.1', unit: t, factor: COAL}"
WARNING = [("fuel.no-upstream", "warning", "plant / 烟煤")]


def test_no_fuel_no_finding() -> None:
    assert found(fuel_upstream) == []


def test_combustion_alone_is_a_warning() -> None:
    assert found(fuel_upstream, plant(BURNED)) == WARNING


def test_an_upstream_line_of_the_same_fuel_is_enough() -> None:
    assert found(fuel_upstream, plant(BURNED + ", {name: upstream of coal, amount: '0.1', unit: t, factor: COAL-UP}")) == []


def test_a_gap_that_says_so_is_enough() -> None:
    assert found(fuel_upstream, plant(BURNED + ", {name: coal upstream, amount: '0.1', unit: t, factor: null, reason: none}")) == []


def test_freight_or_the_upstream_of_another_fuel_is_not() -> None:
    freight = ", {name: freight of coal, transport: {mass: '0.1', distance: '9'}, factor: TRUCK}"
    diesel = ", {name: diesel, amount: '1', unit: t, factor: {value: '1', unit: kgCO2e/t, source: s}}"
    assert found(fuel_upstream, plant(BURNED + freight)) == WARNING
    assert found(fuel_upstream, plant(BURNED + diesel)) == WARNING
