"""Units of a group convert into one another."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding
from zuji.formats.gate.units import measured


def unit_group_broken(case: Case) -> list[GateFinding]:
    """A factor of zero or below, a reference unit that is not 1, or a factor that contradicts the unit table by more than 1 % (files round)."""
    found = []
    for group in case.inventory.groups.values():
        reference = measured(group.reference) if group.reference else None
        for unit in group.units:
            known = measured(unit.name)
            stated = float(unit.factor)
            wrong = stated <= 0 or (unit.name == group.reference and stated != 1)
            if not wrong and reference and known and known.dimension == reference.dimension and not known.dimension.startswith("currency"):
                true = float(known.scale / reference.scale)
                wrong = abs(stated - true) > 0.01 * true
            if wrong:
                message = Text(
                    f"单位组“{group.name}”：1 {unit.name} 写为 {unit.factor} {group.reference}，有误。",
                    f"Unit group “{group.name}”: 1 {unit.name} is given as {unit.factor} {group.reference}, which is wrong.",
                )
                found.append(GateFinding("unit-group.broken", "warning", "", message, group.place))
    return found
