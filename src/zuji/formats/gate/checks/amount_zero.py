"""A zero is a measured zero."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def amount_zero(case: Case) -> list[GateFinding]:
    """Amounts of zero: where the file itself calls the value missing, a warning; otherwise a note with their number."""
    found = []
    for dataset in case.inventory.datasets:
        zero = [e for e in dataset.exchanges if e.amount is not None and e.amount == 0]
        missing = [e for e in zero if e.missing]
        if missing:
            message = Text(
                f"{len(missing)} 个数量写为 0，而文件注明其缺失。", f"{len(missing)} amounts are written as 0 and marked as missing."
            )
            found.append(about("amount.zero", "warning", dataset, message, missing[0]))
        elif zero:
            message = Text(f"{len(zero)} 个数量为 0。", f"{len(zero)} amounts are 0.")
            found.append(about("amount.zero", "info", dataset, message, zero[0]))
    return found
