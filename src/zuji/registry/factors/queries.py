import json
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from zuji.engine.text import Text
from zuji.formats.factors.terms import normal, terms
from zuji.registry.factors.models import FactorTerm, FactorVersion
from zuji.registry.refusals import NotFound

LONGEST_QUERY = 100
MOST_TERMS = 16
FACETS = ("category", "kind", "geography", "state")


@dataclass(frozen=True, slots=True)
class Row:
    """A factor version in a list."""

    id: str
    version: str
    name: Text
    kind: str
    category: str
    geography: str
    year: int | None
    value: str
    unit: str
    state: str
    confidence: str
    source: str
    publisher: str
    found_by: str = ""

    @property
    def reference(self) -> str:
        return f"{self.id}@{self.version}"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a factor's value; ``kg`` of ``gas`` per unit of activity, exact."""

    gas: str
    kind: str | None
    kg: str


@dataclass(frozen=True, slots=True)
class Sheet(Row):
    """All that is known of a factor version."""

    per: str = ""
    parts: tuple[Part, ...] = ()
    boundary: str = ""
    address: str = ""
    licence: str = ""
    note: str = ""
    superseded_by: str = ""
    valid_from: str = ""
    valid_to: str = ""
    gwp: str = ""
    gsd: str = ""
    use_instead: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    digest: str = ""
    newest: bool = True
    versions: tuple[str, ...] = ()
    alternatives: tuple[Row, ...] = ()
    alternatives_left_out: int = 0


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of factors is narrowed to; empty means everything."""

    query: str = ""
    category: str = ""
    kind: str = ""
    geography: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list of factors. ``facets`` are, for each facet, its values with how many of the list they would leave."""

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int
    facets: dict[str, tuple[tuple[str, int], ...]]
    loosened: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the library holds."""

    factors: int
    versions: int
    sources: int
    by_kind: dict[str, int] = field(default_factory=dict)


def _newest() -> QuerySet[FactorVersion]:
    later = FactorVersion.objects.filter(factor_id=OuterRef("factor_id"), pk__gt=OuterRef("pk"))
    return FactorVersion.objects.filter(~Exists(later))


def search(filters: Filters, *, page: int = 1, size: int = 25) -> Found:
    """The factors (each in its newest version) that fit ``filters``, best first, with the counts of every facet.

    A query is cut into terms by the tokenizer that made the index. Rows that have all terms are found (a Latin word also by its
    beginning); only where there is none, rows that have at least half of them (``loosened``). The number of database queries
    does not depend on what is found.
    """
    text = normal(filters.query[:LONGEST_QUERY])
    wanted = terms(text)[:MOST_TERMS]
    base, loosened = (_newest().none(), False) if text and not wanted else matching(wanted)
    chosen = {facet: getattr(filters, facet) for facet in FACETS if getattr(filters, facet)}
    facets = {}
    for facet in FACETS:
        others = {name: value for name, value in chosen.items() if name != facet}
        pks = base.filter(**others).values("pk")
        counted = FactorVersion.objects.filter(pk__in=pks).values_list(facet).annotate(n=Count("pk")).order_by("-n", facet)
        facets[facet] = tuple((value, n) for value, n in counted)
    fitting = base.filter(**chosen)
    total = fitting.count()
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    if wanted:
        best = ("-hits", "-weight", "rank") if loosened else ("-weight", "rank")
        fitting = fitting.annotate(weight=Sum("terms__weight", filter=any_term(wanted))).order_by(*best)
    rows = tuple(as_row(row, text) for row in fitting[(page - 1) * size : page * size])
    return Found(rows=rows, total=total, page=page, pages=pages, facets=facets, loosened=loosened)


def matching(wanted: tuple[str, ...], within: Q | None = None) -> tuple[QuerySet[FactorVersion], bool]:
    """The newest versions (of those ``within``) that have every term; where none has, those with half of them, and True. Without terms, all."""
    strict = whole = _newest().filter(within or Q())
    for term in wanted:
        strict = strict.filter(Exists(FactorTerm.objects.filter(_one(term), factor=OuterRef("pk"))))
    if len(wanted) <= 1 or strict.exists():
        return strict, False
    hits = Count("terms__term", filter=Q(terms__term__in=wanted), distinct=True)
    return whole.annotate(hits=hits).filter(hits__gte=(len(wanted) + 1) // 2), True


def _one(term: str, prefix: str = "") -> Q:
    exact = Q(**{f"{prefix}term": term})
    return exact | Q(**{f"{prefix}term__startswith": term}) if term.isascii() and term.isalpha() and len(term) > 1 else exact


def any_term(wanted: tuple[str, ...]) -> Q:
    """That a factor has one of the terms."""
    either = Q()
    for term in wanted:
        either |= _one(term, "terms__")
    return either


def newest_version(factor: str) -> str:
    """The newest version of a factor. Raises :class:`NotFound`."""
    version = FactorVersion.objects.filter(factor_id=factor).order_by("-pk").values_list("version", flat=True).first()
    if version is None:
        raise NotFound
    return version


def sheet(factor: str, version: str) -> Sheet:
    """All that is known of a factor version, with the rows of the same subject beside it. Raises :class:`NotFound`."""
    row = FactorVersion.objects.filter(factor_id=factor, version=version).first()
    if row is None:
        raise NotFound
    versions = tuple(FactorVersion.objects.filter(factor_id=factor).order_by("-pk").values_list("version", flat=True))
    same = _newest().filter(subject=row.subject).exclude(factor_id=factor).order_by("rank")
    beside = sorted(same[:60], key=lambda other: (other.geography != row.geography, other.kind != row.kind, other.rank))
    return Sheet(
        **_shared(row),
        per=row.per,
        parts=tuple(Part(gas=part["gas"], kind=part["kind"], kg=part["kg"]) for part in json.loads(row.parts)),
        boundary=row.boundary,
        address=row.address,
        licence=row.licence,
        note=row.note,
        superseded_by=row.superseded_by,
        valid_from=row.valid_from.isoformat() if row.valid_from else "",
        valid_to=row.valid_to.isoformat() if row.valid_to else "",
        gwp=row.gwp,
        gsd=row.gsd,
        use_instead=tuple(json.loads(row.use_instead)),
        synonyms=tuple(json.loads(row.synonyms)),
        digest=row.digest,
        newest=versions[0] == version,
        versions=versions,
        alternatives=tuple(_row(other) for other in beside[:12]),
        alternatives_left_out=max(0, len(beside) - 12),
    )


def rows(references: list[str]) -> list[Row]:
    """Factors by ``id`` (its newest version) or ``id@version``, in the order asked for; those that are not here are left out."""
    ids = {reference.split("@", 1)[0] for reference in references}
    found: dict[str, Row] = {}
    for row in FactorVersion.objects.filter(factor_id__in=ids).order_by("pk"):
        found[row.factor_id] = found[f"{row.factor_id}@{row.version}"] = _row(row)
    return [found[reference] for reference in references if reference in found]


def counts() -> Counts:
    """How much the library holds."""
    kinds = dict(_newest().values_list("kind").annotate(n=Count("pk")).order_by())
    return Counts(
        factors=sum(kinds.values()),
        versions=FactorVersion.objects.count(),
        sources=FactorVersion.objects.values("source").distinct().count(),
        by_kind=kinds,
    )


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher of factors, with the licence notes of its entries."""

    publisher: str
    factors: int
    licences: tuple[str, ...]


def sources() -> list[Source]:
    """The publishers, those of most factors first."""
    gathered: dict[str, tuple[int, list[str]]] = {}
    rows = _newest().values_list("publisher", "licence").annotate(n=Count("pk")).order_by("publisher", "licence")
    for publisher, licence, n in rows:
        count, licences = gathered.get(publisher, (0, []))
        gathered[publisher] = (count + n, [*licences, licence] if licence else licences)
    ordered = sorted(gathered.items(), key=lambda item: (-item[1][0], item[0]))
    return [Source(publisher=publisher, factors=n, licences=tuple(licences)) for publisher, (n, licences) in ordered]


def _shared(row: FactorVersion) -> dict[str, Any]:
    return {
        "id": row.factor_id,
        "version": row.version,
        "name": Text(row.name_zh, row.name_en),
        "kind": row.kind,
        "category": row.category,
        "geography": row.geography,
        "year": row.year,
        "value": row.value,
        "unit": row.unit,
        "state": row.state,
        "confidence": row.confidence,
        "source": row.source,
        "publisher": row.publisher,
    }


def as_row(row: FactorVersion, text: str) -> Row:
    """A row of a list, with the reason why a query of this normalised text found it."""
    return _row(row, _reason(row, text))


def _row(row: FactorVersion, found_by: str = "") -> Row:
    return Row(**_shared(row), found_by=found_by)


def _reason(row: FactorVersion, text: str) -> str:
    """Where the query stands in a row: ``id``, ``name``, ``start``, ``part``, ``synonym`` or ``words``; empty without a query."""
    if not text:
        return ""
    named = [normal(row.name_zh), normal(row.name_en)]
    checks = (
        ("id", text in row.factor_id.casefold()),
        ("name", text in named),
        ("start", any(name.startswith(text) for name in named)),
        ("part", any(text in name for name in named)),
        ("synonym", any(text in normal(name) for name in json.loads(row.synonyms))),
    )
    return next((reason for reason, holds in checks if holds), "words")
