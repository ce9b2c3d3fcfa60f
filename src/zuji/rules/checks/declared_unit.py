"""The declared unit must be one that the rule allows (ISO 14067:2018 6.3.3)."""

from zuji.engine.errors import EngineError
from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.engine.units import parse_unit
from zuji.rules.case import Case


def declared_unit(case: Case) -> list[Finding]:
    """An error where dimension or basis differ: results of different units must not stand under one rule."""
    terms = case.rule.declared_unit.value
    if not terms.units:
        return []
    try:
        stated = parse_unit(case.study.declared_unit.unit)
    except EngineError as error:
        return [case.finding("rule.declared-unit", "error", "declared_unit", error.text, "declared_unit")]
    allowed = [parse_unit(unit) for unit in terms.units]
    if any((unit.dimension, unit.basis) == (stated.dimension, stated.basis) for unit in allowed):
        return []
    names = "、".join(terms.units)
    message = Text(
        zh=f"规则 {case.rule.reference} 的声明单位为 {names}（{terms.of.zh}），研究写的是 {stated.text}。请改声明单位，或改用适用的规则。",
        en=f"Rule {case.rule.reference} declares per {', '.join(terms.units)} ({terms.of.en}), the study per {stated.text}. "
        "Change the declared unit, or name a rule that fits.",
    )
    return [case.finding("rule.declared-unit", "error", "declared_unit", message, "declared_unit")]
