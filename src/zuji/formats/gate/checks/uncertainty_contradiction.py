"""An amount lies where its own uncertainty says it lies."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about
from zuji.formats.gate.spreads import drawable, told


def uncertainty_contradiction(case: Case) -> list[GateFinding]:
    """An amount outside the bounds stated for it, or five standard deviations from their centre: one of the two is wrong, often by a factor of ten."""
    return [
        about(
            "uncertainty.contradiction",
            "error",
            line.dataset,
            Text(
                f"“{line.exchange.name}”的数量 {line.exchange.amount} 不在它自己的不确定性范围之内：{told(line.exchange.uncertainty)}。",
                f"The amount {line.exchange.amount} of “{line.exchange.name}” lies outside its own uncertainty: {told(line.exchange.uncertainty)}.",
            ),
            line.exchange,
        )
        for line in case.lines
        if line.exchange.uncertainty is not None and drawable(line.exchange) == "contradiction"
    ]
