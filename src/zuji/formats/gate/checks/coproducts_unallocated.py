"""Where several products come out, the file says how they share."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case, Line
from zuji.formats.gate.finding import GateFinding, about

# A pollutant or a residue kept as a product flow is another fault (pollutant_as_product), not a co-product.
_NO_PRODUCT = ("emission", "waste", "end-of-life", "排放", "废")


def is_residue(line: Line) -> bool:
    """True for an output whose classes or name say that it is an emission or a waste."""
    if line.flow is None:
        return False
    return any(word in text for text in (" ".join(line.flow.categories).lower(), line.flow.name.words) for word in _NO_PRODUCT)


def coproducts_unallocated(case: Case) -> list[GateFinding]:
    """Further products without an allocation: what one of them causes has no number (ISO 14044 4.3.4)."""
    found = []
    for dataset in case.inventory.datasets:
        if dataset.allocations or len(dataset.references) != 1:
            continue
        others = [
            line
            for line in case.lines_of[dataset.id]
            if line.flow is not None and line.flow.kind == "product" and line.exchange.direction == "output" and line.exchange.amount
            if not line.is_reference and not line.exchange.avoided and not is_residue(line)
        ]
        if others:
            names = "、".join(str(line.flow.name) for line in others[:4] if line.flow)
            message = Text(
                f"除基准产品外还有 {len(others)} 个产品（{names}），没有分配方法。",
                f"Beside the reference there are {len(others)} products ({names}) and no allocation.",
            )
            found.append(about("coproducts.unallocated", "error", dataset, message, others[0].exchange))
    return found
