"""A product as reference comes out."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def reference_input(case: Case) -> list[GateFinding]:
    """A reference flow that goes in: a treatment, which should be of a waste flow; with a product it may be turned around by mistake."""
    return [
        about(
            "reference.input",
            "warning",
            line.dataset,
            Text(
                f"基准流“{line.flow.name}”是输入的产品流。若为废物处理，应为废物流。",
                f"The reference flow “{line.flow.name}” is an input of a product. For a treatment it should be a waste flow.",
            ),
            line.exchange,
        )
        for line in case.lines
        if line.is_reference and line.exchange.direction == "input" and line.flow is not None and line.flow.kind == "product"
    ]
