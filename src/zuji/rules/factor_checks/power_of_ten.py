"""A slip of the decimal point: 10, 100 or 1,000 times a published value of the same thing."""

from fractions import Fraction

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case, number

_SLIPS = (1000, 100, 10)


def power_of_ten(case: Case) -> list[Finding]:
    """An error where the ratio to the version that it replaces is a power of ten, a warning where that to another value of the same thing is."""
    if not case.intensity:
        return []
    tolerance = case.context.limits["power_of_ten_tolerance"]
    found = []
    same = case.context.shelf.by_subject.get(case.context.subject, ())
    rows = {row.version.reference: row for row in same if case.compares(row)}
    prior = case.prior
    if prior is not None and case.compares(prior):
        rows[prior.version.reference] = prior
    for reference, row in sorted(rows.items()):
        slip = _slip(case.intensity, row.intensity, tolerance)
        if slip is None:
            continue
        own = row.version.id == case.factor.id or row is prior
        times = number(slip) if slip > 1 else f"1/{number(1 / slip)}"
        message = Text(
            f"数值是已发布的 {case.shown(row)} 的 {times} 倍：疑为小数点或单位（千克与吨）的错误。",
            f"The value is {times} times the published {case.shown(row)}: a slip of the decimal point or of the unit (kg, t) is likely.",
        )
        found.append(
            (not own, reference, case.found("gate.power-of-ten", "error" if own else "warning", "value", message, "power_of_ten_tolerance"))
        )
    return [finding for _, _, finding in sorted(found, key=lambda each: each[:2])[:3]]


def _slip(one: Fraction, other: Fraction, tolerance: Fraction) -> Fraction | None:
    if not other:
        return None
    ratio = one / other
    for power in _SLIPS:
        for slip in (Fraction(power), Fraction(1, power)):
            if abs(ratio / slip - 1) <= tolerance:
                return slip
    return None
