"""A stated spread is one that a factor can have."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case, number


def uncertainty_possible(case: Case) -> list[Finding]:
    """Errors for spreads that cannot be, a warning for a very wide one, a note where none is stated."""
    limits, gsd, normal = case.context.limits, case.factor.gsd, case.factor.relative_sd
    if gsd is not None and normal is not None:
        message = Text("几何标准差与相对标准差只写一个。", "State a geometric or a relative standard deviation, not both.")
        return [case.found("gate.uncertainty", "error", "gsd", message)]
    if gsd is not None and not 1 <= gsd <= limits["gsd_refused"]:
        message = Text(
            f"几何标准差 {number(gsd)} 不可能（应在 1 至 {limits['gsd_refused']} 之间）。",
            f"A geometric standard deviation of {number(gsd)} cannot be.",
        )
        return [case.found("gate.uncertainty", "error", "gsd", message, "gsd_refused")]
    if gsd is not None and gsd > limits["gsd_shown"]:
        message = Text(
            f"几何标准差 {number(gsd)} 非常大，请核对。", f"A geometric standard deviation of {number(gsd)} is very wide; check it."
        )
        return [case.found("gate.uncertainty", "warning", "gsd", message, "gsd_shown")]
    if normal is not None and not 0 <= normal < limits["relative_sd_refused"]:
        message = Text(f"相对标准差 {number(normal)} 不可能。", f"A relative standard deviation of {number(normal)} cannot be.")
        return [case.found("gate.uncertainty", "error", "relative_sd", message, "relative_sd_refused")]
    if gsd is None and normal is None:
        message = Text("没有写明不确定性；未知不等于没有。", "No uncertainty is stated; unknown is not none.")
        return [case.found("gate.uncertainty-missing", "info", "gsd", message)]
    return []
