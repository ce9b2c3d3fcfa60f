"""A greenhouse gas that is emitted is an elementary flow."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about
from zuji.formats.gate.gases import gas_named

_ALSO_SOLD = {"CO2", "CH3Cl", "CH2Cl2", "CHCl3", "CCl4", "CH3CCl3"}  # products of chemistry as well


def gas_as_product(case: Case) -> list[GateFinding]:
    """An output that is named as a greenhouse gas and kept as a product or waste: its emission would count nothing."""
    found = []
    for line in case.lines:
        if line.flow is None or line.flow.kind == "elementary" or line.exchange.direction != "output" or not line.exchange.amount:
            continue
        gas = gas_named(line.flow.name.en) or gas_named(line.flow.name.zh)
        if gas is None or line.is_reference or line.exchange.avoided:
            continue
        sold = gas in _ALSO_SOLD and "emission" not in " ".join(line.flow.categories).lower()
        message = Text(
            f"温室气体“{line.flow.name}”（{gas}）作为产品流输出，排放不会被计入。",
            f"The greenhouse gas “{line.flow.name}” ({gas}) goes out as a product flow: its emission would not be counted.",
        )
        found.append(about("gas.product", "warning" if sold else "error", line.dataset, message, line.exchange))
    return found
