from dataclasses import replace

from tests.unit.formats.steelworks import YEAR, found, sound
from zuji.formats.gate import Case
from zuji.formats.gate.checks.unreadable import unreadable
from zuji.formats.inventory import Fault, Place


def test_a_fault_of_reading_is_a_finding() -> None:
    fault = Fault("xml", Place("broken.xml", "line 3"), "不完整", "cut off", "some-id")
    spoilt = replace(sound(), faults=(fault,))
    assert found(unreadable, spoilt) == [("error", "some-id", None)]
    (finding,) = unreadable(Case(spoilt, YEAR))
    assert (finding.code, str(finding.place)) == ("unreadable.xml", "broken.xml: line 3")
