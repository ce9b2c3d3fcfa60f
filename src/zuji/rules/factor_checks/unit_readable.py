"""The unit is one that the calculation knows: kilograms of a gas per unit of activity."""

from zuji.engine.errors import UnknownUnit
from zuji.engine.findings import Finding
from zuji.rules.factor_checks.case import Case
from zuji.rules.factor_checks.context import measured


def unit_readable(case: Case) -> list[Finding]:
    """An error for a unit that cannot be read."""
    try:
        measured(case.factor)
    except UnknownUnit as error:
        return [case.found("gate.unit-unreadable", "error", "unit", error.text)]
    return []
