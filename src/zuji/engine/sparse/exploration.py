"""What makes a footprint uncertain, and whether one product is really better than another."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from zuji.engine.errors import BadMatrix
from zuji.engine.sparse.needs import Floats, Needs
from zuji.engine.sparse.spread import EXACT, LOGNORMAL, Spread
from zuji.engine.sparse.supply import Supply
from zuji.engine.sparse.system import System
from zuji.engine.text import Text

_Z_95 = 1.959963984540054  # the 97.5th percentile of the standard normal


@dataclass(frozen=True, slots=True)
class Share:
    """The part of one input in the variance: ``consumer`` needs ``supplier``; ``supplier`` −1: the consumer's direct burden."""

    consumer: int
    supplier: int
    share: float


@dataclass(frozen=True, slots=True)
class VarianceBudget:
    """First-order variance of the total by input. ``shares``, largest first, and ``rest`` sum to 1 (all 0 where nothing is spread).

    ``relative_sd``: the standard deviation relative to the total. ``stated``: the part of the total, by size of its terms, that has a spread.
    """

    relative_sd: float
    shares: tuple[Share, ...]
    rest: float
    stated: float


def variance_budget(
    system: System, burdens: Any, intensities: Any, made: Supply, *, needs: Spread, direct: Spread, shown: int = 20
) -> VarianceBudget:
    """Which inputs make the total of a demand uncertain, to first order.

    The sensitivity of the total to the logarithm of an input is the burden that it carries, x·w·f' over the total; its square times the
    squared spread is its part of the variance (ISO/IEC Guide 98-3:2008, 5.1; Heijungs and Lenzen, Int. J. LCA 19, 2014). Inputs are
    independent. On a database with spreads of a fifth and more it is a screen: Monte Carlo is the measure. ``made``: the supply of the demand.
    """
    h, f, x = np.asarray(burdens, dtype=np.float64), np.asarray(intensities, dtype=np.float64), made.values
    matrix = system.needs
    rows = np.repeat(np.arange(system.size), np.diff(matrix.starts))
    if len(needs.kind) != matrix.size or len(direct.kind) != system.size:
        raise BadMatrix(Text("分布的个数与数值不符。", "There must be one spread for each amount and for each direct burden."))
    own: Floats = x * h
    carried: Floats = x[rows] * matrix.amounts * f[matrix.suppliers]
    total = float(own.sum())
    parts = np.concatenate([own, carried])
    kinds, sizes = np.concatenate([direct.kind, needs.kind]), np.concatenate([direct.size, needs.size]).astype(np.float64)
    variances = np.where(kinds == EXACT, 0.0, (parts * sizes) ** 2)
    whole = float(variances.sum())
    if whole == 0.0 or total == 0.0:
        return VarianceBudget(0.0, (), 0.0, 0.0)
    largest = np.argsort(-variances, kind="stable")[:shown]
    shares = tuple(
        Share(int(k), -1, float(variances[k] / whole)) if k < system.size
        else Share(int(rows[k - system.size]), int(matrix.suppliers[k - system.size]), float(variances[k] / whole))
        for k in largest
        if variances[k] > 0
    )  # fmt: skip
    terms = float(np.abs(parts).sum())
    stated = float(np.abs(parts[kinds != EXACT]).sum()) / terms
    return VarianceBudget(float(np.sqrt(whole)) / abs(total), shares, 1.0 - sum(share.share for share in shares), stated)


@dataclass(frozen=True, slots=True)
class Comparison:
    """``lower``: the share of runs in which A is lower than B; ``between``: the 95 % interval of that share, which more runs would narrow.

    ``difference``: A − B, its 2.5th percentile, median and 97.5th percentile; ``runs``: how many were compared.
    """

    lower: float
    between: tuple[float, float]
    difference: tuple[float, float, float]
    runs: int


def compare(a: Any, b: Any) -> Comparison:
    """Compare two products run by run, on the same draws of everything they share.

    Dependent sampling, as Henriksson et al. (PLoS ONE 10(3), 2015, e0121221) show for product carbon footprints: what both have in common cancels.
    The interval of the share is Wilson's (J. Amer. Statist. Assoc. 22, 1927). Runs that are equal count half. Raises
    :class:`BadMatrix` where the runs are not as many, or none.
    """
    first, second = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if first.shape != second.shape or first.ndim != 1 or len(first) == 0:
        raise BadMatrix(Text("比较需要同样多的模拟次数。", "A comparison needs as many runs of both, and at least one."))
    runs = len(first)
    lower = float((first < second).mean() + (first == second).mean() / 2)
    z = _Z_95**2 / runs
    middle, half = (lower + z / 2) / (1 + z), np.sqrt(lower * (1 - lower) * z + z * z / 4) / (1 + z)
    low, median, high = (float(q) for q in np.percentile(first - second, [2.5, 50, 97.5]))
    return Comparison(lower, (max(0.0, float(middle - half)), min(1.0, float(middle + half))), (low, median, high), runs)


@dataclass(frozen=True, slots=True)
class Swing:
    """The total with one input at its low and at its high end, all others as stated."""

    input: int
    low: float
    high: float


def tornado(foreground: Needs, intensities: Any, product: int, *, spread: Spread, direct: float = 0.0) -> tuple[Swing, ...]:
    """How far each input of a foreground product moves its score, at the ends of its 95 % interval; the widest first.

    One at a time, exact since a score is linear in each input. A lognormal input goes from value ÷ e^(1.96 σ) to value × e^(1.96 σ), a
    normal one by 1.96 standard deviations; an exact one does not move. ``spread``: in the order of ``foreground.amounts``. ``input``
    counts within the product's row. ``direct``: the product's own burden. Raises :class:`BadMatrix` where lengths differ.
    """
    if len(spread.kind) != foreground.size:
        raise BadMatrix(Text("分布的个数与用量不符。", "There must be one spread for each amount."))
    f = np.asarray(intensities, dtype=np.float64)
    suppliers, amounts = foreground.row(product)
    here = slice(int(foreground.starts[product]), int(foreground.starts[product + 1]))
    parts = amounts * f[suppliers]
    total = direct + float(parts.sum())
    swings = []
    for k, (kind, size) in enumerate(zip(spread.kind[here].tolist(), spread.size[here].tolist(), strict=True)):
        if kind == EXACT:
            low, high = 1.0, 1.0
        elif kind == LOGNORMAL:
            low, high = float(np.exp(-_Z_95 * size)), float(np.exp(_Z_95 * size))
        else:
            low, high = 1 - _Z_95 * size, 1 + _Z_95 * size
        swings.append(Swing(k, total + float(parts[k]) * (low - 1), total + float(parts[k]) * (high - 1)))
    return tuple(sorted(swings, key=lambda swing: (-abs(swing.high - swing.low), swing.input)))
