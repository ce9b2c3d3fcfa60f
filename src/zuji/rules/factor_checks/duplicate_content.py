"""The same value of the same thing is not published under a second id."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case
from zuji.rules.factor_checks.context import plain


def duplicate_content(case: Case) -> list[Finding]:
    """An error where another id has the same name, value, place, year and boundary; a warning where only the name differs in words."""
    factor, found = case.factor, []
    for row in case.peers:
        other = row.version
        if other.id == factor.id or row.intensity != case.intensity or other.geography != factor.geography or other.year != factor.year:
            continue
        if plain(other.boundary) != plain(factor.boundary):
            continue
        same_name = plain(other.name.zh) == plain(factor.name.zh)
        message = Text(
            f"与已发布的 {case.shown(row)} 内容相同。",
            f"The same as the published {case.shown(row)}.",
        )
        found.append(case.found("gate.duplicate-content", "error" if same_name else "warning", "id", message))
    return found[:3]
