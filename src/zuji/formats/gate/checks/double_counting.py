"""Fuel that is burnt counts once."""

import re
from decimal import Decimal

from zuji.engine.text import Text
from zuji.formats.gate.case import Case, Line
from zuji.formats.gate.finding import GateFinding, about
from zuji.formats.gate.units import ratio

_BURNT = re.compile(r"combust|burned|burnt|燃烧", re.IGNORECASE)
_SUPPLIES_A_SERVICE = re.compile(r"transport|运输", re.IGNORECASE)
_LOW, _HIGH, _NOTABLE = Decimal("0.5"), Decimal(2), Decimal("0.05")


def double_counting(case: Case) -> list[GateFinding]:
    """A process that enters its CO2 and takes "fuel, combusted" from datasets which bring the same CO2 once more.

    Found where fuel burnt elsewhere emits at least 5 % of the direct CO2 and a CO2 entry of about that size (half to double) stands
    beside another: the other is then the process itself (calcination), the first the fuel. The cement of USLCI comes to 1.37 kg/kg so,
    and to 1.04 without. With a single entry nothing can be told apart, and a warning asks.
    """
    found = []
    for dataset in case.inventory.datasets:
        lines = case.lines_of[dataset.id]
        own = [(line, mass) for line in lines if _is_carbon(case, line) and (mass := case.kilograms(line)) and mass > 0]
        if not own:
            continue
        burnt = [line for line in lines if case.needs_provider(line) and _is_burnt(line)]
        brought = sum((_carbon(case, line) for line in burnt), Decimal(0))
        total = sum((mass for _, mass in own), Decimal(0))
        near = sorted((abs(mass - brought), line.exchange.number, line) for line, mass in own if _LOW * brought <= mass <= _HIGH * brought)
        alike = [line for _, _, line in near]
        if not burnt or brought < _NOTABLE * total or not alike:
            continue
        message = Text(
            f"自身 CO2 {total:.3g} kg 中的“{alike[0].exchange.name}”{alike[0].exchange.amount} 与 {len(burnt)} 个“燃料，已燃烧”投入带来的 {brought:.3g} kg 相当，可能重复计算。",
            f"Of its own {total:.3g} kg CO2, “{alike[0].exchange.name}” {alike[0].exchange.amount} is about the {brought:.3g} kg that {len(burnt)} "
            "inputs of burnt fuel bring: it may be counted twice.",
        )
        found.append(about("double-counting", "error" if len(own) > 1 else "warning", dataset, message, alike[0].exchange))
    return found


def _is_carbon(case: Case, line: Line) -> bool:
    gas = case.gases.get(line.exchange.flow)
    return gas is not None and gas.gas == "CO2" and not gas.kind.startswith("biogenic") and line.exchange.direction == "output"


def _is_burnt(line: Line) -> bool:
    name = line.flow.name.words if line.flow else ""
    return bool(_BURNT.search(name)) and not _SUPPLIES_A_SERVICE.search(name)


def _carbon(case: Case, line: Line) -> Decimal:
    """Direct CO2 of what supplies the input, kg; of several suppliers the least."""
    found = []
    for identity in case.suppliers(line):
        supplier = case.datasets[identity]
        reference = supplier.reference
        factor = ratio(line.unit, case.inventory.unit(reference)) if reference is not None else None
        if reference is None or not reference.amount or factor is None or line.exchange.amount is None:
            continue
        emitted = sum((case.kilograms(other) or Decimal(0) for other in case.lines_of[identity] if _is_carbon(case, other)), Decimal(0))
        found.append(emitted / reference.amount * line.exchange.amount * Decimal(factor.numerator) / Decimal(factor.denominator))
    return min(found, default=Decimal(0))
