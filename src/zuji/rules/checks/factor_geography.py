"""Factors of another country are named (geographical representativeness, ISO 14067:2018 6.3.5 b)."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.case import Case, InputLine, percent

WORLD = ("GLO", "GLOBAL", "WORLD", "RER-GLO", "")


def factor_geography(case: Case) -> list[Finding]:
    """A note for each line whose factor is of a country other than the study's."""
    if not case.rule.geography.value:
        return []
    home = _country(case.study.geography)
    return [_line(case, line) for line in case.inputs if line.factor is not None and _foreign(line.factor.geography, home)]


def _foreign(geography: str, home: str) -> bool:
    there = geography.strip().upper()
    return there not in WORLD and home not in [_country(part) for part in there.split("/")]


def _country(geography: str) -> str:
    return geography.strip().upper().split("-")[0]


def _line(case: Case, line: InputLine) -> Finding:
    geography = line.factor.geography if line.factor is not None else ""
    weight = percent(case.weight(line))
    message = Text(
        zh=f"“{line.label.zh}”所用因子的地域为 {geography}，研究在 {case.study.geography}（该行占总量 {weight}）。",
        en=f"The factor of “{line.label.en}” is for {geography}; the study is in {case.study.geography} (the line is {weight} of the total).",
    )
    return case.finding("factor.geography", "info", line.where, message, "geography")
