"""Successors by the vector: one multiplication and one addition for each factor that changed, exact. Nothing here writes."""

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q, QuerySet

from zuji.engine.comparison import QUANTUM
from zuji.engine.quantities import round_half_even
from zuji.registry.footprints.dependences import ratio, ratio_text
from zuji.registry.footprints.models import Dependence, Footprint, UsedFactor
from zuji.registry.republication.models import LINEAR, WITHDRAWN, Queued, Successor
from zuji.registry.republication.plan import UNKNOWN, Plan

_AT_ONCE = 500  # names in one question to the database

Row = tuple[str, int, str, str, str, datetime.date, datetime.date]
"""A vector as it is kept: footprint, enterprise, total, uses, GWP set, data period."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a piece of the work came to: successors, those left for the engine, the enterprises to be told, and the last footprint (empty: the end)."""

    successors: tuple[Successor, ...]
    queued: tuple[Queued, ...]
    enterprises: frozenset[int]
    last: str


def drafted(plan: Plan, publication: str, *, after: str, count: int) -> Drafted:
    """The successors of the next ``count`` footprints that rest on what the plan replaces, in the order of their codes."""
    codes = list(affected(plan).filter(footprint__gt=after).order_by("footprint").values_list("footprint", flat=True).distinct()[:count])
    if not codes:
        return Drafted((), (), frozenset(), "")
    successors: list[Successor] = []
    queued: list[Queued] = []
    enterprises: dict[str, int] = {}
    for row in vectors(plan, after=after, until=codes[-1]):
        made = _draft(plan, publication, row)
        enterprises[row[0]] = row[1]
        if isinstance(made, Successor):
            successors.append(made)
        else:
            queued.append(made)
    for code, enterprise in _owners([code for code in codes if code not in enterprises]):
        enterprises[code] = enterprise
        queued.append(Queued(footprint_id=code, enterprise_id=enterprise, republication_id=publication, reason=UNKNOWN))
    return Drafted(tuple(successors), tuple(queued), frozenset(enterprises.values()), codes[-1])


def affected(plan: Plan) -> QuerySet[UsedFactor]:
    """What says that a footprint rests on a version that the plan replaces; a footprint with two of them is named twice."""
    wanted = Q()
    for old in plan.old.values():
        wanted |= Q(factor_id=old.id, version=old.version)
    return UsedFactor.objects.filter(wanted)


def vectors(plan: Plan, *, after: str = "", until: str = "") -> Iterator[Row]:
    """The vectors of the footprints that the plan touches, with codes beyond ``after`` and not beyond ``until``."""
    using = affected(plan).filter(footprint__gt=after)
    rows = Dependence.objects.filter(pk__gt=after)
    if until:
        using, rows = using.filter(footprint__lte=until), rows.filter(pk__lte=until)
    rows = rows.filter(pk__in=using.values("footprint"))
    yield from rows.values_list("footprint_id", "enterprise_id", "total", "uses", "gwp", "start", "end").iterator(chunk_size=2000)


def _draft(plan: Plan, publication: str, row: Row) -> Successor | Queued:
    code, enterprise, total, uses, gwp, start, end = row
    new_total = ratio(total)
    parts: list[list[str]] = []
    for reference, (activity, value) in json.loads(uses).items():
        if reference not in plan.new:
            continue
        new = plan.new[reference]
        if new is None:
            return Successor(footprint_id=code, enterprise_id=enterprise, republication_id=publication, outcome=WITHDRAWN)
        found = plan.value(reference, gwp, start, end)
        if isinstance(found, str):
            return Queued(footprint_id=code, enterprise_id=enterprise, republication_id=publication, reason=found)
        change = ratio(activity) * (found - ratio(value))
        new_total += change
        parts.append([reference, new.reference, ratio_text(change)])
    return numbered(code, enterprise, publication, LINEAR, new_total, parts)


def numbered(
    footprint: str, enterprise: int, publication: str, outcome: str, total: Fraction, parts: list[list[str]], *, exact: str = ""
) -> Successor:
    """A successor with its number. ``exact`` is how the fraction is written where that is not plain."""
    return Successor(
        footprint_id=footprint,
        enterprise_id=enterprise,
        republication_id=publication,
        outcome=outcome,
        total=format(round_half_even(total, QUANTUM), "f"),
        exact=exact or ratio_text(total),
        parts=json.dumps(parts, ensure_ascii=False, separators=(",", ":")),
    )


def _owners(codes: list[str]) -> Iterator[tuple[str, int]]:
    for start in range(0, len(codes), _AT_ONCE):
        yield from Footprint.objects.filter(pk__in=codes[start : start + _AT_ONCE]).values_list("pk", "enterprise_id")
