from dataclasses import replace

from tests.unit.formats.steelworks import POWER, STEEL, found, sound
from zuji.formats.gate.checks.property_missing import property_missing


def test_a_flow_whose_unit_cannot_be_followed() -> None:
    inventory = sound()
    cut = replace(inventory, properties={k: p for k, p in inventory.properties.items() if k != "energy"})
    assert found(property_missing, cut) == [("error", POWER, 1), ("error", STEEL, 3)]
