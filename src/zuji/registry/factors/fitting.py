"""Factors that fit a line: those whose unit converts to the line's, of which a calculation may take any."""

from collections.abc import Callable
from dataclasses import dataclass

from zuji.engine.errors import EngineError
from zuji.engine.units import parse_factor_unit, parse_unit
from zuji.formats.factors.drawers import OUT, Condition
from zuji.formats.factors.matching import USABLE
from zuji.formats.factors.search import find
from zuji.registry.factors import matching, queries
from zuji.registry.factors.holding import current
from zuji.registry.factors.models import FactorVersion
from zuji.registry.factors.searching import with_reason

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
    index = current()
    fits = _fits(unit, kind, china=china)
    # What fits comes first: a word that only unfit factors have must not hide those that have the others.
    hits = find(index, query, within=fits)
    meant = matching.matched(index, [query], fits)[0]
    first = [candidate.number for candidate in meant.candidates] if meant.found else []
    numbers = list(dict.fromkeys([*first, *hits.numbers[: MOST + len(first)].tolist()]))[:MOST]
    rows = {row.pk: row for row in FactorVersion.objects.filter(pk__in=numbers)}
    words = {candidate.number: candidate.word for candidate in meant.candidates} if meant.found else {}
    shown = [
        queries.as_row(rows[number], "line", words[number]) if number in words else with_reason(rows[number], query)
        for number in numbers
        if number in rows
    ]
    return Fitting(tuple(shown), len({*hits.numbers.tolist(), *first}), hits.loosened)


def _fits(unit: str, kind: str, *, china: bool) -> Condition:
    kinds = (kind,) if kind in USABLE else USABLE
    here: Condition = {"geography": lambda place: place == "CN" or place.startswith("CN-")} if china else {}
    return {
        "per": _converting(unit),
        "kind": kinds.__contains__,
        "state": lambda state: state not in OUT,
        "category": lambda category: category != ADOPTED,
        **here,
    }


def _converting(unit: str) -> Callable[[str], bool]:
    """Whether a unit of activity converts to that of ``unit``; none does where that is no unit."""
    try:
        powers = parse_factor_unit(unit).per.powers
    except EngineError:
        return lambda _: False
    return lambda per: parse_unit(per).powers == powers
