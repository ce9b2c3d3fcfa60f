"""The reference amount is not zero."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def reference_zero(case: Case) -> list[GateFinding]:
    """A reference amount of zero, or none: nothing can be stated per it."""
    return [
        about(
            "reference.zero",
            "error",
            line.dataset,
            Text("基准流的数量为零或缺失。", "The reference amount is zero or missing."),
            line.exchange,
        )
        for line in case.lines
        if line.is_reference and not line.exchange.amount
    ]
