"""A synonym does not name another thing."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case
from zuji.rules.factor_checks.context import plain


def synonyms_apart(case: Case) -> list[Finding]:
    """A warning for a synonym that is the name of another subject, and for one that is written twice."""
    found, seen = [], set()
    for synonym in case.factor.synonyms:
        key = plain(synonym)
        if key in seen:
            found.append(
                case.found(
                    "gate.synonym-twice", "info", "synonyms", Text(f"同义词“{synonym}”重复。", f"The synonym “{synonym}” stands twice.")
                )
            )
        seen.add(key)
        others = case.context.shelf.by_name.get(key, frozenset()) - {case.context.subject}
        if others and key and case.context.subject not in case.context.shelf.by_name.get(key, frozenset()):
            named = "、".join(sorted(others)[:3])
            message = Text(
                f"同义词“{synonym}”是另一事物（{named}）的名称。",
                f"The synonym “{synonym}” is the name of another thing ({named}).",
            )
            found.append(case.found("gate.synonym-collides", "warning", "synonyms", message))
    return found
