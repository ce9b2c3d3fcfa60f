"""Rows without a data quality score are named: not assessed is not good (ISO 14067:2018 6.3.5)."""

from decimal import Decimal

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.case import Case, percent

SHOWN = 5


def quality_missing(case: Case) -> list[Finding]:
    """A warning where part of the total carries no score, naming its heaviest rows."""
    covered = case.result.data_quality.coverage
    rows = [part for part in case.result.contributions if part.quality is None and part.value]
    if not rows:
        return []
    heaviest = sorted(rows, key=lambda part: (-abs(part.value), part.process, part.label.zh))[:SHOWN]
    open_ = percent(max(Decimal(0), 1 - covered))
    message = Text(
        zh=f"有 {len(rows)} 行（占总量 {open_}）没有数据质量评分，如：{'、'.join(part.label.zh for part in heaviest)}。请逐项评分。",
        en=f"{len(rows)} rows ({open_} of the total) have no data quality score, such as {', '.join(part.label.en for part in heaviest)}. Score them.",
    )
    return [case.finding("quality.missing", "warning", "data_quality", message, "data_quality")]
