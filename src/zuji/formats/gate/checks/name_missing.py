"""A dataset has a name."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def name_missing(case: Case) -> list[GateFinding]:
    """No name in any language."""
    return [
        about("name.missing", "error", dataset, Text("没有名称。", "There is no name."))
        for dataset in case.inventory.datasets
        if not str(dataset.name).strip()
    ]
