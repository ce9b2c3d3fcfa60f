"""A dataset says what it is per."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def reference_missing(case: Case) -> list[GateFinding]:
    """No reference flow, or one that is not among the exchanges."""
    found = []
    for dataset in case.inventory.datasets:
        absent = [number for number in dataset.references if dataset.exchange(number) is None]
        if not dataset.references:
            found.append(about("reference.missing", "error", dataset, Text("没有基准流。", "There is no reference flow.")))
        elif absent:
            message = Text(f"基准流指向不存在的交换 {absent}。", f"The reference flow points to exchanges {absent}, which are not there.")
            found.append(about("reference.missing", "error", dataset, message))
    return found
