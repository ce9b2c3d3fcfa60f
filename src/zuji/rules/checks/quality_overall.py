"""The data quality rating keeps the rule's limit; the worst heavy rows are named (ISO 14067:2018 6.3.5)."""

from fractions import Fraction

from zuji.engine.findings import Finding
from zuji.engine.results import Contribution
from zuji.engine.text import Text
from zuji.rules.case import Case, limit, percent, place


def quality_overall(case: Case) -> list[Finding]:
    """A warning where the overall rating (1 best, 5 worst) is above the limit, and one for each row that is both heavy and badly rated."""
    limits = case.rule.data_quality.value
    worst, row, weight = limit(limits.overall), limit(limits.row), limit(limits.weight)
    found: list[Finding] = []
    overall = case.result.data_quality.overall
    if overall is not None and Fraction(overall) > worst:
        message = Text(
            zh=f"数据质量总评 {overall:.2f} 差于限值 {float(worst):g}（1 最好，5 最差）。先改进贡献大、评分差的行。",
            en=f"The overall data quality rating is {overall:.2f}, worse than the limit of {float(worst):g} (1 best, 5 worst). "
            "Improve the heavy and badly rated rows first.",
        )
        found.append(case.finding("quality.overall", "warning", "data_quality", message, "data_quality"))
    found += [_row(case, part) for part in case.result.contributions if _bad(part, row, weight)]
    return found


def _bad(part: Contribution, row: Fraction, weight: Fraction) -> bool:
    heavy = part.share is not None and abs(Fraction(part.share)) >= weight
    return heavy and part.quality is not None and Fraction(part.quality) >= row


def _row(case: Case, part: Contribution) -> Finding:
    share = percent(part.share) if part.share is not None else "-"
    message = Text(
        zh=f"“{part.label.zh}”占总量 {share}，数据质量评分 {part.quality:.2f}。这是最值得改进的数据。",
        en=f"“{part.label.en}” is {share} of the total with a data quality of {part.quality:.2f}: data worth improving first.",
    )
    return case.finding("quality.row", "warning", place(part), message, "data_quality")
