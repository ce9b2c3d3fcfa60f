"""The reference amount is positive."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about

_TREATMENT_AS_NEGATIVE = {"ecospold2", "brightway"}  # in ecoinvent 3 a treatment "makes" −1 of the waste it takes


def reference_negative(case: Case) -> list[GateFinding]:
    """A negative reference amount, which only some formats use, for treatments of waste."""
    convention = case.inventory.format in _TREATMENT_AS_NEGATIVE
    return [
        about(
            "reference.negative",
            "warning" if convention or (line.flow is not None and line.flow.kind == "waste") else "error",
            line.dataset,
            Text("基准流的数量为负。", "The reference amount is negative."),
            line.exchange,
        )
        for line in case.lines
        if line.is_reference and line.exchange.amount is not None and line.exchange.amount < 0
    ]
