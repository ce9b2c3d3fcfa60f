"""Every exchange refers to a flow that is there."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def flow_missing(case: Case) -> list[GateFinding]:
    """A flow that the database does not hold: what is exchanged, and in which unit, cannot be known."""
    return [
        about(
            "flow.missing",
            "error",
            line.dataset,
            Text(
                f"交换引用的流 {line.exchange.flow or '（空）'} “{line.exchange.name}” 不在数据包中。",
                f"The exchange refers to the flow {line.exchange.flow or '(empty)'} “{line.exchange.name}”, which is not in the package.",
            ),
            line.exchange,
        )
        for line in case.lines
        if line.flow is None
    ]
