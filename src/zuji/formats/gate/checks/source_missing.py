"""The sources of the data can be read."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about

_REFER = {"ilcd", "tidas", "olca"}


def source_missing(case: Case) -> list[GateFinding]:
    """No source at all, or a reference to one that is not in the package."""
    found = []
    for dataset in case.inventory.datasets:
        if not dataset.sources:
            message = Text("没有注明数据来源。", "No source of the data is named.")
            found.append(about("source.missing", "warning", dataset, message))
        elif case.inventory.format in _REFER:
            for source in dataset.sources:
                if source.lower() not in case.inventory.documents:
                    message = Text(f"引用的来源 {source[:60]} 不在数据包中。", f"The source {source[:60]} is not in the package.")
                    found.append(about("source.missing", "warning", dataset, message))
    return found
