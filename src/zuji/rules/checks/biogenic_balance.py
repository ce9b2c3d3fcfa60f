"""Biogenic carbon is reported both ways, taken up and emitted (ISO 14067:2018 6.4.9.2, 6.4.9.3)."""

from decimal import Decimal

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.case import Case


def biogenic_balance(case: Case) -> list[Finding]:
    """A warning where the study counts biogenic CO2 on one side only: uptake without release, or release without uptake."""
    if not case.rule.biogenic.value:
        return []
    released = _sum(case, "biogenic")
    taken = _sum(case, "biogenic_removal")
    if bool(released) == bool(taken) or case.study.boundary == "gate-to-gate":
        return []
    if taken:
        message = Text(
            "计入了生物碳吸收而没有相应的排放；产品中储存的碳须另行报告，不能从总量中扣除。请核对。",
            "Biogenic uptake counts without any release. Carbon stored in the product is reported apart and not deducted from the total. Check it.",
        )
    else:
        message = Text(
            "计入了生物源 CO2 排放而没有相应的吸收。请补充吸收（biogenic_removal），或说明其来源。",
            "Biogenic CO2 is released without any uptake. Add the uptake (biogenic_removal), or say where the carbon came from.",
        )
    return [case.finding("biogenic.one-sided", "warning", "by_kind / biogenic", message, "biogenic")]


def _sum(case: Case, kind: str) -> Decimal:
    """Biogenic CO2 only: methane of biogenic origin has no uptake of its own to answer it."""
    return sum((part.value for part in case.result.contributions if part.by_kind.get(kind) and part.by_gas.get("CO2")), Decimal(0))
