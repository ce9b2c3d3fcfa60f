"""The unit of an exchange measures what the flow is measured in."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case, Line
from zuji.formats.gate.finding import GateFinding, about
from zuji.formats.gate.units import measured


def unit_dimension(case: Case) -> list[GateFinding]:
    """An exchange in MJ of a flow in kg, without a property of the flow that links the two."""
    found = []
    for line in case.lines:
        if line.flow is None or not line.exchange.unit:
            continue
        own = {
            case.inventory.unit_of_flow(line.exchange.flow),
            *map(case.inventory.unit_of_property, (m.property for m in line.flow.measures)),
        }
        if line.unit in _units_of(case, line):
            continue
        dimensions = {known.dimension for unit in own if unit and (known := measured(unit))}
        if dimensions and line.dimension and line.dimension not in dimensions:
            message = Text(
                f"“{line.flow.name}”的数量以 {line.unit} 计，而该流以 {'、'.join(sorted(filter(None, own)))} 计量。",
                f"The amount of “{line.flow.name}” is in {line.unit}, while the flow is measured in {', '.join(sorted(filter(None, own)))}.",
            )
            found.append(about("unit.dimension", "error", line.dataset, message, line.exchange))
    return found


def _units_of(case: Case, line: Line) -> set[str]:
    """Units that the package itself groups with the flow's own, such as currencies, whatever rate it gives for them."""
    properties = [case.inventory.properties.get(m.property) for m in line.flow.measures] if line.flow else []
    groups = [case.inventory.groups.get(p.unit_group) for p in properties if p]
    return {unit.name for group in groups if group for unit in group.units}
