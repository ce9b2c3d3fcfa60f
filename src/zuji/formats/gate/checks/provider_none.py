"""Where nobody supplies an input, it is a gap."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def provider_none(case: Case) -> list[GateFinding]:
    """Inputs that no dataset of the database supplies: gaps, and never zero."""
    found = []
    for dataset in case.inventory.datasets:
        open_ = [line for line in case.lines_of[dataset.id] if case.needs_provider(line) and not case.suppliers(line)]
        if open_:
            message = Text(
                f"{len(open_)} 个投入在库中没有供应数据集，如“{open_[0].exchange.name}”；列为缺口。",
                f"{len(open_)} inputs have no supplier in the database, such as “{open_[0].exchange.name}”: they are gaps.",
            )
            found.append(about("provider.none", "warning", dataset, message, open_[0].exchange))
    return found
