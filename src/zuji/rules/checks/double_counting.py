"""Stack CO2 and fuel are not counted twice in one process."""

from zuji.engine.findings import Finding
from zuji.engine.study import Process
from zuji.engine.text import Text
from zuji.rules.case import Case, contains

FLUE = ("燃料", "燃烧", "烟气", "烟囱", "fuel", "combust", "stack", "flue")


def double_counting(case: Case) -> list[Finding]:
    """A warning where a process has both a combustion factor and a fossil CO2 emission named after fuel or stack.

    The trap is real: the USLCI data set “Portland cement, at plant” lists both, and a plain sum counts its kiln fuel twice.
    An emission that names what it is (calcination, or a fuel for which no factor is used) is no finding.
    """
    factors = [(line.process.id, line.factor) for line in case.inputs if line.factor is not None]
    burning = {process for process, factor in factors if factor.kind == "direct" and factor.category in ("fuel-combustion", "")}
    return [finding for process in case.study.processes if process.id in burning for finding in _process(case, process)]


def _process(case: Case, process: Process) -> list[Finding]:
    doubtful = [
        e
        for e in process.emissions
        if e.gas.upper() == "CO2" and e.kind == "fossil" and (e.name is None or contains(e.name.text, FLUE)) and not _other(e.name)
    ]
    return [
        case.finding(
            "fuel.double-counting",
            "warning",
            f"{process.id} / {emission.name.zh if emission.name is not None else emission.gas}",
            Text(
                "该过程既用了燃料燃烧因子，又直接写了化石 CO2 排放。若后者含烟气中的燃料碳，就重复计算了。请写明它是什么。",
                "This process has both a fuel combustion factor and a fossil CO2 emission. If the latter contains the carbon of the fuel, it counts twice. "
                "Say what it is.",
            ),
            "fuel_upstream",
        )
        for emission in doubtful
    ]


def _other(name: object) -> bool:
    """Alternative fuels and waste carry their own emission where no factor is used for them."""
    text = getattr(name, "text", None)
    return isinstance(text, Text) and contains(text, ("替代", "废", "alternative", "waste"))
