"""The value lies where the published values of the same thing lie."""

import math

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case, number, robust


def range_of_subject(case: Case) -> list[Finding]:
    """By the ratio to the nearest published value of the same thing, and, where there are enough of them, by the robust z of the logarithm."""
    limits, value = case.context.limits, case.intensity
    rows = [row for row in case.peers if row.intensity > 0]
    if value is None or value <= 0 or not rows:
        return []
    nearest = min(rows, key=lambda row: (abs(math.log(value / row.intensity)), row.version.reference))
    ratio = max(value / nearest.intensity, nearest.intensity / value)
    if ratio > limits["subject_ratio"]:
        refused = ratio > limits["subject_ratio_refused"]
        message = Text(
            f"与同一事物最接近的已发布值 {case.shown(nearest)} 相差 {number(ratio, 3)} 倍。请核对数值、单位和边界，或说明原因。",
            (
                f"The nearest published value of the same thing, {case.shown(nearest)}, is {number(ratio, 3)} times away. "
                "Check value, unit and boundary, or say why."
            ),
        )
        limit = "subject_ratio_refused" if refused else "subject_ratio"
        return [case.found("gate.range-of-subject", "error" if refused else "warning", "value", message, limit)]
    if len(rows) >= limits["least_peers"]:
        middle, spread = robust([row.intensity for row in rows], float(limits["least_spread"]))
        z = abs(math.log(value) - middle) / spread
        if z > limits["robust_z"]:
            message = Text(
                f"在同一事物的 {len(rows)} 个已发布值中属异常：稳健 z 值为 {z:.1f}（界限 {number(limits['robust_z'])}）。",
                f"Unusual among the {len(rows)} published values of the same thing: its robust z is {z:.1f} (limit {number(limits['robust_z'])}).",
            )
            return [case.found("gate.range-of-subject", "warning", "value", message, "robust_z")]
    return []
