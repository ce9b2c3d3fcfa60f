"""Monte Carlo over a whole database: drawn once with a seed, kept, and shared by every product, so that comparisons are paired.

Method: JCGM 101:2008 (propagation of distributions); background drawn beforehand and reused by all products, with their dependence, as
Lesage, Mutel, Schenker and Margni (Int. J. LCA 23, 2018) and Qin and Suh (Int. J. LCA 23, 2018) recommend. Draws come in batches of sixteen that depend on the seed and
their number alone: any worker may make any batch, in any order, anywhere, and gets the same bits.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from zuji.engine.errors import BadMatrix
from zuji.engine.sparse.batch import background_batch
from zuji.engine.sparse.bounded import bounded_multipliers
from zuji.engine.sparse.chance import LANES, multipliers, multipliers_by_row
from zuji.engine.sparse.compiled import compiled
from zuji.engine.sparse.intensity import intensities
from zuji.engine.sparse.needs import Floats, Needs, Places, Starts, frozen
from zuji.engine.sparse.spread import Spread
from zuji.engine.sparse.system import System
from zuji.engine.text import Text

TOLERANCE = 1e-6  # in float32; ten thousand draws know a mean to a hundredth of its spread
MOST_SWEEPS = 300
_BACKGROUND, _FOREGROUND = 0, 1

Single = NDArray[np.float32]


class Runner(Protocol):
    """Something that applies a function to each of many arguments and gives the results in their order: here, or on a cluster."""

    def __call__(self, work: Callable[[Any], Any], arguments: Sequence[Any], /) -> Iterable[Any]: ...


def here(work: Callable[[Any], Any], arguments: Sequence[Any], /) -> Iterable[Any]:
    """The runner of this process, one after another."""
    return map(work, arguments)


@dataclass(frozen=True, eq=False, slots=True)
class Sampler:
    """A database ready to be drawn; a plain value that can be sent to a worker. ``scale[j]``: what draws of product j are relative to.

    Entries: in rows by place the direct burdens, then needs from outside and from within a loop; then needs of products themselves.
    """

    starts: Starts
    inner: Starts
    sources: Places
    own: Places
    shares: Single
    kinds: NDArray[np.uint8]
    sizes: Single
    blocks: Starts
    looped: NDArray[np.bool_]
    order: Places
    at: Single
    scale: Floats
    seed: int
    between: Spread
    bounded: NDArray[np.int64]

    def weights(self, number: int) -> Single:
        """The drawn entries of a batch: (entries, 16); ``between`` are the spreads of the ``bounded`` entries."""
        address, key = (_BACKGROUND, number * LANES, 0), _key(self.seed)
        made = multipliers(self.kinds, self.sizes, self.shares, address, key)
        if len(self.bounded):
            drawn_ = bounded_multipliers(self.between.kind, self.between.low, self.between.centre, self.between.high, address, key)
            made[self.bounded] = self.shares[self.bounded][:, None] * drawn_
        return made

    def batch(self, number: int) -> "Batch":
        """Draws 16·number to 16·number + 15 of every product."""
        weights = self.weights(number)
        made, failed = background_batch(
            self.starts, self.inner, self.sources, self.own, weights, self.blocks, self.looped, self.order, self.at, TOLERANCE, MOST_SWEEPS
        )
        return Batch(number, made, np.array([bool(failed >> lane & 1) for lane in range(LANES)]))


@dataclass(frozen=True, eq=False, slots=True)
class Batch:
    """Sixteen draws: ``relative[j, d]``, of product j relative to the scale (float32); ``failed[d]``: no solution exists for the draw."""

    number: int
    relative: Single
    failed: NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class Draws:
    """Kept draws of a database. ``relative[b, j, d]``: draw 16 b + d of product j over ``scale[j]`` (float32, 4 bytes a draw and product).

    ``failed``: draws in which a loop consumes as much as it makes, so that no footprint exists; they are left out of every answer, and
    :attr:`usable` says how many are left.
    """

    relative: Single
    failed: NDArray[np.bool_]
    scale: Floats
    seed: int

    @property
    def usable(self) -> int:
        return int((~self.failed).sum())

    def of(self, product: int) -> Floats:
        """The usable draws of one product's intensity, in the unit of the burdens per unit of the product."""
        made: Floats = (self.relative[:, product, :].ravel().astype(np.float64) * self.scale[product])[~self.failed]
        return made


def sampler(system: System, burdens: Any, *, needs: Spread, direct: Spread, seed: int, consumers: Any = None) -> Sampler:
    """Prepare draws of a system.

    ``burdens``: direct burdens; one per product, or one per emission with ``consumers`` naming the product of each. ``needs``: spreads in the
    order of ``system.needs.amounts``; ``direct``: in the order of ``burdens``. Raises :class:`BadMatrix` where lengths differ, and as
    :func:`~zuji.engine.sparse.intensity.intensities`.
    """
    amounts = np.asarray(burdens, dtype=np.float64)
    owners = np.arange(system.size) if consumers is None else np.asarray(consumers, dtype=np.int64)
    if len(needs.kind) != system.needs.size or len(direct.kind) != len(amounts) or owners.shape != amounts.shape:
        raise BadMatrix(Text("分布的个数与数值不符。", "There must be one spread for each amount and for each direct burden."))
    order, rank, size = system.plan.order, system.plan.rank, system.size
    h = np.bincount(owners, amounts, size)
    gross_burdens = np.bincount(owners, np.abs(amounts), size)
    absolute = replace(system, amounts=frozen(np.abs(system.amounts)), own=frozen(np.abs(system.own)))
    scale = intensities(absolute, gross_burdens).values[:, 0]
    scale = np.where(scale > 0, scale, 1.0)
    value = intensities(system, h).values[:, 0]
    places = scale[order]
    by_place = np.argsort(rank[owners], kind="stable")
    count = np.bincount(rank[owners], minlength=size)
    before = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    starts = system.starts + before
    inner = system.inner + before[1:]
    slot = np.arange(len(amounts)) - np.repeat(before[:-1], count) + np.repeat(starts[:-1], count)
    arcs = np.arange(len(system.suppliers)) + np.repeat(before[1:], np.diff(system.starts))
    row = np.repeat(np.arange(size), np.diff(system.starts))
    total = len(amounts) + len(system.suppliers)
    selfish = np.flatnonzero(system.own != 0)
    sources, entries = np.full(total + len(selfish), size, np.int32), np.zeros(total + len(selfish))
    sources[arcs], entries[arcs] = system.suppliers, system.amounts * places[system.suppliers] / places[row]
    entries[slot] = amounts[by_place] / np.repeat(places, count)
    own = np.full(size, -1, np.int32)
    own[selfish] = total + np.arange(len(selfish))
    sources[total:], entries[total:] = selfish, system.own[selfish]
    spread = _arranged(len(entries), (arcs, needs.at(system.came)), (slot, direct.at(by_place)),
                       (np.arange(total, len(entries)), _own_spreads(system, needs, order[selfish])))  # fmt: skip
    bounded = spread.bounded()
    return Sampler(
        frozen(starts), frozen(inner), frozen(sources), frozen(own), frozen((entries * spread.shift()).astype(np.float32)),
        frozen(spread.kind), frozen(spread.size), system.plan.blocks, system.plan.looped, order,
        frozen((value[order] / places).astype(np.float32)), frozen(scale), seed, spread.at(bounded), frozen(bounded),
    )  # fmt: skip


def _arranged(entries: int, *parts: tuple[NDArray[np.int64], Spread]) -> Spread:
    """Spreads at their places among all entries."""
    kind = np.zeros(entries, np.uint8)
    size, centre, low, high = np.zeros(entries, np.float32), *(np.ones(entries, np.float32) for _ in range(3))
    for places, spread in parts:
        kind[places], size[places], centre[places] = spread.kind, spread.size, spread.centre
        low[places], high[places] = spread.low, spread.high
    return Spread(kind, size, centre, low, high)


def _own_spreads(system: System, needs: Spread, products: Places) -> Spread:
    """The spreads of what products need of themselves."""
    found = []
    for j in products:
        here_ = slice(int(system.needs.starts[j]), int(system.needs.starts[j + 1]))
        found.append(here_.start + int(np.searchsorted(system.needs.suppliers[here_], j)))
    return needs.at(np.array(found, dtype=np.int64))


def drawn(prepared: Sampler, *, draws: int, runner: Runner = here) -> Draws:
    """``draws`` draws (rounded up to a multiple of sixteen) of every product. The runner changes where they are made, not what they are."""
    batches = sorted(runner(prepared.batch, range(-(-draws // LANES))), key=lambda batch: batch.number)
    relative = frozen(np.stack([batch.relative for batch in batches]))
    return Draws(relative, frozen(np.concatenate([batch.failed for batch in batches])), prepared.scale, prepared.seed)


def drawn_scores(foreground: Needs, background: Draws, *, spread: Spread, rows: Any = None) -> Floats:
    """The score of each foreground product in every usable draw: shape (products, draws), float64.

    Background draws are shared, so the draws of two products may be compared one by one; each product's own inputs are drawn by its number
    in ``rows`` (its place, if not given). Raises :class:`BadMatrix` where lengths differ.
    """
    if len(spread.kind) != foreground.size or foreground.columns != len(background.scale):
        raise BadMatrix(Text("前景与背景或分布的个数不符。", "The foreground does not fit the background or its spreads."))
    numbers = np.arange(foreground.rows) if rows is None else np.asarray(rows, dtype=np.int64)
    contribution = foreground.amounts * background.scale[foreground.suppliers]
    made = np.empty((foreground.rows, len(background.failed)))
    key, shift = _key(background.seed), spread.shift()
    between = np.unique(np.searchsorted(foreground.starts, spread.bounded(), side="right") - 1)
    for number in range(len(background.relative)):
        weights = multipliers_by_row(foreground.starts, spread.kind, spread.size, shift, numbers, (_FOREGROUND, number * LANES), key)
        for n in between:
            here_ = slice(int(foreground.starts[n]), int(foreground.starts[n + 1]))
            held = spread.at(here_)
            inside = held.bounded()
            held, address = held.at(inside), (_FOREGROUND, number * LANES, int(numbers[n]))
            weights[here_.start + inside] = bounded_multipliers(held.kind, held.low, held.centre, held.high, address, key)
        _score_batch(foreground.starts, foreground.suppliers, contribution, weights, background.relative[number], made, number * LANES)
    return made[:, ~background.failed]


@compiled
def _score_batch(
    starts: Starts, suppliers: Places, contribution: Floats, weights: Single, relative: Single, made: Floats, first: int
) -> None:
    """The scores of all rows in the draws of one batch, which go into the columns of ``made`` from ``first``; summed in float64, in order."""
    total = np.empty(LANES)
    for n in range(len(starts) - 1):
        total[:] = 0.0
        for k in range(starts[n], starts[n + 1]):
            part, i = contribution[k], suppliers[k]
            for lane in range(LANES):
                total[lane] += part * (np.float64(weights[k, lane]) * np.float64(relative[i, lane]))
        for lane in range(LANES):
            made[n, first + lane] = total[lane]


def _key(seed: int) -> tuple[int, int]:
    return seed & 0xFFFFFFFF, seed >> 32 & 0xFFFFFFFF
