"""The same digits under another unit: the number was kept where the unit changed."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.factor_checks.case import Case


def unit_same_number(case: Case) -> list[Finding]:
    """An error where the same id or thing is published with exactly this number and a unit that makes another amount of it.

    One version stating 0.58 kgCO2e/kWh and the next 0.58 kgCO2e/MWh is a slip of a thousand.
    """
    if case.unit is None or not case.factor.value:
        return []
    rows = {row.version.reference: row for row in case.context.shelf.by_subject.get(case.context.subject, ())}
    rows |= {row.version.reference: row for row in case.context.shelf.by_id.get(case.factor.id, ())}
    found = []
    for reference, row in sorted(rows.items()):
        kept = row.version.value == case.factor.value and row.version.unit != case.factor.unit and reference != case.factor.reference
        if kept and (row.powers != case.unit.per.powers or row.intensity != case.intensity):
            message = Text(
                f"数值与已发布的 {case.shown(row)} 完全相同，而单位是“{case.factor.unit}”。换了单位，数值也应换算。",
                f"The number is exactly that of the published {case.shown(row)}, but the unit is “{case.factor.unit}”. With the unit the number changes.",
            )
            found.append(case.found("gate.unit-same-number", "error", "unit", message))
    return found[:3]
