"""A database as it is released: its matrix, its burdens by part and GWP set, and the solved intensities of every process."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zuji.engine.errors import BadMatrix, NotConverged
from zuji.engine.sparse.intensity import intensities
from zuji.engine.sparse.needs import Floats, Needs, frozen
from zuji.engine.sparse.order import Plan
from zuji.engine.sparse.system import arranged
from zuji.engine.sparse.uncertain import Uncertain
from zuji.engine.text import Text

PARTS = ("fossil", "biogenic", "removal", "land-use-change", "aircraft")  # ISO 14067:2018, 7.3: reported apart, and in the total
TOTAL = "total"
KERNEL = "1"  # raised when a change of the kernels changes the last digits of intensities
OFFICIAL_DIGITS = 12
_OFFICIAL_RESIDUAL = Fraction(1, 10**12)


@dataclass(frozen=True, slots=True)
class Process:
    """One process of a database: its identifier there, the name of its reference product, unit and geography."""

    id: str
    name: str
    unit: str
    geography: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Background:
    """A solved database.

    ``columns``: what is counted, such as ``AR6/fossil``; the parts of each GWP set and their ``total``. ``burdens``, ``values``: (processes,
    columns), kgCO2e per unit of the process's product: its own, and with all that it needs. The total is the sum of the solved parts in
    their order, so parts sum to it by construction. ``incomplete``: processes over a burden that is not known. ``residual``, ``error``,
    ``sweeps``: of the solution, see :class:`~zuji.engine.sparse.intensity.Intensities`; ``growth``: of the loops. ``uncertain``: the spreads that its publisher
    states; None where it states none.
    """

    processes: tuple[Process, ...]
    needs: Needs
    plan: Plan
    columns: tuple[str, ...]
    burdens: Floats
    values: Floats
    incomplete: NDArray[np.bool_]
    residual: float
    error: float
    sweeps: int
    growth: float
    uncertain: Uncertain | None = None

    def place(self, process: str) -> int:
        """The row of a process. Raises KeyError."""
        for j, found in enumerate(self.processes):
            if found.id == process:
                return j
        raise KeyError(process)


def solved_background(
    processes: Sequence[Process],
    needs: Needs,
    burdens: Any,
    *,
    sets: Sequence[str],
    unknown: Any = None,
    uncertain: Uncertain | None = None,
) -> Background:
    """Solve a database for every process, part and GWP set.

    ``burdens``: shape (processes, GWP sets, parts) in the order of ``sets`` and :data:`PARTS`, kgCO2e per unit of product. ``unknown``:
    processes whose burden is not known, as a mask. Raises :class:`BadMatrix` where shapes do not fit or identifiers repeat,
    :class:`~zuji.engine.errors.LoopGainTooHigh` naming processes, and as :func:`~zuji.engine.sparse.intensity.intensities`.
    """
    h = np.asarray(burdens, dtype=np.float64)
    if h.shape != (len(processes), len(sets), len(PARTS)) or needs.rows != len(processes):
        raise BadMatrix(Text("过程、矩阵与负荷的大小不符。", f"Processes, matrix and burdens do not fit: the burdens are {h.shape}."))
    if len({process.id for process in processes}) != len(processes):
        raise BadMatrix(Text("过程编号有重复。", "Two processes have the same identifier."))
    system = arranged(needs, names=[f"{process.name} ({process.id})" for process in processes])
    solved = intensities(system, h.reshape(len(processes), -1), unknown=unknown)
    columns = tuple(f"{gwp}/{part}" for gwp in sets for part in (*PARTS, TOTAL))
    return Background(
        tuple(processes),
        needs,
        system.plan,
        columns,
        frozen(_with_totals(h)),
        frozen(_with_totals(solved.values.reshape(h.shape))),
        solved.incomplete,
        solved.residual,
        solved.error,
        solved.sweeps,
        system.growth,
        uncertain if uncertain is not None and uncertain.size else None,
    )


def _with_totals(parts: Floats) -> Floats:
    """The parts and their sum, added in the order of the parts: (processes, sets × (parts + 1))."""
    total = np.zeros(parts.shape[:2])
    for n in range(parts.shape[2]):
        total = total + parts[:, :, n]
    made: Floats = np.concatenate([parts, total[:, :, None]], axis=2).reshape(len(parts), -1)
    return made


def official_value(background: Background, process: str, column: str) -> Decimal:
    """The intensity of a process as a decimal of twelve significant digits, which a factor version can carry; kgCO2e per unit of product.

    Checked on the way, exactly: the residual of the process's own equation is within 10⁻¹² of its terms. Raises KeyError for a process or
    column that is not there, and :class:`NotConverged` where the check fails or the intensity is incomplete.
    """
    j, c = background.place(process), background.columns.index(column) if column in background.columns else -1
    if c < 0:
        raise KeyError(column)
    if background.incomplete[j]:
        raise NotConverged(
            Text(
                f"过程 {process} 的上游有未知的负荷，其数值不完整，不能作为因子发布。",
                f"The process {process} needs something whose burden is not known; its value is incomplete and cannot become a factor.",
            ),
            float("nan"),
        )
    suppliers, amounts = background.needs.row(j)
    value = Fraction(float(background.values[j, c]))
    terms = [Fraction(float(background.burdens[j, c]))]
    terms += [Fraction(float(a)) * Fraction(float(background.values[i, c])) for i, a in zip(suppliers, amounts, strict=True)]
    size = sum((abs(term) for term in terms), Fraction(0))
    left = abs(sum(terms, Fraction(0)) - value)
    if left > _OFFICIAL_RESIDUAL * size:
        raise NotConverged(
            Text(f"过程 {process} 的方程残差过大。", f"The equation of the process {process} is not met to 12 digits."), float(left / size)
        )
    return Context(prec=OFFICIAL_DIGITS, rounding=ROUND_HALF_EVEN).create_decimal(Decimal(float(background.values[j, c])))
