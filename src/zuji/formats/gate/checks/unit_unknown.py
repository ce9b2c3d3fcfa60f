"""Every unit is one that the product knows."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def unit_unknown(case: Case) -> list[GateFinding]:
    """A unit that is not in the unit table: it cannot be compared with the unit of a supplier, nor with that of a factor."""
    return [
        about(
            "unit.unknown",
            "error" if line.flow is not None and line.flow.kind != "elementary" else "warning",
            line.dataset,
            Text(f"单位“{line.unit[:40]}”未知。", f"The unit “{line.unit[:40]}” is unknown."),
            line.exchange,
        )
        for line in case.lines
        if line.unit and line.measured is None
    ]
