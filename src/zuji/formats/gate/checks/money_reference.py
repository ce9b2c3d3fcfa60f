"""Per money and per kilogram are not the same thing."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def money_reference(case: Case) -> list[GateFinding]:
    """A dataset per amount of money: usable as a spend-based factor only, in the prices of its year."""
    return [
        about(
            "reference.money",
            "warning",
            line.dataset,
            Text(f"基准流以货币（{line.unit}）计，只能按支出使用，价格年份须一致。",
                 f"The reference is an amount of money ({line.unit}): usable for spend only, in the prices of its year."),
            line.exchange,
        )
        for line in case.lines
        if line.is_reference and line.dimension.startswith("currency")
    ]  # fmt: skip
