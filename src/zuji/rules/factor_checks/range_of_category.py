"""A value without a like is held against its category."""

import math

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case, robust


def range_of_category(case: Case) -> list[Finding]:
    """A warning where nothing is published of the same thing and the value lies far outside its category, per the same unit."""
    limits, value = case.context.limits, case.intensity
    rows = [row for row in case.category_peers if row.intensity > 0]
    if value is None or value <= 0 or case.peers or len(rows) < limits["least_peers"]:
        return []
    middle, spread = robust([row.intensity for row in rows], float(limits["least_spread"]))
    z = (math.log(value) - middle) / spread
    if abs(z) <= limits["category_z"]:
        return []
    message = Text(
        (
            f"类别“{case.factor.category}”中 {len(rows)} 个已发布值的中位数约为 {math.exp(middle):.3g}（{rows[0].per}），本值远{'高' if z > 0 else '低'}于此"
            f"（稳健 z 值 {z:.1f}）。请核对。"
        ),
        (
            f"The median of {len(rows)} published values of the category {case.factor.category} is about {math.exp(middle):.3g} per {rows[0].per}; "
            f"this one lies far {'above' if z > 0 else 'below'} (robust z {z:.1f}). Check it."
        ),
    )
    return [case.found("gate.range-of-category", "warning", "value", message, "category_z")]
