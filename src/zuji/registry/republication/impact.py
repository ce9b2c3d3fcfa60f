"""The dry run: what a publication would do, as one sparse product of vectors and changes. Nothing here writes.

What it shows is for those who decide on a publication, and never activity data: how many, by how much, and whose. Which total a footprint has,
what its product is called and how much of anything it takes is in none of it.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from zuji.engine.factors import FactorVersion
from zuji.engine.quantities import decimal_text
from zuji.registry.republication.drafting import Row, used, vectors
from zuji.registry.republication.plan import Plan

EDGES = (-50, -20, -10, -5, -2, -1, 0, 1, 2, 5, 10, 20, 50)
"""Of the histogram, in percent of the old total. A change on an edge counts to the class nearer to zero; no change at all is a class of its own."""
MOVERS = 10


@dataclass(frozen=True, slots=True)
class Class:
    """A class of the histogram: footprints whose total changes by more than ``low`` and at most ``high`` percent (None: no end)."""

    low: int | None
    high: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Swept:
    """The product: for each footprint its enterprise and its relative change; how many have none, by reason; whose all of them are."""

    footprints: NDArray[np.str_]
    enterprises: NDArray[np.int64]
    relative: NDArray[np.float64]
    without: Mapping[str, int]
    withdrawn: int
    of_zero: int
    owners: frozenset[int]


@dataclass(slots=True)
class _Sparse:
    """Footprints × (factor, GWP set), row after row (CSR)."""

    codes: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    totals: list[float] = field(default_factory=list)
    activities: list[float] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=lambda: [0])
    changes: list[float] = field(default_factory=list)
    known: dict[tuple[str, str], int] = field(default_factory=dict)


def swept(plan: Plan) -> Swept:
    """The relative change of every footprint that its vector can answer for."""
    sparse = _Sparse()
    without: dict[str, int] = {}
    withdrawn = 0
    owners: set[int] = set()
    for row in vectors(plan):
        owners.add(row[1])
        why = _taken(sparse, plan, row)
        if why == "withdrawn":
            withdrawn += 1
        elif why:
            without[why] = without.get(why, 0) + 1
    activities, columns = np.array(sparse.activities), np.array(sparse.columns, dtype=np.int64)
    products = activities * np.array(sparse.changes)[columns] if len(columns) else np.zeros(0)
    rows = np.repeat(np.arange(len(sparse.codes)), [end - start for start, end in itertools.pairwise(sparse.ends)])
    change = np.bincount(rows, weights=products, minlength=len(sparse.codes))
    totals = np.array(sparse.totals)
    some = totals != 0
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.where(some, change / np.abs(totals), 0.0)
    return Swept(
        footprints=np.array(sparse.codes, dtype=np.str_)[some],
        enterprises=np.array(sparse.owners, dtype=np.int64)[some],
        relative=relative[some],
        without=without,
        withdrawn=withdrawn,
        of_zero=int(np.count_nonzero(~some)),
        owners=frozenset(owners),
    )


def histogram(relative: NDArray[np.float64]) -> tuple[Class, ...]:
    """Counts by class, from the largest fall to the largest rise; the class from 0 to 0 is of those that do not change."""
    return tuple(each for each, _ in classed(relative))


def classed(relative: NDArray[np.float64]) -> list[tuple[Class, NDArray[np.bool_]]]:
    """The classes of the histogram, each with which of the changes are in it."""
    percent = relative * 100
    unmoved = percent == 0
    found = []
    bounds = [None, *EDGES, None]
    for low, high in itertools.pairwise(bounds):
        falls = high is not None and high <= 0
        # A fall of just 5 % belongs to those from 5 to 2, as a rise of just 5 % to those from 2 to 5.
        above = True if low is None else (percent >= low if falls else percent > low)
        below = True if high is None else (percent < high if falls else percent <= high)
        inside = above & below & ~unmoved
        found.append((Class(low, high, int(np.count_nonzero(inside))), inside))
        if high == 0:
            found.append((Class(0, 0, int(np.count_nonzero(unmoved))), unmoved))
    return found


def movers(found: Swept) -> list[tuple[int, float]]:
    """The enterprises whose footprints move most, each with its largest move, the largest first; ties by the number of the enterprise."""
    order = np.lexsort((found.enterprises, -np.abs(found.relative)))
    first: dict[int, float] = {}
    for place in order:
        first.setdefault(int(found.enterprises[place]), float(found.relative[place]))
        if len(first) == MOVERS:
            break
    return [(enterprise, move) for enterprise, move in first.items() if move]


def percent_text(relative: float) -> str:
    """A relative change in percent with two decimals, as text: what is signed holds no binary float."""
    return decimal_text(Fraction(relative) * 100, 2)


def described(plan: Plan, named: Sequence[str]) -> list[dict[str, str | None]]:
    """The changes as the dry run states them, by the old reference; of earlier versions it is said that they move along."""
    found = []
    for reference in sorted(plan.old):
        old, new = plan.old[reference], plan.new[reference]
        found.append(
            {
                "old": reference,
                "old_value": exact_text(old.value),
                "old_unit": old.unit,
                "new": new.reference if new else None,
                "new_value": exact_text(new.value) if new else None,
                "new_unit": new.unit if new else None,
                "new_content": content_of(new) if new else None,
                "along": None if reference in named else "earlier",
            }
        )
    return found


def content_of(version: FactorVersion) -> str:
    """What tells a candidate from another with the same name: the digest that it carries, and its parts."""
    parts = ";".join(f"{part.gas}:{part.kind or ''}:{part.kg}" for part in version.parts)
    return f"{version.digest} {version.kind} {version.value} {version.unit} {version.per} {parts}"


def _taken(sparse: _Sparse, plan: Plan, row: Row) -> str:
    """Add a row; empty, or why there is none for this footprint."""
    code, enterprise, total, uses, gwp, start, end = row
    entries = []
    for reference, activity, value in used(plan, uses):
        new = plan.value(reference, gwp, start, end)
        if isinstance(new, str):
            return new
        key = (reference, gwp)
        if key not in sparse.known:
            sparse.known[key] = len(sparse.changes)
            sparse.changes.append(float(new - _ratio(value)))
        entries.append((sparse.known[key], _float(activity)))
    for column, amount in entries:
        sparse.columns.append(column)
        sparse.activities.append(amount)
    sparse.codes.append(code)
    sparse.owners.append(enterprise)
    sparse.totals.append(_float(total))
    sparse.ends.append(len(sparse.columns))
    return ""


def _float(text: str) -> float:
    above, _, below = text.partition("/")
    return int(above) / int(below or 1)


def _ratio(text: str) -> Fraction:
    return Fraction(text)


def exact_text(value: Fraction) -> str:
    """In plain digits where it ends, else as a ratio."""
    try:
        return decimal_text(value)
    except ValueError:
        return str(value)
