"""The gas of the flow is the gas that the comment names."""

import re

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about

_SYMBOLS = re.compile(r"^\s*(CO2|CH4|N2O|SF6|NF3|CO|NOx|NO2|SO2|NH3|PM2\.5|PM10)\s*(?:/|／|$|，|,)", re.IGNORECASE)


def gas_named_otherwise(case: Case) -> list[GateFinding]:
    """A flow that is one greenhouse gas with a comment that begins with another substance: N2O for CO2 counts 273 times."""
    found = []
    for line in case.lines:
        gas = case.gases.get(line.exchange.flow)
        said = _SYMBOLS.match(line.exchange.comment) if line.exchange.comment else None
        if not said or line.flow is None:
            continue
        written = said[1].upper()
        expected = gas.gas.upper() if gas else ""
        both = {written, expected}
        if gas is not None and written != expected and not ({"CO", "CO2"} == both and "monoxide" in line.flow.name.words):
            message = Text(
                f"流为 {gas.gas}，而说明写的是 {said[1]}（数量 {line.exchange.amount}）。",
                f"The flow is {gas.gas}, while the comment says {said[1]} (amount {line.exchange.amount}).",
            )
            found.append(about("gas.other-name", "error", line.dataset, message, line.exchange))
    return found
