"""A flow is entered once."""

from collections import defaultdict

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about
from zuji.formats.inventory import Exchange


def duplicate_exchange(case: Case) -> list[GateFinding]:
    """The same flow, direction and supplier twice: with the same amount and comment an error, otherwise a warning."""
    found = []
    for dataset in case.inventory.datasets:
        seen: defaultdict[tuple[str, str, str, str], list[Exchange]] = defaultdict(list)
        for exchange in dataset.exchanges:
            if exchange.amount:
                seen[exchange.flow, exchange.direction, exchange.provider, exchange.location].append(exchange)
        for same in seen.values():
            if len(same) < 2:
                continue
            equal = len({(e.amount, e.unit, e.comment) for e in same}) < len(same)
            message = Text(f"“{same[0].name}”出现 {len(same)} 次{'，且有数量和说明都相同的' if equal else ''}。",
                           f"“{same[0].name}” is entered {len(same)} times{', with equal amount and comment' if equal else ''}.")  # fmt: skip
            found.append(about("exchange.duplicate", "error" if equal else "warning", dataset, message, same[1]))
    return found
