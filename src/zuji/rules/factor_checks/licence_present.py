"""What may be done with a published figure is stated, and publication is not against it."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case

_DERIVED = ("ecoinvent", "gabi", "sphera")
_FORBIDDEN = ("不得公开", "保密", "confidential", "not to be published", "internal use only", "仅供内部")


def licence_present(case: Case) -> list[Finding]:
    """An error without a licence, and for one that forbids publication; a warning for values out of a licensed database."""
    licence = case.factor.licence.strip()
    if not licence:
        message = Text(
            "须写明许可或使用条件；政府文件中的数值写“事实信息，注明来源”。",
            "State the licence or terms; for figures of a government notice: “facts, cited”.",
        )
        return [case.found("gate.licence-missing", "error", "licence", message)]
    said = next((word for word in _FORBIDDEN if word in licence.lower()), None)
    if said is None:
        derived = next((word for word in _DERIVED if word in licence.lower()), None)
        if derived is None:
            return []
        message = Text(
            f"许可中提到“{derived}”：须确认只是已发表的结果，而不是该数据库的内容。",
            f"The licence speaks of “{derived}”: make sure that it is a published result and not the content of that database.",
        )
        return [case.found("gate.licence-derived", "warning", "licence", message)]
    message = Text(f"许可中写有“{said}”，不能公开发布。", f"The licence says “{said}”: the value cannot be published.")
    return [case.found("gate.licence-forbids", "error", "licence", message)]
