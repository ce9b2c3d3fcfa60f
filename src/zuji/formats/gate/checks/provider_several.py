"""Where several datasets could supply an input, somebody chooses."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def provider_several(case: Case) -> list[GateFinding]:
    """Inputs for which the database has several datasets and the file names none: no link is made unless a rule says which."""
    found = []
    for dataset in case.inventory.datasets:
        several = [
            line
            for line in case.lines_of[dataset.id]
            if case.needs_provider(line) and not line.exchange.provider and len(case.suppliers(line)) > 1
        ]
        if several:
            count = len(case.suppliers(several[0]))
            message = Text(
                f"{len(several)} 个投入有多个可能的供应数据集，如“{several[0].exchange.name}”有 {count} 个；须由链接规则决定。",
                f"{len(several)} inputs have several possible suppliers, such as “{several[0].exchange.name}” with {count}: a linking rule decides.",
            )
            found.append(about("provider.several", "info", dataset, message, several[0].exchange))
    return found
