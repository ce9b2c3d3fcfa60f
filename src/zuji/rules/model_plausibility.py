"""What stands beside the answers to a questionnaire, and whether the answers are plausible: ranges, factors of one's own, scores, spreads."""

from fractions import Fraction

from zuji.engine.errors import EngineError
from zuji.engine.findings import Findings
from zuji.engine.formula import evaluate
from zuji.engine.quantities import parse_number
from zuji.engine.study import Score
from zuji.engine.text import Text
from zuji.engine.units import parse_unit
from zuji.rules.model_schema import ModelField, Plausible
from zuji.rules.model_values import Answers

SCORES = 5


def check_plausibility(answers: Answers, findings: Findings) -> None:
    """Holds each usable amount against its range, and reads what stands beside it."""
    for question in answers.model.fields.values():
        if question.key in answers.amounts:
            _check_range(question, answers, findings)
            _check_aside(question, answers, findings)


def _check_range(question: ModelField, answers: Answers, findings: Findings) -> None:
    plausible = question.plausible
    if plausible is None:
        return
    unit = plausible.unit or question.unit or ""
    try:
        value = evaluate(plausible.of or question.key, answers.measures, parse_unit(unit))
    except EngineError:
        return  # A formula over fields that were left out, or a division by an output of zero: there is nothing to hold against the range.
    low = parse_number(plausible.low) if plausible.low is not None else None
    high = parse_number(plausible.high) if plausible.high is not None else None
    if (low is None or value >= low) and (high is None or value <= high):
        return
    findings.warning("model.out-of-range", question.key, _range_message(question, plausible, value, unit), plausible.source)


def _range_message(question: ModelField, plausible: Plausible, value: Fraction, unit: str) -> Text:
    named = "" if unit == "dimensionless" else f" {unit}"
    span = f"{plausible.low or ''}–{plausible.high or ''}{named}"
    shown = f"{float(value):.4g}{named}"
    mark = Text("", "") if plausible.status == "sourced" else Text("（范围未核实）", " (The range is unverified.)")
    return Text(
        zh=f"“{question.label.zh}”为 {shown}，不在合理范围 {span} 内：{plausible.reason.zh}{mark.zh}。请核对单位与口径，确认无误可保留。",
        en=f"“{question.label.en}” is {shown}, outside the plausible range {span}: {plausible.reason.en}{mark.en} Check unit and scope; keep it if it is right.",
    )


def _check_aside(question: ModelField, answers: Answers, findings: Findings) -> None:
    key = question.key
    factor, type_, gsd = answers.aside(key, "factor"), answers.aside(key, "type"), answers.aside(key, "gsd")
    if factor is not None and is_number(factor) and not answers.aside(key, "source"):
        message = Text(
            f"“{question.label.zh}”填了自有因子，须写明来源（{key}.source）。",
            f"“{question.label.en}” has a factor of your own: state its source ({key}.source).",
        )
        findings.error("model.factor-source", f"{key}.factor", message)
    if factor is not None and question.factor is None:
        findings.warning(
            "model.no-factor", f"{key}.factor", Text("这一项不用因子，未使用。", "This field takes no factor; it was not used.")
        )
    if type_ is not None and type_ not in ("primary", "secondary"):
        findings.error("model.type", f"{key}.type", Text("须为 primary 或 secondary。", "Must be primary or secondary."))
    if gsd is not None and not (is_number(gsd) and parse_number(gsd) >= 1):
        findings.error(
            "model.gsd", f"{key}.gsd", Text("几何标准差须为不小于 1 的数。", "A geometric standard deviation is a number of 1 or more.")
        )
    if answers.aside(key, "quality") is not None and scores(answers.aside(key, "quality") or "") is None:
        message = Text("须为五个 1 至 5 的整数，如 1,1,2,2,3。", "Five whole numbers from 1 to 5, such as 1,1,2,2,3.")
        findings.error("model.quality", f"{key}.quality", message)


def is_number(text: str) -> bool:
    """Whether a text is a plain decimal number, as against the id of a factor."""
    try:
        parse_number(text)
    except EngineError:
        return False
    return True


def scores(text: str) -> tuple[Score, ...] | None:
    """Five data quality scores from ``1,1,2,2,3``; None where it is not that."""
    parts = [part.strip() for part in text.replace("，", ",").split(",")]
    if len(parts) != SCORES or any(part not in ("1", "2", "3", "4", "5") for part in parts):
        return None
    return tuple(int(part) for part in parts)
