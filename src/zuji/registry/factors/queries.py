import json
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, QuerySet

from zuji.engine.text import Text
from zuji.formats.factors.bilingual import reading
from zuji.registry.factors.models import FactorEntry, FactorVersion
from zuji.registry.refusals import NotFound

NOTHING = Text("", "")


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
    found_word: str = ""

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
    """All that its row says of a factor version. ``noted``, ``licensed`` and ``published_by`` are note, licence and publisher by language."""

    per: str = ""
    subject: str = ""
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
    noted: Text = NOTHING
    licensed: Text = NOTHING
    published_by: Text = NOTHING
    newest: bool = True
    versions: tuple[str, ...] = ()
    alternatives: tuple[Row, ...] = ()
    alternatives_left_out: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the library holds."""

    factors: int
    versions: int
    sources: int
    by_kind: dict[str, int] = field(default_factory=dict)


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
    same = with_standing(FactorVersion.objects.filter(entry__subject=row.subject).exclude(factor_id=factor).order_by("rank"))
    beside = sorted(same[:60], key=lambda other: (other.geography != row.geography, other.kind != row.kind, other.rank))
    return Sheet(
        **_shared(row),
        per=row.per,
        subject=row.subject,
        parts=tuple(Part(gas=part["gas"], kind=part["kind"], kg=part["kg"]) for part in json.loads(row.parts)),
        boundary=row.boundary,
        address=row.address,
        licence=row.licence,
        note=row.note,
        noted=reading(row.note),
        licensed=reading(row.licence),
        published_by=reading(row.publisher),
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
        alternatives=tuple(as_row(other) for other in beside[:12]),
        alternatives_left_out=max(0, len(beside) - 12),
    )


def rows(references: list[str]) -> list[Row]:
    """Factors by ``id`` (its newest version) or ``id@version``, in the order asked for; those that are not here are left out."""
    ids = {reference.split("@", 1)[0] for reference in references}
    found: dict[str, Row] = {}
    for row in with_standing(FactorVersion.objects.filter(factor_id__in=ids).order_by("pk")):
        found[row.factor_id] = found[f"{row.factor_id}@{row.version}"] = as_row(row)
    return [found[reference] for reference in references if reference in found]


def counts() -> Counts:
    """How much the library holds."""
    kinds = dict(FactorEntry.objects.values_list("kind").annotate(n=Count("pk")).order_by())
    return Counts(
        factors=sum(kinds.values()),
        versions=FactorVersion.objects.count(),
        sources=FactorVersion.objects.values("source").distinct().count(),
        by_kind=kinds,
    )


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher of factors, with the licence notes of its entries."""

    publisher: Text
    factors: int
    licences: tuple[Text, ...]


def sources() -> list[Source]:
    """The publishers, those of most factors first."""
    gathered: dict[str, tuple[int, list[str]]] = {}
    rows = (
        FactorVersion.objects.filter(entry__isnull=False)
        .values_list("publisher", "licence")
        .annotate(n=Count("pk"))
        .order_by("publisher", "licence")
    )
    for publisher, licence, n in rows:
        count, licences = gathered.get(publisher, (0, []))
        gathered[publisher] = (count + n, [*licences, licence] if licence else licences)
    ordered = sorted(gathered.items(), key=lambda item: (-item[1][0], item[0]))
    return [Source(reading(publisher), n, tuple(reading(licence) for licence in licences)) for publisher, (n, licences) in ordered]


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


def as_row(row: FactorVersion, found_by: str = "", found_word: str = "") -> Row:
    """A row of a list, with the reason why a query found it. Its state is what it stands at now where the rows come :func:`with_standing`."""
    state = getattr(row, "stands", None) or row.state
    return Row(**{**_shared(row), "state": state}, found_by=found_by, found_word=found_word)


def with_standing(rows: QuerySet[FactorVersion]) -> QuerySet[FactorVersion]:
    """The versions with what each newest one of a factor stands at now: superseded, revoked or expired since it was published."""
    return rows.annotate(stands=F("entry__state"))
