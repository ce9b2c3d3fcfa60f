from tests.unit.rules.cases import found, plant
from zuji.rules.checks.aircraft_apart import aircraft_apart


def test_freight_by_road_says_nothing() -> None:
    assert found(aircraft_apart) == []


def test_air_freight_whose_factor_does_not_say_so_is_named() -> None:
    freight = "{name: spare part, transport: {mass: '1', distance: '900'}, factor: PLANE}"
    assert found(aircraft_apart, plant(freight)) == [("aircraft.not-apart", "warning", "plant / spare part")]


def test_air_freight_that_counts_as_aircraft_is_shown_apart() -> None:
    own = "{name: air freight, transport: {mass: '1', distance: '900'}, factor: {value: '1', unit: kgCO2e/(t·km), source: s, split: aircraft}}"
    assert found(aircraft_apart, plant(own)) == []
