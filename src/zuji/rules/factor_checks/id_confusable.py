"""An identifier is not taken for another one (Unicode TS 39: confusable detection)."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case
from zuji.rules.factor_checks.lookalikes import skeleton


def id_confusable(case: Case) -> list[Finding]:
    """An error where a published id looks the same, a warning for an id with characters outside ASCII."""
    factor = case.factor
    alike = case.context.shelf.skeletons.get(skeleton(factor.id), frozenset()) - {factor.id}
    if alike:
        other = min(alike)
        message = Text(f"编号与已有的“{other}”看起来一样，请另取。", f"The id looks like “{other}”, which exists; take another.")
        return [case.found("gate.id-confusable", "error", "id", message, reference="Unicode TS 39 section 4")]
    if not factor.id.isascii():
        message = Text(
            "编号含有英文字母、数字以外的字符，引用时易写错。", "The id has characters outside ASCII, which are easily mistyped."
        )
        return [case.found("gate.id-characters", "warning", "id", message)]
    return []
