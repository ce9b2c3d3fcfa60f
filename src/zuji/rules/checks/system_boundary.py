"""The system boundary must be one that the rule allows (ISO 14067:2018 6.3.4)."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.case import Case


def system_boundary(case: Case) -> list[Finding]:
    """An error where the boundary differs from the rule's."""
    allowed = case.rule.boundary.value
    if not allowed or case.study.boundary in allowed:
        return []
    message = Text(
        zh=f"规则 {case.rule.reference} 的系统边界为 {'、'.join(allowed)}，研究写的是 {case.study.boundary}。不同边界的结果不可并列。",
        en=f"Rule {case.rule.reference} asks for {', '.join(allowed)}; the study says {case.study.boundary}. "
        "Results of different boundaries must not stand side by side.",
    )
    return [case.finding("rule.boundary", "error", "boundary", message, "boundary")]
