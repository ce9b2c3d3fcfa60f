"""Upstream, downstream and waste, where all are stated, come to the value."""

from fractions import Fraction

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case, number


def boundary_balance(case: Case) -> list[Finding]:
    """An error where the parts exceed the value, or where all three are stated and do not come to it. A part that is not stated is not zero."""
    parts = case.candidate.parts_of_boundary
    if not parts:
        return []
    total, summed = case.factor.value, sum(parts.values(), Fraction(0))
    allowed = case.context.limits["boundary_balance"] * abs(total)
    above = summed - total > allowed and all(part >= 0 for part in parts.values())
    if not above and (len(parts) < 3 or abs(summed - total) <= allowed):
        return []
    message = Text(
        f"上游、下游、废弃各部分之和为 {number(summed)}，总值为 {number(total)}。",
        f"The parts upstream, downstream and waste come to {number(summed)}, the value is {number(total)}.",
    )
    return [case.found("gate.boundary-balance", "error", "upstream", message, "boundary_balance")]
