"""Every flow is measured in a unit that can be followed to its definition."""

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about


def property_missing(case: Case) -> list[GateFinding]:
    """No unit: the flow property, its unit group, or the group's reference unit is not in the package."""
    return [
        about(
            "property.missing",
            "error",
            line.dataset,
            Text(
                f"流“{line.flow.name}”的单位无从得知：其流属性或单位组不在数据包中。",
                f"The unit of the flow “{line.flow.name}” cannot be known: its flow property or unit group is not in the package.",
            ),
            line.exchange,
        )
        for line in case.lines
        if line.flow is not None and not line.unit
    ]
