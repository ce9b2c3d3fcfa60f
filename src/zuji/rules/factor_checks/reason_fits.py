"""The reason code agrees with what changed."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case


def reason_fits(case: Case) -> list[Finding]:
    """A warning where a new year has the old year or a misprint another source, and where the unit or the boundary did not change."""
    prior, reason = case.prior, case.candidate.reason
    if prior is None or reason is None:
        return []
    old, new = prior.version, case.factor
    message = None
    if reason == "new-year" and old.year == new.year:
        message = Text("原因是新的年份，而基准年没有变。", "The reason is a new year, but the reference year is the same.")
    elif reason == "misprint" and (old.year != new.year or old.publisher != new.publisher):
        message = Text("原因是印刷或录入错误，而年份或发布者也变了。", "The reason is a misprint, but year or publisher changed as well.")
    elif reason == "unit" and old.unit == new.unit:
        message = Text("原因是单位，而单位没有变。", "The reason is the unit, but the unit is the same.")
    elif reason == "boundary" and old.boundary == new.boundary:
        message = Text("原因是边界，而边界没有变。", "The reason is the boundary, but the boundary is the same.")
    if message is None:
        return []
    return [case.found("gate.reason-contradicts", "warning", "reason", message)]
