from dataclasses import replace

from tests.unit.formats.steelworks import STEEL, found, sound
from zuji.formats.gate.checks.identity_conflict import identity_conflict
from zuji.formats.inventory import Part, Place, gather


def test_two_contents_under_one_identifier_keep_both_out() -> None:
    first = sound().datasets[1]
    other = replace(first, digest="another", place=Place("copy.xml"))
    inventory = gather("ilcd", [Part((first, other)), Part(flows=tuple(sound().flows.values()))])
    assert found(identity_conflict, inventory) == [("error", STEEL, None)]


def test_the_same_content_twice_is_one() -> None:
    first = sound().datasets[1]
    again = replace(first, place=Place("copy.xml"))
    assert found(identity_conflict, gather("ilcd", [Part((first, again))])) == []


def test_a_flow_with_two_contents_keeps_out_who_uses_it() -> None:
    flow = sound().flows["electricity"]
    part = Part(sound().datasets, (*sound().flows.values(), replace(flow, digest="another")))
    assert {dataset for _, dataset, _ in found(identity_conflict, gather("ilcd", [part]))} == {d.id for d in sound().datasets}
