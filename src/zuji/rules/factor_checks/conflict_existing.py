"""Two values of the same thing, place, year and boundary are shown side by side before one more is published."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case, percent
from zuji.rules.factor_checks.context import plain


def conflict_existing(case: Case) -> list[Finding]:
    """A warning for each published value that differs by more than the limit where only one can be right.

    Values of one document stand side by side in it on purpose (coal and hydro power of one announcement) and do not contradict each other.
    """
    factor, limit, found = case.factor, case.context.limits["conflict"], []
    for row in case.peers:
        other = row.version
        alike = (other.geography, other.year, plain(other.boundary)) == (factor.geography, factor.year, plain(factor.boundary))
        one_document = (other.source, other.publisher) == (factor.source, factor.publisher)
        if not alike or one_document or other.id == factor.id or not row.intensity or case.intensity is None:
            continue
        difference = case.intensity / row.intensity - 1
        if abs(difference) > limit:
            message = Text(
                f"同一事物、地区、年份和边界已有 {case.shown(row)}（{other.source[:40]}），相差 {percent(difference)}。",
                f"For the same thing, place, year and boundary there is {case.shown(row)} ({other.source[:40]}), {percent(difference)} apart.",
            )
            found.append(case.found("gate.conflict", "warning", "value", message, "conflict"))
    return found[:5]
