"""Data quality is scored, and the scores do not contradict what the candidate says of itself."""

from zuji.engine.findings import Finding
from zuji.engine.quality import INDICATORS
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case


def quality_scores(case: Case) -> list[Finding]:
    """A note without scores; a warning for scores that are better than the candidate's own statements."""
    quality = case.candidate.quality
    scores = {name: getattr(quality, name) for name in INDICATORS if quality is not None and getattr(quality, name) is not None}
    if not scores:
        return [
            case.found(
                "gate.quality-missing", "info", "quality_reliability", Text("没有数据质量评分。", "There are no data-quality scores.")
            )
        ]
    found = []
    year, today = case.factor.year, case.context.today.year
    if scores.get("time") == 1 and (year is None or today - year > 3):
        message = Text(
            "时间代表性评为 1（三年以内），而基准年更早或未写。",
            "Time is scored 1 (within three years), but the reference year is older or missing.",
        )
        found.append(
            case.found("gate.quality-time", "warning", "quality_time", message, reference="pedigree matrix, Weidema and Wesnaes 1996")
        )
    if scores.get("reliability") == 1 and case.factor.confidence == "unverified":
        message = Text(
            "可靠性评为 1（经核实），而可信程度是“未核实”。",
            "Reliability is scored 1 (verified), but the confidence is “unverified”.",
        )
        found.append(case.found("gate.quality-reliability", "warning", "quality_reliability", message))
    return found
