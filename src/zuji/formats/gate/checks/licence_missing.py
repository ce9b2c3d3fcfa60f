"""A dataset says what may be done with it."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def licence_missing(case: Case) -> list[GateFinding]:
    """Neither a licence nor an owner whom to ask."""
    return [
        about("licence.missing", "info", dataset, Text("没有注明许可或所有者。", "Neither a licence nor an owner is stated."))
        for dataset in case.inventory.datasets
        if not dataset.licence and not dataset.owner
    ]
