"""The system boundary is stated, and is that of the kind."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case

_DIRECT = ("combustion only", "tank-to-wheel", "release to air", "仅燃烧", "只含燃烧")
_WHOLE = ("cradle", "well-to-wheel", "life cycle", "life-cycle", "从摇篮", "全生命周期")


def boundary_stated(case: Case) -> list[Finding]:
    """An error without a boundary, and for one that contradicts the kind: a life cycle of combustion only, a direct emission from the cradle."""
    boundary, kind = case.factor.boundary.strip().lower(), case.factor.kind
    if not boundary:
        message = Text("须写明系统边界（如从摇篮到大门、仅燃烧）。", "State the system boundary (such as cradle-to-gate, combustion only).")
        return [case.found("gate.boundary-missing", "error", "boundary", message, reference="ISO 14067:2018 6.3.4")]
    against = _DIRECT if kind == "life-cycle" else _WHOLE if kind in ("direct", "process", "grid-co2") else ()
    if not boundary.startswith(against) or not against:
        return []
    message = Text(
        f"边界“{case.factor.boundary[:60]}”与类型“{kind}”矛盾。",
        f"The boundary “{case.factor.boundary[:60]}” contradicts the kind {kind}.",
    )
    return [case.found("gate.boundary-kind", "error", "boundary", message)]
