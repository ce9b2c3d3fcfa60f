"""What a report shows beside the result: how the total moves with its inputs, and how widely it may lie."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from zuji.engine.allocation_choices import AllocationChoice, allocation_choices
from zuji.engine.calculation import solved
from zuji.engine.factors import FactorSource
from zuji.engine.findings import Findings
from zuji.engine.impact import GwpSet
from zuji.engine.sensitivity import Sensitivity, sensitivities
from zuji.engine.simulation import Simulation, simulate
from zuji.engine.study import Study
from zuji.engine.text import Text

DRAWS = 1000
SEED = 24067  # any fixed number serves: it makes the drawing repeatable


@dataclass(frozen=True)
class Analyses:
    """One-at-a-time sensitivities, the largest first, a seeded Monte Carlo simulation of the same study (None: not made), and other allocations."""

    sensitivity: tuple[Sensitivity, ...]
    simulation: Simulation | None
    allocations: tuple[AllocationChoice, ...] = ()


def analyse(study: Study, factors: FactorSource, gwp: GwpSet, *, today: datetime.date, named: Mapping[str, Text] | None = None) -> Analyses:
    """The analyses of a study that can be calculated; ``named`` says what its parameters are called.

    Raises :class:`zuji.engine.errors.StudyRefused` where it cannot be calculated.
    """
    solution = solved(study, factors, gwp, today=today, findings=Findings())
    return Analyses(
        sensitivities(study, factors, gwp, today=today, named=named),
        simulate(solution, draws=DRAWS, seed=SEED),
        allocation_choices(study, factors, gwp, today=today),
    )
