"""Pollutants and residues are elementary or waste flows."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.checks.coproducts_unallocated import is_residue
from zuji.formats.gate.finding import GateFinding, about


def pollutant_as_product(case: Case) -> list[GateFinding]:
    """An output classed as emission or waste and kept as a product: it burdens nobody and is treated by nobody."""
    found = []
    for dataset in case.inventory.datasets:
        wrong = [
            line
            for line in case.lines_of[dataset.id]
            if line.flow is not None and line.flow.kind == "product" and line.exchange.direction == "output" and line.exchange.amount
            if not line.is_reference and is_residue(line)
        ]
        if wrong and wrong[0].flow:
            message = Text(
                f"{len(wrong)} 个排放或废物以产品流输出，首个为“{wrong[0].flow.name}”，其处理或影响未计入。",
                f"{len(wrong)} emissions or wastes go out as products, the first “{wrong[0].flow.name}”: their effect or treatment is not counted.",
            )
            found.append(about("pollutant.product", "warning", dataset, message, wrong[0].exchange))
    return found
