"""The dimension of the unit is the one in which the same thing is already stated."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case


def unit_dimension(case: Case) -> list[Finding]:
    """An error where versions of the same id have another dimension; a warning where the same thing, or its category, was never stated so."""
    if case.unit is None:
        return []
    factor, powers = case.factor, case.unit.per.powers
    own = [row for row in case.context.shelf.by_id.get(factor.id, ()) if row.version.reference != factor.reference]
    prior = [case.prior] if case.prior else []
    other = [row for row in (*own, *prior) if row.powers != powers]
    if other:
        message = Text(
            f"单位“{factor.unit}”与已发布的 {case.shown(other[-1])} 量纲不同：同一编号的新版本不改变量纲，请另立编号。",
            (
                f"The unit “{factor.unit}” has another dimension than the published {case.shown(other[-1])}: "
                "a new version keeps its dimension; take a new id."
            ),
        )
        return [case.found("gate.unit-dimension", "error", "unit", message)]
    same = [row for row in case.context.shelf.by_subject.get(case.context.subject, ()) if row.version.kind == factor.kind]
    if same and all(row.powers != powers for row in same):
        message = Text(
            f"同一事物已有的因子以 {same[0].per} 计（{case.shown(same[0])}），本因子以 {case.unit.per.canonical_text} 计。请核对单位。",
            f"The same thing is published per {same[0].per} ({case.shown(same[0])}), this candidate per {case.unit.per.canonical_text}. Check the unit.",
        )
        return [case.found("gate.unit-dimension", "warning", "unit", message)]
    stated = case.context.shelf.dimensions.get((factor.category, factor.kind), frozenset())
    if stated and powers not in stated:
        message = Text(
            f"类别“{factor.category}”中还没有以 {case.unit.per.canonical_text} 计的因子。请核对单位和类别。",
            f"No factor of the category {factor.category} is stated per {case.unit.per.canonical_text}. Check unit and category.",
        )
        return [case.found("gate.unit-dimension", "warning", "unit", message)]
    return []
