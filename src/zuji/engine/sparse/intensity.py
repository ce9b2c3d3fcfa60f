"""Intensities: the burden of one unit of every product with all that it needs, for several categories at once.

f = h + Wf with W the needs (rows by consumer): the transposed system of Heijungs and Suh (2002, ch. 6). One such solution gives the
footprint of every product; each further score is a dot product with it. In no loop it is substitution in plan order; within a loop
Gauss-Seidel sweeps (the power series of Peters, Int. J. LCA 12, 2007, with each new value used at once), which lose no digits: all sums are
as accurate as their terms, component by component, which a sparse LU decomposition is not. Places are made unsigned in the innermost loops: for
a signed one numba asks each time whether it counts from the end.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zuji.engine.errors import BadMatrix, NotConverged, NotFinite
from zuji.engine.sparse.compiled import compiled
from zuji.engine.sparse.needs import Floats, Places, Starts
from zuji.engine.sparse.system import System
from zuji.engine.text import Text

TOLERANCE = 1e-13
MOST_SWEEPS = 100_000
RESIDUAL_LIMIT = 1e-11
_ROUNDING = 2.0**-52


@dataclass(frozen=True, eq=False, slots=True)
class Intensities:
    """``values[j, c]``: burden of one unit of product j in category c, in the unit of the burdens per unit of the product.

    ``residual``: the greatest |h + Wf − f| over |h| + |W||f|, component by component (Oettli and Prager, Numer. Math. 6, 1964): by so
    much would the data have to change for the solution to be exact. ``error``: the estimated greatest relative error left by the
    iteration, against |h| + |W||f|. ``sweeps``: how many sweeps the slowest loop took. ``incomplete[j]``: whether anything that product j
    needs, at any depth, has an unknown burden; its intensity is then a lower part and not the whole.
    """

    values: Floats
    residual: float
    error: float
    sweeps: int
    incomplete: NDArray[np.bool_]

    @property
    def coverage(self) -> float:
        """Share of the products whose intensity lacks nothing, 0 to 1."""
        return 1.0 - float(self.incomplete.mean()) if len(self.incomplete) else 1.0


def intensities(
    system: System, burdens: Any, *, unknown: Any = None, start: Floats | None = None, tolerance: float = TOLERANCE
) -> Intensities:
    """Solve f = h + Wf for all products and categories.

    ``burdens``: h, shape (products,) or (products, categories): direct burden of one unit of each product; finite. ``unknown``: products
    whose direct burden is not known, as a mask; their burden counts nothing here, and what needs them is marked incomplete. ``start``:
    an earlier solution to start from. ``tolerance``: relative error at which loops stop.

    Raises :class:`BadMatrix` for burdens of another shape or not finite, :class:`NotConverged` where the tolerance, or a componentwise
    residual of 1e-11, is not reached, :class:`NotFinite` where a result leaves the range of floating-point numbers.
    """
    h = _burdens(system, burdens)
    order = system.plan.order
    right = np.ascontiguousarray(h[order])
    values = np.zeros_like(right) if start is None else np.ascontiguousarray(np.asarray(start, dtype=np.float64).reshape(h.shape)[order])
    sweeps, error = 0, _ROUNDING
    for b in range(len(system.plan.looped)):
        first, last = int(system.plan.blocks[b]), int(system.plan.blocks[b + 1])
        if system.plan.looped[b]:
            used, reached = _loop(
                system.starts,
                system.inner,
                system.suppliers,
                system.amounts,
                system.own,
                right,
                values,
                (first, last),
                (tolerance, MOST_SWEEPS),
            )
            sweeps, error = max(sweeps, used), max(error, reached)
        else:
            _substitute(system.starts, system.suppliers, system.amounts, system.own, right, values, first, last)
    residual, worst = _residual(
        system.starts,
        system.suppliers,
        system.amounts,
        system.own,
        right,
        values,
        np.repeat(system.plan.looped, np.diff(system.plan.blocks)),
    )
    _refuse(residual, worst, error, tolerance, order)
    made = np.empty_like(values)
    made[order] = values
    made.setflags(write=False)
    return Intensities(made, residual, error, sweeps, _incomplete(system, unknown))


def _burdens(system: System, burdens: Any) -> Floats:
    h = np.asarray(burdens, dtype=np.float64)
    h = h[:, None] if h.ndim == 1 else h
    if h.ndim != 2 or len(h) != system.size:
        raise BadMatrix(
            Text(
                f"直接负荷须为 {system.size} 行，而它的形状是 {h.shape}。",
                f"The direct burdens need {system.size} rows; their shape is {h.shape}.",
            )
        )
    if not bool(np.isfinite(h).all()):
        j = int(np.flatnonzero(~np.isfinite(h).all(axis=1))[0])
        raise BadMatrix(Text(f"第 {j} 个产品的直接负荷不是数。", f"The direct burden of product {j} is not a number."))
    return h


def _refuse(residual: float, worst: int, error: float, tolerance: float, order: Places) -> None:
    if worst >= 0:
        product = int(order[worst])
        raise NotFinite(
            Text(
                f"第 {product} 个产品的结果超出浮点数范围。", f"The result of product {product} leaves the range of floating-point numbers."
            ),
            product,
        )
    if not (residual <= max(tolerance, RESIDUAL_LIMIT) and error <= max(tolerance, 64 * _ROUNDING)):
        raise NotConverged(
            Text(
                f"迭代没有达到要求的精度：相对误差约 {error:.1e}，残差 {residual:.1e}。某个循环的增益接近 1，请检查其用量。",
                f"The iteration did not reach the accuracy asked for: relative error about {error:.1e}, residual {residual:.1e}. The gain of a "
                "loop is close to 1: check its amounts.",
            ),
            residual,
        )


def _incomplete(system: System, unknown: Any) -> NDArray[np.bool_]:
    """Whose burden is unknown, and whatever needs them at any depth."""
    mask = np.zeros(system.size, dtype=np.bool_)
    if unknown is not None:
        mask |= np.asarray(unknown, dtype=np.bool_)
        ordered = mask[system.plan.order]
        while _spread(system.starts, system.suppliers, system.amounts, ordered):
            pass
        mask[system.plan.order] = ordered
    mask.setflags(write=False)
    return mask


@compiled
def _spread(starts: Starts, suppliers: Places, amounts: Floats, mask: NDArray[np.bool_]) -> bool:
    """Mark what needs something marked; whether anything new was marked against the order."""
    changed = False
    for p in range(len(mask)):
        if not mask[p]:
            for k in range(starts[p], starts[p + 1]):
                if mask[suppliers[k]] and amounts[k] != 0.0:
                    mask[p] = True
                    changed = True
                    break
    return changed


@compiled
def _substitute(
    starts: Starts, suppliers: Places, amounts: Floats, own: Floats, right: Floats, values: Floats, first: int, last: int
) -> None:
    """Values of places in no loop, whose suppliers all come before."""
    categories = right.shape[1]
    if categories == 1:
        for p in range(first, last):
            total = right[p, 0]
            for k in range(np.uint64(starts[p]), np.uint64(starts[p + 1])):
                total += amounts[k] * values[np.uint64(suppliers[k]), 0]
            values[p, 0] = total / (1.0 - own[p])
        return
    for p in range(first, last):
        for c in range(categories):
            values[p, c] = right[p, c]
        for k in range(np.uint64(starts[p]), np.uint64(starts[p + 1])):
            amount, i = amounts[k], np.uint64(suppliers[k])
            for c in range(categories):
                values[p, c] += amount * values[i, c]
        for c in range(categories):
            values[p, c] /= 1.0 - own[p]


@compiled
def _nothing_negative(starts: Starts, inner: Starts, amounts: Floats, base: Floats, values: Floats, places: tuple[int, int]) -> bool:
    """Whether a loop has no negative amount, burden or value."""
    first, last = places
    for p in range(first, last):
        for k in range(inner[p], starts[p + 1]):
            if amounts[k] < 0.0:
                return False
        for c in range(base.shape[1]):
            if base[p - first, c] < 0.0 or values[p, c] < 0.0:
                return False
    return True


@compiled
def _sweep(
    starts: Starts,
    inner: Starts,
    suppliers: Places,
    amounts: Floats,
    own: Floats,
    base: Floats,
    size: Floats,
    values: Floats,
    at: tuple[int, bool],
) -> float:
    """One Gauss-Seidel sweep over a loop; the greatest change of a value against the size of its terms.

    ``at``: the first place, and whether nothing is negative, so that a sum is also the sum of the sizes.
    """
    first, plain = at
    categories = values.shape[1]
    change = 0.0
    if categories == 1:
        for n in range(len(base)):
            p = first + n
            total, terms = base[n, 0], size[n, 0]
            if plain:
                for k in range(np.uint64(inner[p]), np.uint64(starts[p + 1])):
                    total += amounts[k] * values[np.uint64(suppliers[k]), 0]
                terms = total
            else:
                for k in range(np.uint64(inner[p]), np.uint64(starts[p + 1])):
                    term = amounts[k] * values[np.uint64(suppliers[k]), 0]
                    total += term
                    terms += abs(term)
            new = total / (1.0 - own[p])
            moved = abs(new - values[p, 0]) * (1.0 - own[p])
            values[p, 0] = new
            if not moved <= change * terms:
                change = moved / terms
        return change
    total_of, terms_of = np.empty(categories), np.empty(categories)
    for n in range(len(base)):
        p = first + n
        for c in range(categories):
            total_of[c] = base[n, c]
            terms_of[c] = size[n, c]
        for k in range(np.uint64(inner[p]), np.uint64(starts[p + 1])):
            amount, i = amounts[k], np.uint64(suppliers[k])
            for c in range(categories):
                term = amount * values[i, c]
                total_of[c] += term
                terms_of[c] += abs(term)
        for c in range(categories):
            new = total_of[c] / (1.0 - own[p])
            moved = abs(new - values[p, c]) * (1.0 - own[p])
            values[p, c] = new
            if not moved <= change * terms_of[c]:
                change = moved / terms_of[c]
    return change


@compiled
def _loop(
    starts: Starts,
    inner: Starts,
    suppliers: Places,
    amounts: Floats,
    own: Floats,
    right: Floats,
    values: Floats,
    places: tuple[int, int],
    until: tuple[float, int],
) -> tuple[int, float]:
    """Sweep a loop until the error left is below the tolerance: sweeps, estimated error.

    The changes of consecutive sweeps shrink by a rate r, so what is left after a change d is about d·r/(1 − r); the rate is the worse of
    the last two, and what is left is never taken to be less than the change itself. Changes at the size of rounding end the iteration too: no further digit can be won.
    """
    (first, last), (tolerance, most) = places, until
    categories = right.shape[1]
    base, size = np.empty((last - first, categories)), np.empty((last - first, categories))
    for p in range(first, last):
        for c in range(categories):
            total, terms = right[p, c], abs(right[p, c])
            for k in range(starts[p], inner[p]):
                term = amounts[k] * values[np.uint64(suppliers[k]), c]
                total += term
                terms += abs(term)
            base[p - first, c], size[p - first, c] = total, terms
    plain = _nothing_negative(starts, inner, amounts, base, values, places)
    previous, rate, error = np.inf, 1.0, np.inf
    for sweep in range(1, most + 1):
        change = _sweep(starts, inner, suppliers, amounts, own, base, size, values, (first, plain))
        if not change < np.inf:
            return sweep, np.inf
        latest = change / previous if previous > 0.0 else 0.0
        worse = max(rate, latest) if sweep > 2 else 1.0
        rate, previous = latest, change
        if worse < 1.0:
            error = change * max(1.0, worse / (1.0 - worse))
            if error <= tolerance:
                return sweep, error
        if change <= 4.0 * 2.220446049250313e-16:
            return sweep, change
    return most, error


@compiled
def _residual(
    starts: Starts, suppliers: Places, amounts: Floats, own: Floats, right: Floats, values: Floats, iterated: NDArray[np.bool_]
) -> tuple[float, int]:
    """The greatest componentwise residual, and the first place whose value is not finite, −1 where all are.

    A place in no loop was given the value of this very equation, so its residual is the rounding of one division; only iterated places
    are put into their equations again.
    """
    worst = 2.220446049250313e-16
    for p in range(len(right)):
        for c in range(right.shape[1]):
            have = (1.0 - own[p]) * values[p, c]
            if not abs(have) < np.inf:
                return np.inf, p
            if not iterated[p]:
                continue
            total, terms = right[p, c], abs(right[p, c])
            for k in range(np.uint64(starts[p]), np.uint64(starts[p + 1])):
                term = amounts[k] * values[np.uint64(suppliers[k]), c]
                total += term
                terms += abs(term)
            if not abs(total - have) <= worst * (terms + abs(own[p] * values[p, c])):
                worst = abs(total - have) / (terms + abs(own[p] * values[p, c]))
    return worst, -1
