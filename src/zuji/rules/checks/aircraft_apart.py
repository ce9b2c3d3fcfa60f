"""Emissions of aircraft are reported apart (ISO 14067:2018 6.4.9.7, 7.2 e)."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.case import Case, InputLine


def aircraft_apart(case: Case) -> list[Finding]:
    """A warning where a line is air freight by its name and none of it counts as kind ``aircraft``."""
    words = case.rule.aircraft.value
    flown = [line for line in case.inputs if line.factor is not None and line.says(words)]
    kinds = {(part.process, part.label.zh): part.by_kind.get("aircraft") for part in case.result.contributions}
    return [_line(case, line) for line in flown if not kinds.get((line.process.id, line.label.zh))]


def _line(case: Case, line: InputLine) -> Finding:
    message = Text(
        zh=f"“{line.label.zh}”是航空运输，但所用因子没有标为航空，未单独列出。报告须单列航空排放。",
        en=f"“{line.label.en}” is air freight, but its factor does not say so and it is not shown apart. The report must state emissions of aircraft apart.",
    )
    return case.finding("aircraft.not-apart", "warning", line.where, message, "aircraft")
