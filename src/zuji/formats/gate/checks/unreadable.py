"""What could not be read does not come in."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding


def unreadable(case: Case) -> list[GateFinding]:
    """Each fault of reading: a file cut off, a number that is none, an encoding that does not fit."""
    return [GateFinding(f"unreadable.{f.code}", "error", f.dataset, Text(f.zh, f.en), f.place) for f in case.inventory.faults]
