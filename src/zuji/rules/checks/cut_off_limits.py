"""What is left out stays below the rule's limits, line by line and together (ISO 14067:2018 6.3.4.3)."""

from decimal import Decimal
from fractions import Fraction

from zuji.engine.findings import Finding
from zuji.engine.results import CutOffLine
from zuji.engine.text import Text
from zuji.rules.case import Case, limit, percent


def cut_off_limits(case: Case) -> list[Finding]:
    """A warning where one line, or all lines left out together, are estimated above the limit; a note of the sum otherwise.

    The base is the total of the result. A rule whose base is mass or energy is checked on emissions too, and says so: the study states
    no mass balance to check against.
    """
    lines = case.result.cut_offs
    if not lines:
        return []
    each, together = limit(case.rule.cut_off.value.line), limit(case.rule.cut_off.value.total)
    total = abs(case.result.total)
    sizes = [(line, abs(line.estimate)) for line in lines]
    found = [_line(case, line, _part(size, total), each) for line, size in sizes if _above(size, total, each)]
    everything = sum((size for _, size in sizes), Decimal(0))
    above = _above(everything, total, together)
    found.append(_together(case, len(lines), _part(everything, total), together, above=above))
    return found


def _above(size: Decimal, total: Decimal, share: Fraction) -> bool:
    return Fraction(size) > share * Fraction(total)


def _part(size: Decimal, total: Decimal) -> str:
    return percent(size / total) if total else "-"


def _line(case: Case, line: CutOffLine, part: str, each: Fraction) -> Finding:
    message = Text(
        zh=f"“{line.label.zh}”估计占总量 {part}，超过单项取舍限值 {percent(each)}。请改为计入。",
        en=f"“{line.label.en}” is estimated at {part} of the total, above the limit of {percent(each)} for one line. Include it.",
    )
    return case.finding("cut-off.line-above-limit", "warning", f"{line.process} / {line.label.zh}", message, "cut_off")


def _together(case: Case, count: int, part: str, together: Fraction, *, above: bool) -> Finding:
    if above:
        message = Text(
            zh=f"{count} 项取舍合计估计占总量 {part}，超过累计限值 {percent(together)}。请把其中较大的项计入。",
            en=f"The {count} lines left out are estimated at {part} of the total together, above the limit of {percent(together)}. Include the larger ones.",
        )
        return case.finding("cut-off.total-above-limit", "warning", "cut_off", message, "cut_off")
    message = Text(
        zh=f"{count} 项取舍合计估计占总量 {part}，累计限值 {percent(together)}。",
        en=f"The {count} lines left out are estimated at {part} of the total together; the limit is {percent(together)}.",
    )
    return case.finding("cut-off.effect", "info", "cut_off", message, "cut_off")
