"""Names are in Chinese and in English."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def language_missing(case: Case) -> list[GateFinding]:
    """A name in one of the two languages only: it cannot be searched for in the other."""
    found = []
    for dataset in case.inventory.datasets:
        zh, en = dataset.name.zh, dataset.name.en
        if bool(zh) != bool(en) or (dataset.name.other and not zh):
            missing = Text("名称缺少英文。", "The name has no English.") if zh else Text("名称缺少中文。", "The name has no Chinese.")
            found.append(about("name.language", "info", dataset, missing))
    return found
