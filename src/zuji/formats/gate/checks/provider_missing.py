"""A supplier that the file names is there."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def provider_missing(case: Case) -> list[GateFinding]:
    """A stated supplier that the database does not hold, or that does not make the product."""
    found = []
    for line in case.lines:
        named = line.exchange.provider
        if not named or named in case.providers.get(line.exchange.flow, ()):
            continue
        absent = named not in case.datasets
        message = Text(
            f"指定的供应数据集 {named} {'不在数据包中' if absent else '并不产出该产品'}。",
            f"The stated supplier {named} {'is not in the package' if absent else 'does not make the product'}.",
        )
        found.append(about("provider.missing", "error", line.dataset, message, line.exchange))
    return found
