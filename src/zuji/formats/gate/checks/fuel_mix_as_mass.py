"""Shares of an energy mix are energies, not masses."""

import re

from zuji.engine.text import Text
from zuji.formats.gate.case import Case, Line
from zuji.formats.gate.finding import GateFinding, about

_MIX = re.compile(r"fuel mix|proportion of energy|energy mix|能源结构|燃料结构|能耗比例", re.IGNORECASE)
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_TOLERANCE = 0.06  # percentages are rounded


def fuel_mix_as_mass(case: Case) -> list[GateFinding]:
    """Amounts in kg and m³ that stand in the ratio of the percentages of an energy mix: they are MJ (1 kg of coal is not 1 kg of gas)."""
    found = []
    for dataset in case.inventory.datasets:
        fuels = [line for line in case.lines_of[dataset.id] if line.exchange.amount and _MIX.search(line.exchange.comment)]
        wrong = [line for line in fuels if line.dimension in {"mass", "volume"}]
        if not wrong or len(fuels) < 2 or not _proportional(fuels):
            continue
        message = Text(
            f"{len(fuels)} 种能源的数量恰为能源结构的百分比，其中“{wrong[0].exchange.name}”等 {len(wrong)} 个却以 {wrong[0].unit} 计：应为能量。",
            f"The amounts of {len(fuels)} energy carriers stand in the percentages of an energy mix, yet {len(wrong)} of them, such as "
            f"“{wrong[0].exchange.name}”, are in {wrong[0].unit}: they are energies.",
        )
        found.append(about("unit.fuel-mix", "error", dataset, message, wrong[0].exchange))
    return found


def _proportional(fuels: list[Line]) -> bool:
    """True where every share of the sum is one of the percentages in the comment, as it is said of energy only."""
    percentages = [float(p) / 100 for p in _PERCENT.findall(fuels[0].exchange.comment)]
    total = sum(float(line.exchange.amount or 0) for line in fuels)
    shares = [float(line.exchange.amount or 0) / total for line in fuels] if total else []
    known = [any(abs(share - p) <= _TOLERANCE * max(p, 0.02) + 0.006 for p in percentages) for share in shares]
    return not percentages or sum(known) >= len(known) / 2
