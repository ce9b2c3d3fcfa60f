"""Why the footprint of a process differs between two releases of a database: the difference by cause and place, whose parts sum to it.

With x the supply of one unit of the product and f the intensities, before and after (primed), the difference is, exactly and whatever loops there are,

    f' − f  =  x'·(Δh + ΔW f)  =  x·(Δh + ΔW f'),

and the mean of both, which prefers neither release, is what each changed burden and each changed amount did (structural decomposition:
Dietzenbacher and Los, Economic Systems Research 10, 1998, doi 10.1080/09535319800000023). A process that only one release has needs and emits nothing in
the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from zuji.engine.errors import BadMatrix
from zuji.engine.sparse.needs import Floats, Needs
from zuji.engine.text import Text

Cause = Literal["factor", "activity", "electricity", "structure", "allocation", "rule"]
CAUSES: tuple[Cause, ...] = ("factor", "activity", "electricity", "structure", "allocation", "rule")
_ALIKE = 1e-9  # relative: what a row was multiplied with is the same for all its entries
_NOISE = 1e-15  # of the larger total: below it a difference is rounding


@dataclass(frozen=True, eq=False, slots=True)
class State:
    """One release as seen from one product: its matrix, one category of burdens and intensities, the supply of one unit of the product."""

    needs: Needs
    burdens: Floats
    intensities: Floats
    supply: Floats
    product: int


@dataclass(frozen=True, slots=True)
class Change:
    """What one change did to the footprint. ``consumer``, ``supplier``: places in the common numbering; supplier −1: the consumer's own burden.

    ``before``, ``after``: the burden or the amount in each release; None where the release has no such process or input.
    """

    cause: Cause
    consumer: int
    supplier: int
    before: float | None
    after: float | None
    value: float


@dataclass(frozen=True, slots=True)
class Difference:
    """The footprint ``before`` and ``after``; ``by_cause`` and, with the ``rest``, the largest ``changes`` sum to what is between them.

    ``rest_count``: how many changes are in the rest.
    """

    before: float
    after: float
    by_cause: Mapping[Cause, float]
    changes: tuple[Change, ...]
    rest: float
    rest_count: int


def explained_difference(before: State, after: State, *, places: Any, same: Any, electricity: Any, shown: int = 20) -> Difference:
    """The difference of the footprint of a product, ``after`` less ``before``, by cause.

    The common numbering: process i of ``before`` is i; ``places[k]`` is the number of process k of ``after``, from ``len(before)`` on where ``before``
    does not have it. ``same``: numbers of processes whose content is the same in both, as a mask; ``electricity``: those that supply
    electricity. A change is, in this order: of the *rule* where the content of the consumer is the same, so that only linking or reading
    can have changed it; of *structure* where a process or an input is in one release only; of *allocation* where everything in the consumer's row is
    multiplied with one number; of *electricity* where the supplier supplies it; else of *activity* data, or of a *factor* where it is a burden.

    Raises :class:`BadMatrix` where the numbering does not fit or gives the product of one side another number than that of the other.
    """
    numbers = np.asarray(places, dtype=np.int64)
    count = _count(before, after, numbers, same, electricity)
    here = np.zeros((2, count), dtype=np.bool_)
    here[0, : before.needs.rows] = True
    here[1, numbers] = True
    h, f, x = (np.zeros((2, count)) for _ in range(3))
    for side, state, at in ((0, before, np.arange(before.needs.rows)), (1, after, numbers)):
        h[side, at], f[side, at], x[side, at] = state.burdens, state.intensities, state.supply
    rows, columns, amounts, stated = _entries(before.needs, after.needs, numbers, count)
    scale = _scales(h, rows, amounts, stated, here, count)
    own = (x[0] + x[1]) / 2 * (h[1] - h[0])
    carried = (amounts[1] - amounts[0]) * (x[1, rows] * f[0, columns] + x[0, rows] * f[1, columns]) / 2
    effects = np.concatenate([own, carried])
    consumers, suppliers = np.concatenate([np.arange(count), rows]), np.concatenate([np.full(count, -1), columns])
    values = np.concatenate([h, amounts], axis=1)
    known = np.concatenate([here, stated], axis=1)
    causes = _causes(consumers, suppliers, known, here, scale, np.asarray(same, np.bool_), np.asarray(electricity, np.bool_))
    totals = float(before.intensities[before.product]), float(after.intensities[after.product])
    told = np.flatnonzero(np.abs(effects) > _NOISE * max(map(abs, totals)))
    order = told[np.argsort(-np.abs(effects[told]), kind="stable")]
    listed = tuple(
        Change(
            CAUSES[causes[k]], int(consumers[k]), int(suppliers[k]),
            float(values[0, k]) if known[0, k] else None, float(values[1, k]) if known[1, k] else None, float(effects[k]),
        )
        for k in order[:shown]
    )  # fmt: skip
    by_cause = {cause: float(effects[causes == n].sum()) for n, cause in enumerate(CAUSES) if bool((causes[told] == n).any())}
    rest = float(effects.sum() - effects[order[:shown]].sum()) if len(order) > shown else 0.0
    return Difference(*totals, by_cause, listed, rest, max(0, len(order) - shown))


def _count(before: State, after: State, numbers: NDArray[np.int64], same: Any, electricity: Any) -> int:
    count = len(np.asarray(same))
    known = np.zeros(count, dtype=np.bool_)
    fits = len(numbers) == after.needs.rows and len(np.asarray(electricity)) == count >= before.needs.rows
    if not fits or bool((numbers < 0).any()) or bool((numbers >= count).any()) or len(np.unique(numbers)) != len(numbers):
        raise BadMatrix(Text("两个版本的过程编号不相符。", "The numbering of the processes of both releases does not fit."))
    known[: before.needs.rows] = True
    known[numbers] = True
    if numbers[after.product] != before.product:
        raise BadMatrix(Text("比较的不是同一个产品。", "What is compared is not the same product."))
    if not bool(known.all()):
        raise BadMatrix(Text("有的编号在两个版本中都没有过程。", "A number has a process in neither release."))
    return count


def _entries(
    before: Needs, after: Needs, numbers: NDArray[np.int64], count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats, NDArray[np.bool_]]:
    """Every input that either release has: consumer, supplier, its amount in both (0 where it is not), and which of them states it."""
    consumers = np.repeat(np.arange(before.rows), np.diff(before.starts)), numbers[np.repeat(np.arange(after.rows), np.diff(after.starts))]
    suppliers = before.suppliers.astype(np.int64), numbers[after.suppliers]
    keys = [consumer * count + supplier for consumer, supplier in zip(consumers, suppliers, strict=True)]
    whole = np.unique(np.concatenate(keys))
    amounts, stated = np.zeros((2, len(whole))), np.zeros((2, len(whole)), dtype=np.bool_)
    for side, needs in ((0, before), (1, after)):
        at = np.searchsorted(whole, keys[side])
        amounts[side, at], stated[side, at] = needs.amounts, True
    return whole // count, whole % count, amounts, stated


def _scales(
    h: Floats, rows: NDArray[np.int64], amounts: Floats, stated: NDArray[np.bool_], here: NDArray[np.bool_], count: int
) -> NDArray[np.bool_]:
    """Which processes have, in both releases, the same inputs and burden but for one common factor other than 1; of two numbers at least."""
    values = np.concatenate([h, amounts], axis=1)
    owner = np.concatenate([np.arange(count), rows])
    used = (values != 0).any(axis=0)
    both = (values != 0).all(axis=0)
    ratio = np.divide(values[1], values[0], out=np.zeros_like(values[0]), where=both)
    least, most = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(least, owner[used], ratio[used])
    np.maximum.at(most, owner[used], ratio[used])
    several = np.bincount(owner[used], minlength=count) > 1
    one = np.bincount(rows, ~stated.all(axis=0), count) == 0
    found: NDArray[np.bool_] = (
        several & one & here.all(axis=0) & (least > 0) & (most - least <= _ALIKE * np.abs(most)) & (np.abs(most - 1) > _ALIKE)
    )
    return found


def _causes(
    consumers: NDArray[np.int64],
    suppliers: NDArray[np.int64],
    known: NDArray[np.bool_],
    here: NDArray[np.bool_],
    scale: NDArray[np.bool_],
    same: NDArray[np.bool_],
    electricity: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """The cause of each change, as its place among :data:`CAUSES`."""
    is_input = suppliers >= 0
    fitting = np.where(is_input, CAUSES.index("activity"), CAUSES.index("factor"))
    fitting = np.where(is_input & electricity[suppliers], CAUSES.index("electricity"), fitting)
    fitting = np.where(scale[consumers], CAUSES.index("allocation"), fitting)
    fitting = np.where(~known.all(axis=0), CAUSES.index("structure"), fitting)
    kept = same & here.all(axis=0)
    made: NDArray[np.int64] = np.where(kept[consumers], CAUSES.index("rule"), fitting)
    return made
