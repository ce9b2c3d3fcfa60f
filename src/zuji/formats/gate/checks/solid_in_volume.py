"""A solid that is sold by weight is not measured in cubic metres."""

import re

from zuji.engine.text import Text
from zuji.formats.gate.case import Case
from zuji.formats.gate.finding import GateFinding, about

# Wood, concrete, sand, soil and foams are really traded by volume.
_SOLID = re.compile(
    r"alumin(i)?um|\bsteel\b|\biron\b|copper|\bzinc\b|\blead\b|nickel|\bcement\b|clinker|\bcoal\b|\bcoke\b|anode|cathode|ingot|alloy|"
    r"\bscrap\b|\bpitch\b|bauxite|graphite|lithium carbonate|powder|\bfoil\b|fluoride|carbonate|"
    r"铝(?!酸)|钢|铁(?!路)|铜|锌|镍|水泥|熟料|煤(?!气|油|焦油|层)|焦炭|阳极|阴极|合金|锭|沥青|粉$|氧化物|箔",
    re.IGNORECASE,
)
_FLUID = re.compile(
    r"gas|liquid|solution|water|electrolyte|slurry|concrete|wood|timber|oil|molten|foam|emulsion|transport|气|液|溶液|水(?!泥)|浆|混凝土|木|油|运输",
    re.IGNORECASE,
)


def solid_in_volume(case: Case) -> list[GateFinding]:
    """A metal, cement, coal or the like in m³: a density is missing, and 1,000 m³ of aluminium is mostly 1,000 kg."""
    found = []
    for line in case.lines:
        if line.dimension != "volume" or line.flow is None or line.flow.kind == "elementary" or not line.exchange.amount:
            continue
        if _SOLID.search(line.flow.name.words) and not _FLUID.search(line.flow.name.words):
            message = Text(
                f"固体“{line.flow.name}”以 {line.unit} 计（{line.exchange.amount}）。请核对是否应为质量。",
                f"The solid “{line.flow.name}” is measured in {line.unit} ({line.exchange.amount}). Check whether a mass is meant.",
            )
            found.append(about("unit.solid-volume", "error", line.dataset, message, line.exchange))
    return found
