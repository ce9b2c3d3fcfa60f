"""A version that replaces another is of the same thing, says why, and leaves no second successor."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case


def supersedes_consistent(case: Case) -> list[Finding]:
    """Errors where the replaced version does not exist, is another thing, or no reason is stated; also where a known id is not said to be replaced."""
    candidate, factor = case.candidate, case.factor
    wanted = candidate.supersedes
    own = [row for row in case.context.shelf.by_id.get(factor.id, ()) if row.version.reference != factor.reference]
    if not wanted:
        if not own:
            return []
        message = Text(
            f"编号 {factor.id} 已有版本 {own[-1].version.version}，请写明取代哪一个以及原因。",
            f"There is a version {own[-1].version.version} of {factor.id}: state which one this replaces, and why.",
        )
        return [case.found("gate.supersedes-missing", "error", "supersedes", message)]
    replaced = next((row for row in case.context.shelf.by_id.get(wanted.partition("@")[0], ()) if row.version.reference == wanted), None)
    if replaced is None or wanted == factor.reference:
        message = Text(f"没有已发布的 {wanted[:80]} 可以取代。", f"There is no published {wanted[:80]} to replace.")
        return [case.found("gate.supersedes-unknown", "error", "supersedes", message)]
    found = []
    if replaced.version.id != factor.id and replaced.subject != case.context.subject:
        message = Text(f"{wanted} 说的是另一事物（{replaced.subject}）。", f"{wanted} is about another thing ({replaced.subject}).")
        found.append(case.found("gate.supersedes-other", "error", "supersedes", message))
    if replaced.version.superseded_by:
        message = Text(
            f"{wanted} 已被 {replaced.version.superseded_by} 取代。",
            f"{wanted} is already replaced by {replaced.version.superseded_by}.",
        )
        found.append(case.found("gate.supersedes-twice", "error", "supersedes", message))
    if candidate.reason is None:
        message = Text("更正须写明原因代码。", "A correction states its reason code.")
        found.append(case.found("gate.reason-missing", "error", "reason", message))
    return found
