"""The reference flow is a product or a waste."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def reference_kind(case: Case) -> list[GateFinding]:
    """An elementary flow as reference: such a dataset supplies nobody, and what it makes would be taken for free from nature."""
    return [
        about(
            "reference.kind",
            "error",
            line.dataset,
            Text(
                f"基准流“{line.flow.name}”是基元流，不是产品。",
                f"The reference flow “{line.flow.name}” is an elementary flow, not a product.",
            ),
            line.exchange,
        )
        for line in case.lines
        if line.is_reference and line.flow is not None and line.flow.kind == "elementary"
    ]
