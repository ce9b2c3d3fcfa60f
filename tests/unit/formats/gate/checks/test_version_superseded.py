from dataclasses import replace

from tests.unit.formats.steelworks import STEEL, found, sound
from zuji.formats.gate.checks.version_superseded import version_superseded
from zuji.formats.inventory import Part, gather


def test_the_older_version_is_left_aside() -> None:
    newest = sound().datasets[1]
    older = replace(newest, version="00.09.000", digest="older")
    inventory = gather("ilcd", [Part((older, newest))])
    assert [d.version for d in inventory.datasets] == ["01.00.000"]
    assert found(version_superseded, inventory) == [("info", STEEL, None)]
