"""What the total would be under the other allocation methods that a study's own data allow.

Source: ISO 14044:2006 4.3.4.1 and ISO 14067:2018 6.4.6 (a sensitivity analysis where several allocation procedures seem applicable).
Next to the methods themselves stands the bound in which the reference product carries the whole burden of its process.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from zuji.engine.calculation import solved
from zuji.engine.errors import StudyRefused
from zuji.engine.factors import FactorSource
from zuji.engine.findings import Findings
from zuji.engine.impact import GwpSet
from zuji.engine.quantities import round_half_even
from zuji.engine.study import Allocation, Process, Study

QUANTUM = Fraction(1, 10**12)
Choice = Literal["mass", "energy", "economic", "all_on_product"]
METHODS: tuple[Literal["mass", "energy", "economic"], ...] = ("mass", "energy", "economic")


@dataclass(frozen=True, slots=True)
class AllocationChoice:
    """The total in kgCO2e per declared unit if one process were allocated by another method, all else equal."""

    process: str
    method: Choice
    total: Decimal


def allocation_choices(study: Study, factors: FactorSource, gwp: GwpSet, *, today: datetime.date) -> tuple[AllocationChoice, ...]:
    """Every other allocation of every process with several products that can be calculated from what the study states.

    A method whose property (mass, heating value, price) is not stated for each product is left out, never guessed.
    """
    return tuple(
        AllocationChoice(process.id, choice, round_half_even(total, QUANTUM))
        for process in study.processes
        for choice, allocation in _others(process)
        if (total := _total(_with(study, process, allocation), factors, gwp, today)) is not None
    )


def _others(process: Process) -> Iterator[tuple[Choice, Allocation]]:
    stated = process.allocation
    if stated is None or not process.coproducts or stated.method == "system_expansion":
        return
    for method in METHODS:
        if method != stated.method:
            yield method, stated.model_copy(update={"method": method, "shares": None})
    shares = {process.output.product: "1"} | {other.product: "0" for other in process.coproducts}
    if stated.method != "custom" or {name: str(share) for name, share in (stated.shares or {}).items()} != shares:
        yield "all_on_product", stated.model_copy(update={"method": "custom", "shares": shares})


def _with(study: Study, process: Process, allocation: Allocation) -> Study:
    changed = process.model_copy(update={"allocation": allocation})
    return study.model_copy(update={"processes": tuple(changed if p.id == process.id else p for p in study.processes)})


def _total(study: Study, factors: FactorSource, gwp: GwpSet, today: datetime.date) -> Fraction | None:
    try:
        return solved(study, factors, gwp, today=today, findings=Findings()).total
    except StudyRefused:
        return None
