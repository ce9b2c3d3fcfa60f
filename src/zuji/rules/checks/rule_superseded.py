"""The rule still holds for the data period (product rules are dated; MEE guide on footprint standards of 2024-12-28)."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.case import Case


def rule_superseded(case: Case) -> list[Finding]:
    """A warning where the version's validity ended before the data period began, or where it is marked as superseded."""
    ended = case.rule.valid_to is not None and case.rule.valid_to < case.study.period.start
    if not ended and case.rule.status != "superseded":
        return []
    message = Text(
        zh=f"规则 {case.rule.reference} 已失效（有效期至 {case.rule.valid_to or '未写明'}）。请改用现行版本。",
        en=f"Rule {case.rule.reference} no longer holds (valid to {case.rule.valid_to or 'not stated'}). Use the version in force.",
    )
    return [case.finding("rule.superseded", "warning", "rule", message, "validity")]
