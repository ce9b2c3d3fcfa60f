"""A fuel that is burned also had to be produced and brought: its upstream line is in the study (ISO 14067:2018 6.3.4, 6.4.9.4)."""

from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.rules.case import Case, InputLine
from zuji.rules.schema import FuelFamily


def fuel_upstream(case: Case) -> list[Finding]:
    """A warning for each fuel with combustion factors (kind ``direct``) and no life-cycle line of the same fuel in the study."""
    combustion = [line for line in case.inputs if line.factor is not None and line.factor.kind == "direct"]
    upstream = [line for line in case.inputs if _upstream(line)] if combustion else []
    found: list[Finding] = []
    for family in case.rule.fuel_upstream.value:
        burned = [line for line in combustion if _of(line, family)]
        if burned and not any(_of(line, family) for line in upstream):
            found.append(_missing(case, family, burned))
    return found


def _of(line: InputLine, family: FuelFamily) -> bool:
    return line.says(family.words) and not (line.factor is not None and line.factor.says(family.unlike))


def _upstream(line: InputLine) -> bool:
    """A life-cycle factor for the fuel, a process of the study that makes it, or a gap that says it is missing; freight alone is not enough."""
    if line.item.transport is not None:
        return False
    if line.item.process is not None or (line.factor is None and line.item.cut_off is None):
        return True
    return line.factor is not None and line.factor.kind == "life-cycle" and line.factor.category not in ("transport", "electricity")


def _missing(case: Case, family: FuelFamily, burned: list[InputLine]) -> Finding:
    message = Text(
        zh=f"“{family.label.zh}”只计了燃烧，没有开采、加工的上游排放。请加一行上游因子（库中类别 fuel-upstream），没有因子则列为缺口。",
        en=f"“{family.label.en}” counts with its combustion only; mining and processing are missing. Add a line with an upstream factor "
        "(category fuel-upstream of the library), or a gap where there is none.",
    )
    return case.finding("fuel.no-upstream", "warning", min(line.where for line in burned), message, "fuel_upstream")
