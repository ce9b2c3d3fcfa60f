"""What the comment says the amount is in, it is in."""

import re

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about
from zuji.formats.gate.units import measured

# A label of a few words that ends in a unit: "Coal consumption kg", "Electricity/(kW·h)", "Natural gas [MJ]". Nothing with digits, which
# explains a conversion, and no ratio such as kg/t.
_UNIT = re.compile(r"(?:^|[\s/／(（\[\u4e00-\u9fff])(kg|kW·?h|MJ|GJ|m3|m³|t|tce|L)[)）\]]?\s*$")
_RATIO = re.compile(r"(kg|g|m3|m³|kW·?h|MJ)\s*[/／]\s*(t|kg|m3|h|d)\b")
_PLAIN = {"m³": "m3", "kW·h": "kWh"}
_LONGEST_LABEL = 60


def comment_unit(case: Case) -> list[GateFinding]:
    """A label that names one unit while the flow is kept in another: a number was entered without being converted."""
    found = []
    for line in case.lines:
        named = _named(line.exchange.comment) if line.exchange.comment else set()
        if not named or not line.unit or not line.exchange.amount or not line.dimension:
            continue
        known = [k for unit in named if (k := measured(unit)) is not None]
        own = line.measured
        if own is None or any(k == own for k in known):
            continue
        same = any(k.dimension == own.dimension for k in known)
        unit = "、".join(sorted(named))
        message = Text(
            f"说明写的单位是 {unit}，而“{line.exchange.name}”以 {line.unit} 计，{'数值可能未经换算' if same else '两者量纲不同'}。",
            f"The comment says {unit}, while “{line.exchange.name}” is kept in {line.unit}, "
            f"{'so that the number may not have been converted' if same else 'which measures something else'}.",
        )
        found.append(about("unit.comment", "warning" if same else "error", line.dataset, message, line.exchange))
    return found


def _named(comment: str) -> set[str]:
    """The units at the ends of labels; the two languages of a comment are labels of their own."""
    labels = [label.strip() for label in comment.split(" / ")]
    plain = [
        label
        for label in labels
        if len(label) <= _LONGEST_LABEL and not re.search(r"\d", label.replace("m3", "")) and not _RATIO.search(label)
    ]
    return {_PLAIN.get(unit, unit) for label in plain for unit in _UNIT.findall(label)}
