"""A fuel kept by its heating value is entered as energy."""

import re

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about

_HEATING_VALUE = re.compile(r"\d+(?:\.\d+)?\s*MJ/kg", re.IGNORECASE)
_MASS = re.compile(r"(?<![/\w])kg\b|千克|公斤|\bkg/t|质量|煤耗|实物煤|标准煤|substitut|替代|fired", re.IGNORECASE)


def heating_value_flow(case: Case) -> list[GateFinding]:
    """A flow "hard coal; 26.3 MJ/kg", whose unit is MJ, with a comment that speaks of kilograms: the number is a mass.

    Such a number is too small by the heating value. The comment is all that tells; it is quoted for the person who decides.
    """
    found = []
    for line in case.lines:
        if line.dimension != "energy" or line.flow is None or not line.exchange.amount or not line.exchange.comment:
            continue
        if _HEATING_VALUE.search(f"{line.exchange.name.words} {line.flow.name.words}") and _MASS.search(line.exchange.comment):
            quoted = line.exchange.comment[:60]
            message = Text(
                f"“{line.flow.name}”以 MJ 计（{line.exchange.amount}），而说明提到质量：“{quoted}”。",
                f"“{line.flow.name}” is kept in MJ ({line.exchange.amount}), while the comment speaks of a mass: “{quoted}”.",
            )
            found.append(about("unit.heating-value", "error", line.dataset, message, line.exchange))
    return found
