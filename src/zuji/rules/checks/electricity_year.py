"""The electricity factor is of the data period, or near it (ISO 14067:2018 6.3.6, 6.4.9.4)."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.case import Case


def electricity_year(case: Case) -> list[Finding]:
    """For each electricity factor not of the data period: a warning where it lies further away than the rule allows, else a note."""
    years: dict[str, int] = {}
    for line in case.inputs:
        if line.factor is not None and line.factor.category == "electricity" and line.factor.year is not None:
            years[line.factor.id if not line.factor.own else line.where] = line.factor.year
    return [_factor(case, factor, year, away) for factor, year in sorted(years.items()) if (away := years_away(case, year))]


def years_away(case: Case, year: int) -> int:
    """How many years a year lies outside the data period; zero within it."""
    return max(0, case.study.period.start.year - year, year - case.study.period.end.year)


def _factor(case: Case, factor: str, year: int, away: int) -> Finding:
    allowed = case.rule.electricity.value.years
    far = away > allowed
    advice = (
        Text("请改用数据期当年的因子。", "Use the factor of the data period.")
        if far
        else Text("当年因子发布后请更新。", "Update it once that year's is published.")
    )
    message = Text(
        zh=f"电力因子 {factor} 为 {year} 年，与数据期相差 {away} 年（允许 {allowed} 年）。{advice.zh}",
        en=f"The electricity factor {factor} is of {year}, {away} year(s) from the data period ({allowed} allowed). {advice.en}",
    )
    return case.finding("electricity.year", "warning" if far else "info", f"electricity / {factor}", message, "electricity")
