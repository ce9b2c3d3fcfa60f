import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When

from zuji.formats.factors.lines import lookup
from zuji.formats.factors.pinyin import initials
from zuji.formats.factors.terms import normal, terms
from zuji.formats.factors.words import Word, load_words, variants
from zuji.registry.factors import queries
from zuji.registry.factors.indexing import LONGEST, SOUND, WHOLE
from zuji.registry.factors.models import FactorEntry, FactorLexeme, FactorTerm, FactorVersion

LONGEST_QUERY = 100
MOST_TERMS = 16
MOST_BEGINNINGS = 200  # words of the index that begin with one of the query
FACETS = ("category", "kind", "geography", "state")
_COLUMNS = ("entry_id", "entry__category", "entry__kind", "entry__geography", "entry__state", "entry__rank")


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


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as the index takes it: for each of its terms the lexemes that count as it, and those that make a row stand first."""

    text: str
    slots: tuple[frozenset[int], ...]
    bonus: frozenset[int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A factor that has the words: number of its entry, what facets count, how well it fits and its place in the library."""

    entry: int
    facets: tuple[str, str, str, str]
    weight: int
    slots: int
    rank: int


def search(filters: Filters, *, page: int = 1, size: int = 25) -> Found:
    """The factors (each in its newest version) that fit ``filters``, best first, with the counts of every facet.

    A query is cut into terms by the tokenizer that made the index. Rows that have all terms are found (a Latin word also by its
    beginning, a Chinese one by the initials of its pinyin); only where there is none, rows that have at least half of them
    (``loosened``). The number of database queries does not depend on what is found.
    """
    text = normal(filters.query[:LONGEST_QUERY])
    if not text:
        return _browse(filters, page, size)
    asked = ask(text)
    hits, loosened = having(asked)
    facets = {facet: _counted(hits, filters, place) for place, facet in enumerate(FACETS)}
    fitting = [hit for hit in hits if _fits(hit, filters, None)]
    fitting.sort(key=lambda hit: (-hit.slots if loosened else 0, -hit.weight, hit.rank))
    pages = max(1, -(-len(fitting) // size))
    page = min(max(1, page), pages)
    numbers = [hit.entry for hit in fitting[(page - 1) * size : page * size]]
    rows = {row.pk: row for row in FactorVersion.objects.filter(pk__in=numbers)}
    shown = tuple(with_reason(rows[number], text) for number in numbers)
    return Found(rows=shown, total=len(fitting), page=page, pages=pages, facets=facets, loosened=loosened)


def _browse(filters: Filters, page: int, size: int) -> Found:
    """The list without a query: counted and cut by the database."""
    facets = {}
    for facet in FACETS:
        others = {name: value for name, value in filters.chosen.items() if name != facet}
        counted = FactorEntry.objects.filter(**others).values_list(facet).annotate(n=Count("pk")).order_by("-n", facet)
        facets[facet] = tuple((value, n) for value, n in counted)
    fitting = FactorEntry.objects.filter(**filters.chosen).order_by("rank")
    total = fitting.count()
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    numbers = list(fitting.values_list("pk", flat=True)[(page - 1) * size : page * size])
    rows = {row.pk: row for row in FactorVersion.objects.filter(pk__in=numbers)}
    return Found(rows=tuple(queries.as_row(rows[n]) for n in numbers), total=total, page=page, pages=pages, facets=facets)


def ask(text: str) -> Asked:
    """A normalised query by the lexemes of the index; one database query."""
    wanted = terms(text)[:MOST_TERMS]
    whole = f"{WHOLE}{lookup(text)}"[:LONGEST]
    code = text.replace(" ", "")
    either = Q(text__in=[*wanted, whole, code])
    beginnings = [term for term in wanted if term.isascii() and term.isalpha() and len(term) > 1]
    for term in beginnings:
        either |= Q(text__startswith=term) | Q(text__startswith=f"{SOUND}{term}")
    found = list(FactorLexeme.objects.filter(either).order_by("text").values_list("pk", "text")[: MOST_BEGINNINGS * (len(beginnings) + 1)])
    by_text = {lexeme: number for number, lexeme in found}
    bonus = frozenset(number for lexeme, number in by_text.items() if lexeme in {whole, code} and lexeme not in wanted)
    if "-" in code and code in by_text:
        return Asked(text, (frozenset({by_text[code]}),), bonus)  # a CAS number is one word
    return Asked(text, tuple(frozenset(number for lexeme, number in by_text.items() if _is(lexeme, term)) for term in wanted), bonus)


def _is(lexeme: str, term: str) -> bool:
    if lexeme == term:
        return True
    return term.isascii() and term.isalpha() and len(term) > 1 and lexeme.startswith((term, f"{SOUND}{term}"))


def having(asked: Asked, within: Q | None = None) -> tuple[list[Hit], bool]:
    """The entries (of those ``within``, a condition on the entry) that have every term; where none has, those with half, and True."""
    if not asked.slots:
        return [], False
    if all(asked.slots):
        hits = _hits(asked, len(asked.slots), within)
        if hits or len(asked.slots) == 1:
            return hits, False
    if len(asked.slots) == 1:
        return [], False
    return _hits(asked, (len(asked.slots) + 1) // 2, within), True


def _hits(asked: Asked, least: int, within: Q | None) -> list[Hit]:
    wanted = frozenset[int]().union(*asked.slots, asked.bonus)
    if not wanted:
        return []
    place = Case(
        *(When(lexeme_id__in=lexemes, then=Value(number)) for number, lexemes in enumerate(asked.slots) if lexemes),
        default=None,
        output_field=IntegerField(),
    )
    rows: QuerySet[FactorTerm] = FactorTerm.objects.filter(within or Q(), lexeme_id__in=wanted)
    counted = rows.values(*_COLUMNS).annotate(weight=Sum("weight"), slots=Count(place, distinct=True)).filter(slots__gte=least).order_by()
    return [
        Hit(entry, (category, kind, geography, state), weight, slots, rank)
        for entry, category, kind, geography, state, rank, weight, slots in counted.values_list(*_COLUMNS, "weight", "slots")
    ]


def _fits(hit: Hit, filters: Filters, but: int | None) -> bool:
    return all(place == but or not (value := getattr(filters, facet)) or hit.facets[place] == value for place, facet in enumerate(FACETS))


def _counted(hits: Iterable[Hit], filters: Filters, place: int) -> tuple[tuple[str, int], ...]:
    counts = Counter(hit.facets[place] for hit in hits if _fits(hit, filters, place))
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def with_reason(row: FactorVersion, text: str) -> queries.Row:
    """A row of a list, with where the query stands in it and the word that it stands for."""
    return queries.as_row(row, *_reason(row, text))


def _reason(row: FactorVersion, text: str) -> tuple[str, str]:
    named = (row.name_zh, row.name_en)
    plain = tuple(normal(name) for name in named)
    words = load_words().words_of(row.factor_id, row.subject)
    spoken = [*json.loads(row.synonyms), *(word.text for word in words if word.place != "code")]
    sought = lookup(text)
    if text in row.factor_id.casefold():
        return "id", ""
    if text in plain or sought in {lookup(name) for name in named}:
        return "name", ""
    if any(name.startswith(text) for name in plain):
        return "start", ""
    same = next((word for word in spoken if lookup(word) == sought), "")
    if same:
        return "synonym", same
    code = _code(words, text)
    if code:
        return "code", code
    if any(text in name for name in plain):
        return "part", ""
    begun = next((word for word in spoken if lookup(word).startswith(sought)), "") or next(
        (word for word in spoken if sought in lookup(word)), ""
    )
    if begun:
        return "synonym", begun
    typed = _typed(text, [*named, *spoken])
    return ("pinyin", typed) if typed else ("words", "")


def _code(words: Sequence[Word], text: str) -> str:
    plain = text.replace(" ", "")
    return next((f"{word.system} {word.text}" for word in words if word.place == "code" and plain in variants(word.text, word.system)), "")


def _typed(text: str, names: Iterable[str]) -> str:
    """The first of the names whose pinyin initials begin with what was typed."""
    if not (text.isascii() and text.isalpha() and len(text) > 1):
        return ""
    return next((name for name in names if any(letters.startswith(text) for letters in initials(name))), "")
