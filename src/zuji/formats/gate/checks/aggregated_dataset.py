"""An aggregated dataset is known as one."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def aggregated_dataset(case: Case) -> list[GateFinding]:
    """A dataset that calls itself a result and still takes products: its suppliers would count twice, or its kind is wrong."""
    found = []
    for dataset in case.inventory.datasets:
        if dataset.kind not in {"system", "result"}:
            continue
        taken = [line for line in case.lines_of[dataset.id] if case.needs_provider(line)]
        if taken:
            message = Text(
                f"自称为清单结果，却有 {len(taken)} 个产品投入，如“{taken[0].exchange.name}”。",
                f"It calls itself an inventory result and takes {len(taken)} products, such as “{taken[0].exchange.name}”.",
            )
            found.append(about("dataset.aggregated", "warning", dataset, message, taken[0].exchange))
    return found
