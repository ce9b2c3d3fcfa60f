import json
from dataclasses import dataclass

from zuji.engine.text import Text
from zuji.formats.factors.reasons import reason
from zuji.formats.factors.search import FACETS, find
from zuji.registry.factors import queries
from zuji.registry.factors.holding import current
from zuji.registry.factors.models import FactorVersion

__all__ = ["FACETS", "Filters", "Found", "search", "with_reason"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of factors is narrowed to; empty means everything."""

    query: str = ""
    category: str = ""
    kind: str = ""
    geography: str = ""
    state: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """The facets that are narrowed."""
        return {facet: value for facet in FACETS if (value := getattr(self, facet))}


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list of factors. ``facets`` are, for each facet, its values with how many of the list they would leave."""

    rows: tuple[queries.Row, ...]
    total: int
    page: int
    pages: int
    facets: dict[str, tuple[tuple[str, int], ...]]
    loosened: bool = False


def search(filters: Filters, *, page: int = 1, size: int = 25) -> Found:
    """The factors (each in its newest version) that fit ``filters``, best first, with the counts of every facet.

    How a query finds is said in :mod:`zuji.formats.factors.search`. Two database queries, whatever is found.
    """
    hits = find(current(), filters.query, chosen=filters.chosen)
    total = len(hits.numbers)
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    numbers = hits.numbers[(page - 1) * size : page * size].tolist()
    rows = {row.pk: row for row in queries.with_standing(FactorVersion.objects.filter(pk__in=numbers))}
    # A row may have gone between the two queries only where what was published was undone.
    shown = tuple(with_reason(rows[number], filters.query) for number in numbers if number in rows)
    return Found(rows=shown, total=total, page=page, pages=pages, facets=hits.facets, loosened=hits.loosened)


def with_reason(row: FactorVersion, query: str) -> queries.Row:
    """A row of a list, with where the query stands in it and the word that it stands for; without a query, neither."""
    if not query.strip():
        return queries.as_row(row)
    name, synonyms = Text(row.name_zh, row.name_en), json.loads(row.synonyms)
    return queries.as_row(row, *reason(query, factor_id=row.factor_id, subject=row.subject, name=name, synonyms=synonyms))
