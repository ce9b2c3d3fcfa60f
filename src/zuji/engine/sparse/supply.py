"""The supply of one demand: how much of every product is made for it, and what each process contributes to the total."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zuji.engine.errors import BadMatrix, NotConverged
from zuji.engine.sparse.compiled import compiled
from zuji.engine.sparse.intensity import MOST_SWEEPS, RESIDUAL_LIMIT, TOLERANCE
from zuji.engine.sparse.needs import Floats, Places, Starts
from zuji.engine.sparse.system import System
from zuji.engine.text import Text


@dataclass(frozen=True, eq=False, slots=True)
class Consumers:
    """A system by supplier, in plan order: who needs product p, from ``starts[p]``; from ``outer[p]`` those outside its loop."""

    starts: Starts
    outer: Starts
    consumers: Places
    amounts: Floats


@dataclass(frozen=True, eq=False, slots=True)
class Supply:
    """``values[j]``: units of product j made for the demand. ``residual``, ``error``, ``sweeps`` as in :class:`Intensities`."""

    values: Floats
    residual: float
    error: float
    sweeps: int

    def contributions(self, burdens: Any) -> Floats:
        """What the process of each product contributes, (products,) or (products, categories): its supply times its direct burden.

        They sum to the demand times the intensities.
        """
        h = np.asarray(burdens, dtype=np.float64)
        made: Floats = self.values * h if h.ndim == 1 else self.values[:, None] * h
        return made


def consumers_of(system: System) -> Consumers:
    """The system by supplier. Made once for many demands and changes."""
    starts, outer, consumers, amounts = _by_supplier(system.starts, system.inner, system.suppliers, system.amounts)
    for array in (starts, outer, consumers, amounts):
        array.setflags(write=False)
    return Consumers(starts, outer, consumers, amounts)


def supply(system: System, demand: Any, *, consumers: Consumers | None = None, tolerance: float = TOLERANCE) -> Supply:
    """Solve x = d + Wᵀx: the supply vector of Heijungs and Suh (2002, ch. 2) for a demand d, shape (products,).

    Raises :class:`BadMatrix` for a demand of another shape or not finite, and :class:`NotConverged` as :func:`intensities` does.
    """
    wanted = np.asarray(demand, dtype=np.float64)
    if wanted.shape != (system.size,) or not bool(np.isfinite(wanted).all()):
        raise BadMatrix(Text(f"需求须为 {system.size} 个有限的数。", f"A demand is {system.size} finite numbers, one for each product."))
    back = consumers_of(system) if consumers is None else consumers
    right = np.ascontiguousarray(wanted[system.plan.order])
    values, sweeps, error, residual = _supply(
        back.starts,
        back.outer,
        back.consumers,
        back.amounts,
        system.own,
        right,
        system.plan.blocks,
        system.plan.looped,
        tolerance,
        MOST_SWEEPS,
    )
    if not (residual <= max(tolerance, RESIDUAL_LIMIT) and error <= max(tolerance, 1e-14)):
        raise NotConverged(
            Text(
                f"供应向量没有达到要求的精度：相对误差约 {error:.1e}，残差 {residual:.1e}。",
                f"The supply vector did not reach the accuracy asked for: relative error about {error:.1e}, residual {residual:.1e}.",
            ),
            residual,
        )
    made = np.empty_like(values)
    made[system.plan.order] = values
    made.setflags(write=False)
    return Supply(made, residual, error, sweeps)


@compiled
def _by_supplier(starts: Starts, inner: Starts, suppliers: Places, amounts: Floats) -> tuple[Starts, Starts, Places, Floats]:
    """Turn the system; consumers within a product's loop first, then the others, each ascending."""
    size = len(inner)
    begin, outer = np.zeros(size + 1, np.int64), np.zeros(size, np.int64)
    for p in range(size):
        for k in range(starts[p], starts[p + 1]):
            begin[suppliers[k] + 1] += 1
            if k >= inner[p]:
                outer[suppliers[k]] += 1
    for p in range(size):
        begin[p + 1] += begin[p]
        outer[p] += begin[p]
    within, beyond = begin[:-1].copy(), outer.copy()
    consumers, turned = np.empty(len(suppliers), np.int32), np.empty(len(suppliers), np.float64)
    for p in range(size):
        for k in range(starts[p], starts[p + 1]):
            i = suppliers[k]
            if k >= inner[p]:
                place = within[i]
                within[i] += 1
            else:
                place = beyond[i]
                beyond[i] += 1
            consumers[place] = p
            turned[place] = amounts[k]
    return begin, outer, consumers, turned


@compiled
def _gather(consumers: Places, amounts: Floats, values: Floats, first: int, last: int) -> tuple[float, float]:
    """The sum of amount times value over a stretch, and the sum of the sizes."""
    total, terms = 0.0, 0.0
    for k in range(np.uint64(first), np.uint64(last)):
        term = amounts[k] * values[np.uint64(consumers[k])]
        total += term
        terms += abs(term)
    return total, terms


@compiled
def _supply(
    starts: Starts,
    outer: Starts,
    consumers: Places,
    amounts: Floats,
    own: Floats,
    right: Floats,
    blocks: Starts,
    looped: NDArray[np.bool_],
    tolerance: float,
    most: int,
) -> tuple[Floats, int, float, float]:
    """Consumers first: blocks from the last to the first, sweeps from the last place of a loop to its first."""
    size = len(right)
    values, base, scale = np.zeros(size), np.zeros(size), np.zeros(size)
    used, worst_error, rounding = 0, 0.0, 4.0 * 2.220446049250313e-16
    for b in range(len(looped) - 1, -1, -1):
        first, last = blocks[b], blocks[b + 1]
        busy = False
        for p in range(last - 1, first - 1, -1):
            total, terms = _gather(consumers, amounts, values, outer[p] if looped[b] else starts[p], starts[p + 1])
            base[p], scale[p] = right[p] + total, abs(right[p]) + terms
            busy = busy or scale[p] > 0.0
            if not looped[b]:
                values[p] = base[p] / (1.0 - own[p])
        if not looped[b] or not busy:
            continue
        previous, rate, error, sweep = np.inf, 1.0, np.inf, 0
        while sweep < most:
            sweep += 1
            change = 0.0
            for p in range(last - 1, first - 1, -1):
                total, terms = _gather(consumers, amounts, values, starts[p], outer[p])
                new = (base[p] + total) / (1.0 - own[p])
                moved = abs(new - values[p]) * (1.0 - own[p])
                values[p] = new
                if not moved <= change * (scale[p] + terms):
                    change = moved / (scale[p] + terms)
            if not change < np.inf:
                return values, sweep, np.inf, np.inf
            latest = change / previous if previous > 0.0 else 0.0
            worse = max(rate, latest) if sweep > 2 else 1.0
            rate, previous = latest, change
            if worse < 1.0:
                error = change * max(1.0, worse / (1.0 - worse))
            if change <= rounding:
                error = change
            if error <= tolerance or change <= rounding:
                break
        used, worst_error = max(used, sweep), max(worst_error, error)
    residual = 0.0
    for p in range(size):
        total, terms = _gather(consumers, amounts, values, starts[p], starts[p + 1])
        total, terms = total + right[p], terms + abs(right[p]) + abs(own[p] * values[p])
        have = (1.0 - own[p]) * values[p]
        if not abs(have) < np.inf:
            return values, used, np.inf, np.inf
        if not abs(total - have) <= residual * terms:
            residual = abs(total - have) / terms
    return values, used, worst_error, residual
