"""No more mass comes out as product than goes in."""

from decimal import Decimal

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about

_FEWEST_INPUTS, _FACTOR = 2, 3


def mass_balance(case: Case) -> list[GateFinding]:
    """Products that weigh more than three times all that goes in: an input is missing, or a unit is wrong.

    Asked only where at least two inputs are masses, and never of services; air and water that nobody enters are why it is a factor.
    """
    found = []
    for dataset in case.inventory.datasets:
        put_in, made, counted = Decimal(0), Decimal(0), 0
        for line in case.lines_of[dataset.id]:
            mass = case.kilograms(line)
            if mass is None or mass <= 0 or line.flow is None:
                continue
            if line.exchange.direction == "input":
                put_in += mass
                counted += 1
            elif line.is_reference:
                made += mass
        if counted >= _FEWEST_INPUTS and made > _FACTOR * put_in:
            message = Text(
                f"产品质量 {made:.4g} kg，而全部投入仅 {put_in:.4g} kg。",
                f"The product weighs {made:.4g} kg, and all that goes in {put_in:.4g} kg.",
            )
            found.append(about("mass.balance", "warning", dataset, message, dataset.reference))
    return found
