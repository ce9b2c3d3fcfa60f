"""A factor is valid from a day to a later one, and not over already when it is published."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case


def validity_period(case: Case) -> list[Finding]:
    """Errors for a period that ends before it begins or is over; a warning for a very long one."""
    begins, ends, today = case.factor.valid_from, case.factor.valid_to, case.context.today
    if begins and ends and ends < begins:
        return [
            case.found("gate.validity-order", "error", "valid_to", Text("失效日期早于生效日期。", "The validity ends before it begins."))
        ]
    if ends and ends < today:
        message = Text(f"有效期已于 {ends} 结束。", f"The validity ended on {ends}.")
        return [case.found("gate.validity-over", "error", "valid_to", message)]
    longest = case.context.limits["longest_validity"]
    if ends and (ends - (begins or today)).days > longest * 366:
        message = Text(f"有效期超过 {longest} 年。", f"The validity is longer than {longest} years.")
        return [case.found("gate.validity-long", "warning", "valid_to", message, "longest_validity")]
    if begins and case.factor.year and begins.year < case.factor.year:
        message = Text("生效日期早于数据的基准年。", "The validity begins before the reference year of the data.")
        return [case.found("gate.validity-order", "warning", "valid_from", message)]
    return []
