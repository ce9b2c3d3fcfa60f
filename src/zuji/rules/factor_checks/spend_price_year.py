"""A factor per money is of the prices of one year."""

import re

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case


def spend_price_year(case: Case) -> list[Finding]:
    """An error for a unit such as kgCO2e/CNY without the year of its prices."""
    if case.factor.kind != "spend-based" or re.search(r"(?:19|20)\d\d", case.factor.unit):
        return []
    message = Text(
        "按金额计的因子须在单位中写明价格年份，如 kgCO2e/USD(2022)。",
        "A factor per money has the year of its prices in the unit, such as kgCO2e/USD(2022).",
    )
    return [case.found("gate.spend-price-year", "error", "unit", message)]
