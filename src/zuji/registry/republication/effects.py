"""What putting one version of a factor in another's place does to footprints, as far as everybody may know it.

Three circles, each with its own secrecy. Footprints that are published are nobody's secret, and one's own are none to oneself: both are counted
as of now. What a publication did in the whole province is told from its successors, which never change, so that nothing can be learnt from two
answers at different times; and only where no class of it rests on fewer than :data:`FEWEST` enterprises.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import numpy as np
from django.db.models import Count, QuerySet
from numpy.typing import NDArray

from zuji.engine.comparison import QUANTUM
from zuji.engine.quantities import round_half_even
from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.factors.published import versions_of
from zuji.registry.footprints.models import Footprint, Publication
from zuji.registry.refusals import NotFound
from zuji.registry.republication.drafting import affected, changed_total, vectors
from zuji.registry.republication.impact import Class, classed, histogram
from zuji.registry.republication.models import Republication, Successor
from zuji.registry.republication.plan import UNKNOWN, Plan
from zuji.registry.republication.previews import FEWEST

MOST_LISTED = 12
MOST_COUNTED = 5_000
"""Footprints whose change is worked out for one answer: published ones and one's own are few, and an answer is bounded all the same."""

_Held = tuple[Class, frozenset[int]]
"""A class with the enterprises in it."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A footprint with its total before and after, in kgCO2e per declared unit; ``after`` None: its vector cannot answer, ``why`` says why not."""

    code: str
    title: Text
    enterprise: Text
    before: Decimal
    after: Decimal | None
    percent: Decimal | None
    why: str


@dataclass(frozen=True, slots=True)
class Circle:
    """The footprints of a circle that rest on the old version: how many, of how many enterprises, the distribution of the change, and the first
    few by name. ``counted``: of how many the change was worked out; ``without``: those of them whose vector cannot answer, by reason.
    """

    footprints: int
    enterprises: int
    counted: int
    classes: tuple[Class, ...]
    without: Mapping[str, int]
    rows: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Province:
    """What a publication did in the whole province. None in place of a number: it would tell of fewer than :data:`FEWEST` enterprises."""

    footprints: int | None
    enterprises: int | None
    classes: tuple[Class, ...] | None
    without: int | None


@dataclass(frozen=True, slots=True)
class Effect:
    """The three circles; ``own`` is None for who acts for no enterprise, ``province`` where no publication put the one in the other's place."""

    published: Circle
    own: Circle | None
    province: Province | None


def effect(old: str, new: str, *, viewer: Viewer) -> Effect:
    """What ``new`` does in the place of ``old`` (both ``id@version``). Raises :class:`NotFound` where one was never published."""
    known = versions_of({old.rpartition("@")[0], new.rpartition("@")[0]})
    if old not in known or new not in known:
        raise NotFound
    plan = Plan({old: known[old]}, {old: known[new]})
    public = Publication.objects.values_list("footprint", flat=True)
    using = affected(plan).values("footprint")
    published = Footprint.objects.filter(pk__in=public).filter(pk__in=using)
    own = Footprint.objects.filter(enterprise__in=viewer.enterprises, pk__in=using)
    return Effect(
        published=_circle(plan, published),
        own=_circle(plan, own) if viewer.enterprises else None,
        province=_carried_out(old, new),
    )


def _circle(plan: Plan, found: QuerySet[Footprint]) -> Circle:
    size = found.aggregate(footprints=Count("pk"), enterprises=Count("enterprise", distinct=True))
    wanted = list(found.order_by("pk").values_list("pk", flat=True)[:MOST_COUNTED])
    rows = {
        row.pk: row
        for row in Footprint.objects.filter(pk__in=wanted)
        .select_related("enterprise")
        .only("total", "title_zh", "title_en", "enterprise__name_zh", "enterprise__name_en")
    }
    totals = {row[0]: changed_total(plan, row) for row in vectors(plan, within=wanted)}
    moved = [_moved(row, totals.get(code, UNKNOWN)) for code, row in rows.items()]
    moved.sort(key=lambda each: (each.percent is None, -abs(each.percent or Decimal(0)), each.code))
    without: dict[str, int] = {}
    for each in moved:
        if each.why:
            without[each.why] = without.get(each.why, 0) + 1
    relative = np.array([change for row in rows.values() if (change := _relative(row, totals.get(row.pk, UNKNOWN))) is not None])
    return Circle(
        footprints=size["footprints"],
        enterprises=size["enterprises"],
        counted=len(rows),
        classes=histogram(relative),
        without=dict(sorted(without.items())),
        rows=tuple(moved[:MOST_LISTED]),
    )


def _moved(row: Footprint, found: Fraction | str) -> Moved:
    before, change = Decimal(row.total), _relative(row, found)
    return Moved(
        code=row.pk,
        title=Text(row.title_zh, row.title_en),
        enterprise=Text(row.enterprise.name_zh, row.enterprise.name_en),
        before=before,
        after=None if isinstance(found, str) else round_half_even(found, QUANTUM),
        percent=None if change is None else round_half_even(Fraction(change) * 100, Fraction(1, 10_000)),
        why=found if isinstance(found, str) else "",
    )


def _relative(row: Footprint, found: Fraction | str) -> float | None:
    """The change in shares of the old total; None where there is no new total, or nothing to take a share of."""
    before = Fraction(row.total)
    return None if isinstance(found, str) or not before else float((found - before) / abs(before))


def _carried_out(old: str, new: str) -> Province | None:
    """The publication that put ``new`` in the place of ``old``, once it is finished."""
    named = json.dumps(old, ensure_ascii=False)
    for code, changes in Republication.objects.filter(changes__contains=named, finished__isnull=False).values_list("pk", "changes"):
        if json.loads(changes).get(old) == new:
            return _province(code)
    return None


@lru_cache(maxsize=64)  # successors of a publication that is finished never change
def _province(publication: str) -> Province:
    rows = Successor.objects.filter(republication=publication).values_list("enterprise_id", "footprint__total", "total")
    whose: list[int] = []
    changes: list[float] = []
    lost: list[int] = []
    for enterprise, before, after in rows.iterator(chunk_size=5_000):
        if not after or not Decimal(before):
            lost.append(enterprise)
        else:
            whose.append(enterprise)
            changes.append(float((Decimal(after) - Decimal(before)) / abs(Decimal(before))))
    enterprises = len({*whose, *lost})
    if enterprises < FEWEST:
        return Province(None, None, None, None)
    classes = merged(np.array(whose, dtype=np.int64), np.array(changes))
    if classes is None or 0 < len(set(lost)) < FEWEST:
        return Province(len(whose) + len(lost), enterprises, None, None)
    return Province(len(whose) + len(lost), enterprises, classes, len(lost))


def merged(enterprises: NDArray[np.int64], relative: NDArray[np.float64]) -> tuple[Class, ...] | None:
    """The histogram of relative changes, each of an enterprise, with classes joined until each rests on :data:`FEWEST` enterprises or is empty.

    Falls are joined with falls and rises with rises, from the outer ends inwards. None where even so one of them tells of fewer.
    """
    held = [(each, frozenset(enterprises[inside].tolist())) for each, inside in classed(relative)]
    falls = _joined([each for each in held if _way(each[0]) < 0])
    same = _joined([each for each in held if _way(each[0]) == 0])
    rises = _joined([each for each in reversed(held) if _way(each[0]) > 0])
    if falls is None or same is None or rises is None:
        return None
    return (*falls, *same, *reversed(rises))


def _joined(classes: Sequence[_Held]) -> list[Class] | None:
    """Neighbouring classes joined, beginning with the first; what is left over at the end joins what stands before it."""
    found: list[_Held] = []
    waiting: _Held | None = None
    for each in classes:
        held = each if waiting is None else _union(waiting, each)
        waiting = None if not held[1] or len(held[1]) >= FEWEST else held
        if waiting is None:
            found.append(held)
    while waiting is not None:
        if not found:
            return None
        held = _union(found.pop(), waiting)
        waiting = None if len(held[1]) >= FEWEST else held
        if waiting is None:
            found.append(held)
    return [each for each, _ in found]


def _union(one: _Held, other: _Held) -> _Held:
    """Two neighbouring classes as one."""
    first, second = sorted((one[0], other[0]), key=lambda each: -np.inf if each.low is None else each.low)
    return Class(first.low, second.high, first.count + second.count), one[1] | other[1]


def _way(each: Class) -> int:
    if each.low == each.high == 0:
        return 0
    return -1 if each.high is not None and each.high <= 0 else 1
