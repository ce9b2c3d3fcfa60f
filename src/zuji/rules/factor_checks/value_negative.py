"""Below zero is a removal by biomass that is declared as one, and never an offset or a credit (ISO 14067:2018 6.4.9.2, 6.3.4.1)."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case

_OFFSETS = ("抵消", "碳汇", "ccer", "碳信用", "offset", "carbon credit", "avoided emission", "避免排放", "减排量")


def value_negative(case: Case) -> list[Finding]:
    """An error for a value below zero without a declared removal, and for one that speaks of offsets."""
    removal = any(part.kind == "biogenic_removal" for part in case.factor.parts)
    found = []
    if case.factor.value < 0 and not removal:
        message = Text(
            "数值小于零，但没有声明为生物源吸收（biogenic_removal）。请核对符号。",
            "The value is below zero but not declared as a biogenic removal. Check its sign.",
        )
        found.append(case.found("gate.value-negative", "error", "value", message))
    if (case.factor.value < 0 or removal) and case.has(*_OFFSETS):
        message = Text(
            "抵消、碳信用和避免的排放不得进入产品碳足迹，不能作为因子发布。",
            "Offsets, credits and avoided emissions stay outside a product's footprint and are not published as factors.",
        )
        found.append(case.found("gate.value-offset", "error", "value", message, reference="ISO 14067:2018 6.3.4.1"))
    return found
