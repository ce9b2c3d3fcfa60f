from dataclasses import replace

from tests.unit.formats.steelworks import STEEL, found, sound
from zuji.formats.gate.checks.provider_none import provider_none


def test_nobody_supplies_the_electricity() -> None:
    inventory = sound()
    assert found(provider_none, replace(inventory, datasets=inventory.datasets[1:])) == [("warning", STEEL, 3)]
