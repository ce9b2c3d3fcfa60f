"""Amounts are positive; what is given back has a flow of its own."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def amount_negative(case: Case) -> list[GateFinding]:
    """Negative amounts outside the reference: credits of an allocation already made, or a wrong sign."""
    found = []
    for dataset in case.inventory.datasets:
        negative = [e for e in dataset.exchanges if e.amount is not None and e.amount < 0 and e.number not in dataset.references]
        gases = [e for e in negative if e.flow in case.gases]
        if negative:
            first = (gases or negative)[0]
            message = Text(
                f"{len(negative)} 个数量为负（其中温室气体 {len(gases)} 个），首个为“{first.name}”{first.amount}。",
                f"{len(negative)} amounts are negative ({len(gases)} of greenhouse gases), the first “{first.name}” {first.amount}.",
            )
            found.append(about("amount.negative", "warning", dataset, message, first))
    return found
