"""A dataset is per one thing."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def reference_several(case: Case) -> list[GateFinding]:
    """Several reference flows without an allocation between them."""
    return [
        about(
            "reference.several",
            "error",
            dataset,
            Text(
                f"有 {len(dataset.references)} 个基准流而没有分配方法，无法得到每个产品的数值。",
                f"There are {len(dataset.references)} reference flows and no allocation: no number per product follows.",
            ),
        )
        for dataset in case.inventory.datasets
        if len(dataset.references) > 1 and not dataset.allocations
    ]
