"""The share of the footprint that rests on primary activity data reaches the rule's minimum (ISO 14067:2018 6.3.5)."""

from fractions import Fraction

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.case import Case, limit, percent


def primary_share(case: Case) -> list[Finding]:
    """A warning where the primary data share is below the minimum."""
    least = limit(case.rule.primary_share.value)
    share = case.result.primary_data_share
    if share is None or Fraction(share) >= least:
        return []
    message = Text(
        zh=f"初级数据占比 {percent(share)}，低于 {percent(least)}。请向供应商索取数据，优先补贡献大的行。",
        en=f"Primary data make up {percent(share)} of the footprint, below {percent(least)}. Ask suppliers, for the heavy rows first.",
    )
    return [case.finding("primary.share", "warning", "primary_data_share", message, "primary_share")]
