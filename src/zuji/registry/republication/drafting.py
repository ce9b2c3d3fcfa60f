"""Successors by the vector: one multiplication and one addition for each factor that changed, exact. Nothing here writes."""

import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q, QuerySet

from zuji.engine.comparison import QUANTUM
from zuji.engine.factors import FactorVersion
from zuji.engine.quantities import round_half_even
from zuji.registry.footprints.dependences import ratio, ratio_text
from zuji.registry.footprints.models import Dependence, Footprint, UsedFactor
from zuji.registry.republication.bulk import Drawn
from zuji.registry.republication.models import Successor
from zuji.registry.republication.plan import UNKNOWN, Plan

_AT_ONCE = 500  # names in one question to the database

Row = tuple[str, int, str, str, str, datetime.date, datetime.date]
"""A vector as it is kept: footprint, enterprise, total, uses, GWP set, data period."""
_ROW = ("footprint_id", "enterprise_id", "total", "uses", "gwp", "start", "end")


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a piece of the work came to, each with its enterprise, and the last footprint (empty: the end).

    ``drafts`` are by the vector, ``withdrawn`` rest on a factor with nothing in its place, ``queued`` are left for the engine, with the reason.
    """

    drafts: tuple[Drawn, ...]
    withdrawn: tuple[tuple[str, int], ...]
    queued: tuple[tuple[str, int, str], ...]
    last: str

    @property
    def enterprises(self) -> frozenset[int]:
        """Those that are to be told."""
        return frozenset([d[1] for d in self.drafts] + [w[1] for w in self.withdrawn] + [q[1] for q in self.queued])


def drafted(plan: Plan, *, after: str, count: int) -> Drafted:
    """The successors of the next ``count`` footprints that rest on what the plan replaces, in the order of their codes."""
    codes = list(affected(plan).filter(footprint__gt=after).order_by("footprint").values_list("footprint", flat=True).distinct()[:count])
    if not codes:
        return Drafted((), (), (), "")
    drafts: list[Drawn] = []
    withdrawn: list[tuple[str, int]] = []
    queued: list[tuple[str, int, str]] = []
    seen: set[str] = set()
    for row in vectors(plan, after=after, until=codes[-1]):
        seen.add(row[0])
        made = _drawn(plan, row)
        if not isinstance(made, str):
            drafts.append(made)
        elif made == "withdrawn":
            withdrawn.append(row[:2])
        else:
            queued.append((*row[:2], made))
    queued += [(code, enterprise, UNKNOWN) for code, enterprise in _owners([code for code in codes if code not in seen])]
    return Drafted(tuple(drafts), tuple(withdrawn), tuple(queued), codes[-1])


def affected(plan: Plan) -> QuerySet[UsedFactor]:
    """What says that a footprint rests on a version that the plan replaces; a footprint with two of them is named twice."""
    if not plan.old:  # no condition at all would be everything
        return UsedFactor.objects.none()
    wanted = Q()
    for old in plan.old.values():
        wanted |= Q(factor_id=old.id, version=old.version)
    return UsedFactor.objects.filter(wanted)


def vectors(plan: Plan, *, after: str = "", until: str = "", within: Sequence[str] | None = None) -> Iterator[Row]:
    """The vectors of the footprints that the plan touches, with codes beyond ``after`` and not beyond ``until``, or of those ``within`` alone."""
    using = affected(plan).filter(footprint__gt=after)
    rows = Dependence.objects.filter(pk__gt=after)
    if until:
        using, rows = using.filter(footprint__lte=until), rows.filter(pk__lte=until)
    if within is not None:
        for start in range(0, len(within), _AT_ONCE):
            yield from rows.filter(pk__in=within[start : start + _AT_ONCE]).values_list(*_ROW)
        return
    rows = rows.filter(pk__in=using.values("footprint"))
    yield from rows.values_list(*_ROW).iterator(chunk_size=2000)


def changed_total(plan: Plan, row: Row) -> Fraction | str:
    """The exact total of a footprint with what stands in for its factors; a text where its vector cannot answer: why not."""
    made = _changed(plan, row)
    return made if isinstance(made, str) else made[0]


def _drawn(plan: Plan, row: Row) -> Drawn | str:
    """The draft of a footprint; a text where its vector cannot answer: why not."""
    made = _changed(plan, row)
    if isinstance(made, str):
        return made
    new_total, parts = made
    shown = format(round_half_even(new_total, QUANTUM), "f")
    return row[0], row[1], shown, ratio_text(new_total), f"[{','.join(parts)}]"


def _changed(plan: Plan, row: Row) -> tuple[Fraction, list[str]] | str:
    """The new total, and what each factor changes of it as JSON."""
    _, _, total, uses, gwp, start, end = row
    new_total = ratio(total)
    parts = []
    for reference, activity, value in used(plan, uses):
        found = plan.value(reference, gwp, start, end)
        if isinstance(found, str):
            return found
        change = ratio(activity) * (found - ratio(value))
        new_total += change
        parts.append(f'["{reference}","{_name(plan.new[reference])}","{change}"]')
    return new_total, parts


def used(plan: Plan, uses: str) -> Iterator[tuple[str, str, str]]:
    """Of a kept vector, what the plan replaces: reference, activity, value.

    Found in the text and not read with all the rest: its only strings are references and ratios, so that a reference with its quotes stands
    nowhere else, and of a hundred thousand vectors one entry each is wanted.
    """
    for reference, key in plan.keys:
        at = uses.find(key)
        if at >= 0:
            activity, _, rest = uses[at + len(key) :].partition('","')
            yield reference, activity, rest.partition('"')[0]


def _name(new: FactorVersion | None) -> str:
    return "" if new is None else new.reference


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
