"""Every greenhouse gas has a characterization factor."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case, Line
from zuji.formats.gate.finding import GateFinding, about
from zuji.formats.gate.gases import in_air, looks_like_a_gas
from zuji.formats.gwp import load_gwp


def is_uncharacterised(case: Case, line: Line) -> bool:
    """True for an emission to air that is a greenhouse gas by its name, or by its flow, and has no value in the GWP set."""
    if line.flow is None or line.flow.kind != "elementary" or not line.exchange.amount:
        return False
    gas = case.gases.get(line.exchange.flow)
    if gas is not None:
        return (gas.gas, gas.kind) not in load_gwp("AR6").values
    return in_air(line.flow) and (looks_like_a_gas(line.flow.name.en) or looks_like_a_gas(line.flow.name.zh))


def gas_uncharacterised(case: Case) -> list[GateFinding]:
    """A gas without a value: it would count nothing."""
    return [
        about(
            "gas.uncharacterised",
            "error" if _main(line) else "warning",
            line.dataset,
            Text(f"“{line.exchange.name}”像是温室气体，但没有对应的增温潜势。",
                 f"“{line.exchange.name}” looks like a greenhouse gas and has no global warming potential."),
            line.exchange,
        )
        for line in case.lines
        if is_uncharacterised(case, line)
    ]  # fmt: skip


def _main(line: Line) -> bool:
    words = line.flow.name.words if line.flow else ""
    resource = line.exchange.direction == "input"
    return not resource and any(
        word in words for word in ("carbon dioxide", "methane", "nitrous", "dinitrogen", "二氧化碳", "甲烷", "氧化亚氮")
    )
