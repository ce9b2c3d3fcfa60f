"""Factors that fit a line: those whose unit converts to the line's, of which a calculation may take any."""

from dataclasses import dataclass

from django.db.models import Q

from zuji.engine.errors import EngineError
from zuji.engine.units import parse_factor_unit, parse_unit
from zuji.formats.factors.terms import normal
from zuji.registry.factors import matching, queries
from zuji.registry.factors.indexing import OUT
from zuji.registry.factors.models import FactorEntry, FactorVersion
from zuji.registry.factors.searching import LONGEST_QUERY, ask, having, with_reason

MOST = 12
ADOPTED = "inventory"
"""The category of values taken over from imported databases: calculations take shipped factors only, until these are reviewed."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """The best of the factors that fit; ``total`` counts them all, ``loosened`` says that not every word was found."""

    rows: tuple[queries.Row, ...]
    total: int
    loosened: bool


def fitting(unit: str, *, query: str = "", kind: str = "", china: bool = False) -> Fitting:
    """The factors in force whose unit converts to ``unit`` (``kgCO2e/kg``), best first; ``kind`` and ``china`` narrow them.

    What the line as a whole is understood to mean comes first, with the reason; then what has its words. A fixed number of database
    queries. A unit that is none, or a query of signs only, finds nothing.
    """
    text = normal(query[:LONGEST_QUERY])
    fits = Q(per__in=_units_like(unit), kind__in=(kind,) if kind in matching.USABLE else matching.USABLE)
    fits &= ~Q(state__in=OUT) & ~Q(category=ADOPTED)
    if china:
        fits &= Q(geography="CN") | Q(geography__startswith="CN-")
    if not text:
        shown = FactorVersion.objects.filter(entry__in=FactorEntry.objects.filter(fits)).order_by("rank")
        return Fitting(tuple(queries.as_row(row) for row in shown[:MOST]), shown.count(), loosened=False)
    meant = matching.match_line(text, within=fits)
    # What fits comes first: a word that only unfit factors have must not hide those that have the others.
    hits, loosened = having(ask(text), Q(entry__in=FactorEntry.objects.filter(fits)))
    hits.sort(key=lambda hit: (-hit.slots if loosened else 0, -hit.weight, hit.rank))
    first = [candidate.row for candidate in meant.candidates] if meant.found else []
    taken = {row.id for row in first}
    numbers = [hit.entry for hit in hits[: MOST + len(first)]]
    found = {row.pk: row for row in FactorVersion.objects.filter(pk__in=numbers)}
    rest = [with_reason(found[number], text) for number in numbers if found[number].factor_id not in taken]
    total = len({hit.entry for hit in hits}.union(FactorEntry.objects.filter(factor_id__in=taken).values_list("pk", flat=True)))
    return Fitting((*first, *rest)[:MOST], total, loosened)


def _units_like(unit: str) -> list[str]:
    """The units of activity in the library that convert to that of ``unit``."""
    try:
        powers = parse_factor_unit(unit).per.powers
    except EngineError:
        return []
    known = FactorEntry.objects.values_list("per", flat=True).distinct().order_by()
    return [per for per in known if parse_unit(per).powers == powers]
