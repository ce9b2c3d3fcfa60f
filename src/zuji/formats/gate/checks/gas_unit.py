"""Greenhouse gases are measured as a mass."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def gas_unit(case: Case) -> list[GateFinding]:
    """A greenhouse gas in m³ or MJ: it cannot be multiplied by a GWP."""
    return [
        about(
            "gas.unit",
            "error",
            line.dataset,
            Text(f"温室气体“{line.exchange.name}”以 {line.unit or '未知单位'} 计，不是质量。",
                 f"The greenhouse gas “{line.exchange.name}” is in {line.unit or 'an unknown unit'}, not a mass."),
            line.exchange,
        )
        for line in case.lines
        if line.exchange.flow in case.gases and line.exchange.amount and case.kilograms(line) is None
    ]  # fmt: skip
