"""What makes a footprint uncertain, and whether one product is really better than another."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from zuji.engine.errors import BadMatrix
from zuji.engine.sparse.needs import Floats, Needs
from zuji.engine.sparse.spread import EXACT, Spread
from zuji.engine.sparse.supply import Consumers, Supply, supply
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
    system: System, burdens: Any, intensities: Any, made: Supply, *, needs: Spread, direct: Spread, consumers: Any = None, shown: int = 20
) -> VarianceBudget:
    """Which inputs make the total of a demand uncertain, to first order.

    The sensitivity of the total to the logarithm of an input is the burden that it carries, x·w·f' over the total; its square times the
    squared spread is its part of the variance (ISO/IEC Guide 98-3:2008, 5.1; Heijungs and Lenzen, Int. J. LCA 19, 2014). Inputs are
    independent. On a database with spreads of a fifth and more it is a screen: Monte Carlo is the measure. ``made``: the supply of the demand.
    ``burdens``: one per product, or one per emission with ``consumers`` naming the product of each. Raises :class:`BadMatrix` where lengths differ.
    """
    h, f, x = np.asarray(burdens, dtype=np.float64), np.asarray(intensities, dtype=np.float64), made.values
    matrix = system.needs
    rows = np.repeat(np.arange(system.size), np.diff(matrix.starts))
    owners = np.arange(system.size) if consumers is None else np.asarray(consumers, dtype=np.int64)
    if len(needs.kind) != matrix.size or not len(direct.kind) == len(h) == len(owners):
        raise BadMatrix(Text("分布的个数与数值不符。", "There must be one spread for each amount and for each direct burden."))
    own: Floats = x[owners] * h
    carried: Floats = x[rows] * matrix.amounts * f[matrix.suppliers]
    total = float(own.sum())
    variances = np.concatenate(
        [np.bincount(owners, (own * direct.deviations()) ** 2, system.size), (carried * needs.deviations()) ** 2]
    )  # what one process emits is one line, however many emissions it states
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
    parts, kinds = np.concatenate([own, carried]), np.concatenate([direct.kind, needs.kind])
    stated = float(np.abs(parts[kinds != EXACT]).sum()) / float(np.abs(parts).sum())
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

    One at a time, exact since a score is linear in each input. The ends are the 2.5th and the 97.5th percentile of its spread; an exact input
    does not move. ``spread``: in the order of ``foreground.amounts``. ``input`` counts within the product's row. ``direct``: the product's
    own burden. Raises :class:`BadMatrix` where lengths differ.
    """
    if len(spread.kind) != foreground.size:
        raise BadMatrix(Text("分布的个数与用量不符。", "There must be one spread for each amount."))
    f = np.asarray(intensities, dtype=np.float64)
    suppliers, amounts = foreground.row(product)
    here = slice(int(foreground.starts[product]), int(foreground.starts[product + 1]))
    parts = amounts * f[suppliers]
    total = direct + float(parts.sum())
    ends = zip(*(held.tolist() for held in spread.at(here).ends()), strict=True)
    swings = [Swing(k, total + float(parts[k]) * (low - 1), total + float(parts[k]) * (high - 1)) for k, (low, high) in enumerate(ends)]
    return tuple(sorted(swings, key=lambda swing: (-abs(swing.high - swing.low), swing.input)))


@dataclass(frozen=True, slots=True)
class NetworkSwing:
    """The total with one amount or burden of the network at its low and at its high end; ``supplier`` −1: the consumer's direct burden.

    An end is None where no footprint exists with it, because a loop would consume as much as it makes.
    """

    consumer: int
    supplier: int
    low: float | None
    high: float | None

    @property
    def width(self) -> float:
        """How far the ends are apart; infinite where one does not exist."""
        return np.inf if self.low is None or self.high is None else abs(self.high - self.low)


Ends = tuple[Floats, Floats]


def network_tornado(
    system: System, burdens: Any, intensities: Any, made: Supply, product: int, *,
    needs: Ends, direct: Ends, consumers: Consumers | None = None, shown: int = 12,
) -> tuple[NetworkSwing, ...]:  # fmt: skip
    """How far each amount and burden anywhere in a product's network moves its intensity, the widest first; loops included.

    One at a time, and exact: with amount w of supplier k in consumer j changed by d, the intensity changes by x·d·f / (1 − d·y), where x
    is the supply of j for one unit of the product, f the intensity of k, and y the supply of j for one unit of k (Sherman and Morrison, Ann. Math.
    Statist. 21, 1950). The ``shown`` are chosen by x·d·f. ``needs``, ``direct``: the low and the high end of each amount and of each burden,
    relative to it. ``made``: the supply of one unit of the product; one category. Raises :class:`BadMatrix` where lengths differ.
    """
    h, f, x = np.asarray(burdens, dtype=np.float64), np.asarray(intensities, dtype=np.float64), made.values
    matrix = system.needs
    if any(len(end) != matrix.size for end in needs) or any(len(end) != system.size for end in direct):
        raise BadMatrix(Text("上下限的个数与数值不符。", "There must be two ends for each amount and for each direct burden."))
    rows = np.repeat(np.arange(system.size), np.diff(matrix.starts))
    parts: Floats = np.concatenate([x * h, x[rows] * matrix.amounts * f[matrix.suppliers]])
    low, high = (np.concatenate([own, of]) - 1 for own, of in zip(direct, needs, strict=True))
    reach = np.abs(parts) * np.maximum(np.abs(low), np.abs(high))
    total, swings = float(f[product]), []
    behind: dict[int, Floats] = {}
    for k in np.argsort(-reach, kind="stable")[:shown].tolist():
        if not reach[k]:
            break
        if k < system.size:
            swings.append(NetworkSwing(k, -1, total + float(parts[k] * low[k]), total + float(parts[k] * high[k])))
            continue
        at = k - system.size
        consumer, supplier = int(rows[at]), int(matrix.suppliers[at])
        if supplier not in behind:
            wanted = np.zeros(system.size)
            wanted[supplier] = 1.0
            behind[supplier] = supply(system, wanted, consumers=consumers).values
        again = float(matrix.amounts[at] * behind[supplier][consumer])
        moved = [total + float(parts[k]) * d / (1 - d * again) if d * again < 1 else None for d in (float(low[k]), float(high[k]))]
        swings.append(NetworkSwing(consumer, supplier, *moved))
    return tuple(sorted(swings, key=lambda swing: (-swing.width, swing.consumer, swing.supplier)))
