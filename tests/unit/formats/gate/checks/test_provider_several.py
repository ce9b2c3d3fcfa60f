from dataclasses import replace

from tests.unit.formats.steelworks import STEEL, found, sound
from zuji.formats.gate.checks.provider_several import provider_several


def test_two_power_plants_for_one_input() -> None:
    inventory = sound()
    second = replace(inventory.datasets[0], id="another-plant")
    assert found(provider_several, replace(inventory, datasets=(*inventory.datasets, second))) == [("info", STEEL, 3)]
