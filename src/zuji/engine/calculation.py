"""The calculation as one visible list of steps."""

import datetime

from zuji.engine.assembly import assemble
from zuji.engine.errors import LoopGainTooHigh, SingularSystem, StudyRefused, SystemTooLarge
from zuji.engine.factors import FactorSource
from zuji.engine.findings import Findings
from zuji.engine.impact import CO2E, GwpSet
from zuji.engine.inventory import build_system
from zuji.engine.plausibility import refuse_impossible
from zuji.engine.results import Result
from zuji.engine.solution import Solution, solve_system
from zuji.engine.study import Study
from zuji.engine.system import ProductSystem
from zuji.engine.text import Text


def calculate(study: Study, factors: FactorSource, gwp: GwpSet, *, today: datetime.date) -> Result:
    """The product carbon footprint of a study, in kgCO2e per declared unit, exactly (ISO 14067:2018 6.4-6.5).

    ``today`` only serves to refuse data of the future; it never changes a result. Raises :class:`StudyRefused` with every
    fault found; there is no number then.
    """
    findings = Findings()
    solution = solved(study, factors, gwp, today=today, findings=findings)
    return assemble(solution, factors, findings)


def solved(study: Study, factors: FactorSource, gwp: GwpSet, *, today: datetime.date, findings: Findings) -> Solution:
    """The exact solution behind a result; for analyses that need more than the result. Raises :class:`StudyRefused`."""
    system = build_system(study, factors, gwp, today=today, findings=findings)
    if system is None:
        raise StudyRefused(findings.sorted(), study.id)
    try:
        solution = solve_system(system, gwp)
    except LoopGainTooHigh as error:
        findings.error("loop.gain", " → ".join(error.cycle), error.text, "Hawkins & Simon 1949")
        raise StudyRefused(findings.sorted(), study.id) from error
    except SystemTooLarge as error:
        findings.error("system.too-large", "processes", error.text)
        raise StudyRefused(findings.sorted(), study.id) from error
    except SingularSystem as error:
        findings.error("system.singular", "processes", error.text)
        raise StudyRefused(findings.sorted(), study.id) from error
    refuse_impossible(solution, findings)
    if findings.refused:
        raise StudyRefused(findings.sorted(), study.id)
    _note_unused(solution, findings)
    _note_unstated_gwp(system, findings)
    _note_co2_only(system, findings)
    return solution


def _note_unused(solution: Solution, findings: Findings) -> None:
    for process, runs in solution.runs.items():
        if runs == 0:
            findings.warning(
                "process.unused",
                process,
                Text(
                    "该过程没有为声明单位提供任何产品，不计入结果。请核对是否漏了连接。",
                    "This process delivers nothing towards the declared unit and does not count. Check whether a link is missing.",
                ),
            )


def _note_unstated_gwp(system: ProductSystem, findings: Findings) -> None:
    """One note for all factors that are sums over gases by a GWP set their publisher does not name."""
    silent = sorted(
        {f.factor.reference for f in system.factor_lines if f.factor.gwp is None and any(p.gas == CO2E and p.kg for p in f.factor.parts)}
    )
    if silent:
        findings.info(
            "factor.gwp-unstated",
            "factors",
            Text(
                zh=f"下列因子为 CO₂e 总值，发布者未说明所用 GWP:{'、'.join(silent)}。",
                en=f"These factors are CO2e sums whose publisher does not name the GWP set: {', '.join(silent)}.",
            ),
            "ISO 14067:2018 6.5",
        )


def _note_co2_only(system: ProductSystem, findings: Findings) -> None:
    """One note for all direct factors that state CO2 alone: the methane and nitrous oxide of combustion are then missing, not zero."""
    bare = sorted(
        {f.factor.reference for f in system.factor_lines if f.factor.kind == "direct" and {p.gas for p in f.factor.parts} == {"CO2"}}
    )
    if bare:
        findings.info(
            "factor.co2-only",
            "factors",
            Text(
                zh=f"下列直接排放因子只含 CO₂，燃烧产生的 CH₄ 与 N₂O 没有计入总量：{'、'.join(bare)}。须计入时改用分气体的因子，或另列这两种气体的排放。",
                en=f"These direct factors hold CO2 alone, so the CH4 and N2O of combustion are not in the total: {', '.join(bare)}. "
                "To count them use factors that state their gases, or list the emissions of both gases apart.",
            ),
            "ISO 14067:2018 6.5",
        )
