"""The shares of co-products sum to the whole."""

from collections import defaultdict
from decimal import Decimal

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about

_TOLERANCE = Decimal("0.001")


def allocation_sum(case: Case) -> list[GateFinding]:
    """Allocated fractions of an exchange that do not sum to 1, or a fraction below 0."""
    found = []
    for dataset in case.inventory.datasets:
        sums: defaultdict[int | None, Decimal] = defaultdict(Decimal)
        for share in dataset.allocations:
            sums[share.exchange] += share.fraction
        wrong = [number for number, total in sums.items() if abs(total - 1) > _TOLERANCE]
        if wrong or any(share.fraction < 0 for share in dataset.allocations):
            message = Text("分配比例之和不是 100 %，或有负值。", "Allocated fractions do not sum to 100 %, or one is negative.")
            found.append(about("allocation.sum", "error", dataset, message))
    return found
