"""A process takes something."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def nothing_in(case: Case) -> list[GateFinding]:
    """No input and no greenhouse gas: the product would be free of burden."""
    found = []
    for dataset in case.inventory.datasets:
        taken = any(
            e.amount and (e.direction == "input" or e.flow in case.gases) and e.number not in dataset.references for e in dataset.exchanges
        )
        if not taken and dataset.references:
            message = Text(
                "既没有投入也没有温室气体排放，产品将不承担任何排放。",
                "There is neither an input nor a greenhouse gas: the product would bear nothing.",
            )
            found.append(about("burden.none", "warning", dataset, message))
    return found
