"""Every exchange has an amount."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def amount_missing(case: Case) -> list[GateFinding]:
    """No amount: missing is never zero."""
    return [
        about(
            "amount.missing",
            "error",
            line.dataset,
            Text(f"“{line.exchange.name}”没有数量。", f"“{line.exchange.name}” has no amount."),
            line.exchange,
        )
        for line in case.lines
        if line.exchange.amount is None
    ]
