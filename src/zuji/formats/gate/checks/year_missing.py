"""A dataset says when."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def year_missing(case: Case) -> list[GateFinding]:
    """No reference year."""
    return [
        about("year.missing", "warning", dataset, Text("没有注明年份。", "No year is stated."))
        for dataset in case.inventory.datasets
        if dataset.year is None
    ]
