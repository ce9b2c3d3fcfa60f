"""The parameters of an uncertainty are those of a distribution."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about
from zuji.formats.gate.spreads import drawable, told


def uncertainty_impossible(case: Case) -> list[GateFinding]:
    """A geometric standard deviation below 1, a negative variance, bounds the wrong way round: the amount counts, its uncertainty is not drawn."""
    return [
        about(
            "uncertainty.impossible",
            "warning",
            line.dataset,
            Text(
                f"“{line.exchange.name}”的不确定性参数不可能成立，抽样时不使用：{told(line.exchange.uncertainty)}。",
                f"The uncertainty of “{line.exchange.name}” has impossible parameters and is not drawn: {told(line.exchange.uncertainty)}.",
            ),
            line.exchange,
        )
        for line in case.lines
        if line.exchange.uncertainty is not None and drawable(line.exchange) == "impossible"
    ]
