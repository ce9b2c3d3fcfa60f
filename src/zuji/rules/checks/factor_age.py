"""Factors are not older than the rule allows (time representativeness, ISO 14067:2018 6.3.5 a)."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.case import Case, InputLine, percent
from zuji.rules.checks.electricity_year import years_away


def factor_age(case: Case) -> list[Finding]:
    """A warning for a factor whose year lies further from the data period than the rule allows; electricity has a check of its own."""
    allowed = case.rule.factor_age.value
    found: list[Finding] = []
    for line in case.inputs:
        if line.factor is None or line.factor.category == "electricity" or line.factor.year is None:
            continue
        if years_away(case, line.factor.year) > allowed:
            found.append(_line(case, line, line.factor.year, allowed))
    return found


def _line(case: Case, line: InputLine, year: int, allowed: int) -> Finding:
    weight = percent(case.weight(line))
    message = Text(
        zh=f"“{line.label.zh}”所用因子为 {year} 年，距数据期超过 {allowed} 年（该行占总量 {weight}）。请查找更新的因子，或说明仍具代表性。",
        en=f"The factor of “{line.label.en}” is of {year}, more than {allowed} years from the data period (the line is {weight} of the total). "
        "Look for a newer one, or say why it still represents the process.",
    )
    return case.finding("factor.age", "warning", line.where, message, "factor_age")
