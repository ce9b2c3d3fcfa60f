from dataclasses import replace
from decimal import Decimal

from tests.unit.formats.steelworks import found, sound
from zuji.formats.gate.checks.unit_group_broken import unit_group_broken


def test_a_tonne_of_one_gram() -> None:
    inventory = sound()
    mass = inventory.groups["group-mass"]
    upside_down = replace(mass, units=(*mass.units[:1], replace(mass.units[1], factor=Decimal("0.001"))))
    assert found(unit_group_broken, replace(inventory, groups={**inventory.groups, mass.id: upside_down})) == [("warning", "", None)]
