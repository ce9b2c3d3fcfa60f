"""A dataset says where."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def location_missing(case: Case) -> list[GateFinding]:
    """No location."""
    return [
        about("location.missing", "warning", dataset, Text("没有注明地点。", "No location is stated."))
        for dataset in case.inventory.datasets
        if not dataset.location
    ]
