"""Missing is never zero, and nothing that is supplied, burnt or carried is free of emissions."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case


def value_zero(case: Case) -> list[Finding]:
    """An error for a factor of zero."""
    if case.factor.value:
        return []
    message = Text(
        "数值为零。没有数据时应留作缺口，不得以零代替；确实不计负担的，由核算规则决定，不作为因子发布。",
        "The value is zero. What is not known stays a gap; what carries no burden by a rule is decided by that rule and not published as a factor.",
    )
    return [case.found("gate.value-zero", "error", "value", message)]
