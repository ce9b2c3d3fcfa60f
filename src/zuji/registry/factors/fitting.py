"""Factors that fit a line: those whose unit converts to the line's, of which a calculation may take any."""

from dataclasses import dataclass

from django.db.models import Q, Sum

from zuji.engine.errors import EngineError
from zuji.engine.units import parse_factor_unit, parse_unit
from zuji.formats.factors.terms import normal, terms
from zuji.registry.factors import queries
from zuji.registry.factors.models import FactorVersion

MOST = 12
OUT = Q(standings__state__in=("superseded", "revoked", "expired"))
"""That a version is no longer offered, whatever was written of it when it was published."""
_USABLE = ("life-cycle", "direct", "process")
"""Kinds that a product footprint may rest on; factors of the grid's direct CO2 and of money are refused or coarse."""

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

    A fixed number of database queries. A unit that is none, or a query of signs only, finds nothing.
    """
    text = normal(query[: queries.LONGEST_QUERY])
    wanted = terms(text)[: queries.MOST_TERMS]
    if text and not wanted:
        return Fitting((), 0, False)
    fits = (
        Q(per__in=_units_like(unit), kind__in=(kind,) if kind in _USABLE else _USABLE)
        & ~Q(state="superseded")
        & ~Q(category=ADOPTED)
        & ~OUT
    )
    if china:
        fits &= Q(geography="CN") | Q(geography__startswith="CN-")
    # What fits comes first: a word that only unfit factors have must not hide those that have the others.
    found, loosened = queries.matching(wanted, fits)
    if wanted:
        best = ("-hits", "-weight", "rank") if loosened else ("-weight", "rank")
        found = found.annotate(weight=Sum("terms__weight", filter=queries.any_term(wanted))).order_by(*best)
    return Fitting(tuple(queries.as_row(row, text) for row in found[:MOST]), found.count(), loosened)


def _units_like(unit: str) -> list[str]:
    """The units of activity in the library that convert to that of ``unit``."""
    try:
        powers = parse_factor_unit(unit).per.powers
    except EngineError:
        return []
    known = FactorVersion.objects.values_list("per", flat=True).distinct().order_by()
    return [per for per in known if parse_unit(per).powers == powers]
