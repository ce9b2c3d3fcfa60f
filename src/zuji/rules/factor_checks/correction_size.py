"""How far a new version moves from the one that it replaces."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case, number, percent


def correction_size(case: Case) -> list[Finding]:
    """A warning above the share that is shown, an error above the ratio that is refused."""
    prior = case.prior
    if prior is None or not case.intensity or prior.intensity <= 0 or case.intensity < 0 or not case.compares(prior):
        return []
    limits = case.context.limits
    ratio = max(case.intensity / prior.intensity, prior.intensity / case.intensity)
    change = case.intensity / prior.intensity - 1
    if ratio >= limits["correction_refused"]:
        message = Text(
            f"新值与被取代的 {case.shown(prior)} 相差 {number(ratio, 3)} 倍。请核对；确属另一事物时另立编号。",
            f"The new value is {number(ratio, 3)} times away from {case.shown(prior)}, which it replaces. Check it; another thing takes a new id.",
        )
        return [case.found("gate.correction-size", "error", "value", message, "correction_refused")]
    if abs(change) > limits["correction_shown"]:
        message = Text(
            f"与被取代的 {case.shown(prior)} 相比变化 {percent(change)}。请在说明中写明原因。",
            f"The change from {case.shown(prior)}, which it replaces, is {percent(change)}. Say why in the note.",
        )
        return [case.found("gate.correction-size", "warning", "value", message, "correction_shown")]
    return []
