"""Monte Carlo of the total: seeded float draws around the exact solution, for exploration; never part of what is signed.

Method: JCGM 101:2008 (propagation of distributions). A lognormal input is drawn around its stated value as the median; a factor used on several
lines is drawn once; uncertain links between processes change how often their suppliers run.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zuji.engine.quantities import parse_number
from zuji.engine.solution import Solution, run_value
from zuji.engine.study import Uncertainty
from zuji.engine.system import FactorLine
from zuji.engine.uncertainty import factor_spread

Draws = npt.NDArray[np.float64]
CHUNK = 100


@dataclass(frozen=True)
class Simulation:
    """``totals``: kgCO2e per declared unit, one per draw, in drawing order; ``seed`` reproduces them."""

    totals: Draws
    seed: int

    def percentile(self, p: float) -> float:
        """The p-th percentile of the total, kgCO2e per declared unit."""
        return float(np.percentile(self.totals, p))

    @property
    def gsd(self) -> float:
        """Geometric standard deviation of the draws; nan where a draw is not positive."""
        return float(np.exp(np.std(np.log(self.totals)))) if bool((self.totals > 0).all()) else float("nan")


def simulate(solution: Solution, *, draws: int = 1000, seed: int = 1) -> Simulation:
    """Draw the total ``draws`` times. Inputs without a stated spread stay at their value."""
    random = np.random.Generator(np.random.PCG64(seed))
    system = solution.system
    factor_draws: dict[str, Draws] = {}
    direct: dict[str, Draws] = {process: np.zeros(draws) for process in solution.runs}
    for line in system.direct_lines:
        drawn = float(run_value(line, solution.gwp)) * _multiplier(line.data.uncertainty, random, draws)
        if isinstance(line, FactorLine) and (spread := factor_spread(line.factor)) is not None:
            key = f"{line.factor.reference}+{line.factor.digest}"
            if key not in factor_draws:
                normal = random.normal(0.0, float(spread), draws)
                factor_draws[key] = np.exp(normal) if line.factor.gsd is not None else 1.0 + normal
            drawn = drawn * factor_draws[key]
        direct[line.process] += drawn
    totals = np.zeros(draws)
    runs = _runs(solution, random, draws)
    for process, per_run in direct.items():
        totals += runs[process] * per_run
    return Simulation(totals, seed)


def _multiplier(uncertainty: Uncertainty | None, random: np.random.Generator, draws: int) -> Draws:
    if uncertainty is None:
        return np.ones(draws)
    if uncertainty.distribution == "lognormal":
        return np.exp(random.normal(0.0, float(np.log(float(parse_number(uncertainty.gsd or "1")))), draws))
    return 1.0 + random.normal(0.0, float(parse_number(uncertainty.relative_sd or "0")), draws)


def _runs(solution: Solution, random: np.random.Generator, draws: int) -> dict[str, Draws]:
    """Runs of each process per draw; solved anew only where links between processes are uncertain."""
    system = solution.system
    uncertain = [link for link in system.link_lines if link.data.uncertainty is not None]
    if not uncertain:
        return {process: np.full(draws, float(runs)) for process, runs in solution.runs.items()}
    multipliers = {id(link): _multiplier(link.data.uncertainty, random, draws) for link in uncertain}
    size = len(system.products)
    columns = system.product_columns()
    demand = np.zeros((size, 1))
    demand[system.reference, 0] = float(system.demand)
    made = np.zeros((draws, size))
    for start in range(0, draws, CHUNK):
        stop = min(start + CHUNK, draws)
        matrix = np.broadcast_to(np.eye(size), (stop - start, size, size)).copy()
        for link in system.link_lines:
            spread = multipliers[id(link)][start:stop] if id(link) in multipliers else 1.0
            for j in columns[link.process]:
                product = system.products[j]
                matrix[:, link.supplier, j] -= float(link.amount * product.share / product.amount) * spread
        made[start:stop] = np.linalg.solve(matrix, np.broadcast_to(demand, (stop - start, size, 1)))[:, :, 0]
    runs = {process: np.zeros(draws) for process in columns}
    for j, product in enumerate(system.products):
        runs[product.process] += made[:, j] * float(product.share / product.amount)
    return runs
