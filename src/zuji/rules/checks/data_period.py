"""The data represent at least the period that the rule asks for (ISO 14067:2018 6.3.6)."""

import datetime

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.case import Case


def data_period(case: Case) -> list[Finding]:
    """A warning where the data period is shorter than the rule's number of months."""
    months = case.rule.data_period.value
    start, end = case.study.period.start, case.study.period.end
    if end + datetime.timedelta(days=1) >= _months_later(start, months):
        return []
    message = Text(
        zh=f"数据期 {start} 至 {end} 不足 {months} 个月，季节与检修的影响可能没有包括。请补足，或在局限性中说明代表性。",
        en=f"The data period {start} to {end} is shorter than {months} months and may miss seasons and overhauls. "
        "Extend it, or explain in the limitations why it is representative.",
    )
    return [case.finding("period.too-short", "warning", "period", message, "data_period")]


def _months_later(start: datetime.date, months: int) -> datetime.date:
    """The same day of a later month; the first of the next month where that day does not exist."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    try:
        return datetime.date(year, month + 1, start.day)
    except ValueError:
        return datetime.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
