"""A published id and version is never used again."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case


def duplicate_reference(case: Case) -> list[Finding]:
    """An error where the reference is published already."""
    if not any(row.version.reference == case.factor.reference for row in case.context.shelf.by_id.get(case.factor.id, ())):
        return []
    message = Text(
        f"{case.factor.reference} 已经发布，发布过的版本不能改写。请给更正以新的版本号。",
        f"{case.factor.reference} is published, and a published version is not rewritten. Give the correction a new version.",
    )
    return [case.found("gate.duplicate-reference", "error", "version", message)]
