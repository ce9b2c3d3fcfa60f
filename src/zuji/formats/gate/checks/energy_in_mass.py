"""Electricity and heat are measured as energy."""

import re

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about

_ENERGY = re.compile(r"^(electricity|electric power|heat|thermal energy|process heat)\b|^(电力|电能|用电|热力|热能|热量)", re.IGNORECASE)
_NOT_ENERGY = re.compile(
    r"heat (treatment|exchanger|pump|resist)|transfer|storage|meter|cable|equipment|combusted|boiler|热处理|换热|设备", re.IGNORECASE
)


def energy_in_mass(case: Case) -> list[GateFinding]:
    """Electricity or heat in kg or m³."""
    found = []
    for line in case.lines:
        if line.flow is None or line.dimension not in {"mass", "volume"} or line.flow.kind == "elementary" or not line.exchange.amount:
            continue
        names = (line.flow.name.en, line.flow.name.zh)
        if any(_ENERGY.search(name) and not _NOT_ENERGY.search(name) for name in names):
            message = Text(f"能量“{line.flow.name}”以 {line.unit} 计。", f"The energy “{line.flow.name}” is measured in {line.unit}.")
            found.append(about("unit.energy-mass", "error", line.dataset, message, line.exchange))
    return found
