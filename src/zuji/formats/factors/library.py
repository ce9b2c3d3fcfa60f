"""The factors a calculation may use: the shipped library, and a user's own file on top of it."""

import csv
import difflib
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from types import MappingProxyType

from zuji.engine.errors import StudyRefused
from zuji.engine.factors import FactorVersion
from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.formats.factors.drawers import CardIndex
from zuji.formats.factors.files import read_factor_file
from zuji.formats.factors.filing import Card, filed
from zuji.formats.factors.reasons import reason
from zuji.formats.factors.rows import RowFaults, factor_of
from zuji.formats.factors.search import find
from zuji.formats.factors.subjects import subject
from zuji.formats.factors.words import load_words

_NUMBER = re.compile(r"(\d+)")
LEFT_OUT = "left-out.csv"


def _version_order(version: str) -> tuple[tuple[int, int | str], ...]:
    """``10`` comes after ``9``: numbers inside a version compare as numbers."""
    return tuple((0, int(piece)) if piece.isdigit() else (1, piece) for piece in _NUMBER.split(version) if piece)


@dataclass(frozen=True, slots=True)
class Hit:
    """A factor that a query found: why (a key of :data:`~zuji.formats.factors.reasons.REASONS`) and the word that the query stands for."""

    factor: FactorVersion
    reason: str
    matched: str


class FactorLibrary:
    """An immutable set of factor versions, found by id or words (implements :class:`zuji.engine.factors.FactorSource`)."""

    def __init__(self, factors: Iterable[tuple[FactorVersion, Mapping[str, str]]]) -> None:
        self._rows: dict[str, Mapping[str, str]] = {}
        self._pinned: dict[str, FactorVersion] = {}
        self._newest: dict[str, FactorVersion] = {}
        for factor, row in factors:
            self._pinned[factor.reference] = factor
            self._rows[factor.reference] = MappingProxyType(dict(row))
            known = self._newest.get(factor.id)
            if known is None or _version_order(known.version) <= _version_order(factor.version):
                self._newest[factor.id] = factor

    def __len__(self) -> int:
        return len(self._newest)

    def find(self, reference: str) -> FactorVersion | None:
        """The version that ``id@version`` names, or the newest of ``id``; None if there is none."""
        return self._pinned.get(reference) or self._newest.get(reference)

    def pinned(self, reference: str) -> FactorVersion | None:
        """The version of exactly this ``id@version``; None if there is none."""
        return self._pinned.get(reference)

    def nearest(self, reference: str) -> tuple[str, ...]:
        """Ids that look like a mistyped one, best first, at most three."""
        wanted = reference.partition("@")[0].lower()[:200]
        lowered = {known.lower(): known for known in self._newest}
        return tuple(lowered[near] for near in difflib.get_close_matches(wanted, lowered, n=3, cutoff=0.6))

    def all(self) -> tuple[FactorVersion, ...]:
        """The newest version of every factor, by id."""
        return tuple(self._newest[known] for known in sorted(self._newest))

    def versions(self, factor_id: str) -> tuple[FactorVersion, ...]:
        """Every version of a factor, newest first."""
        found = [factor for factor in self._pinned.values() if factor.id == factor_id]
        return tuple(sorted(found, key=lambda factor: _version_order(factor.version), reverse=True))

    def row(self, reference: str) -> Mapping[str, str]:
        """The row behind a version, column name to text as written. Raises ``KeyError`` for an unknown reference."""
        factor = self.find(reference)
        if factor is None:
            raise KeyError(reference)
        return self._rows[factor.reference]

    def alongside(self, reference: str) -> tuple[FactorVersion, ...]:
        """Other factors that describe the same thing, each with its own source and often another value; by id."""
        factor = self.find(reference)
        group = self._rows[factor.reference].get("group", "") if factor else ""
        if factor is None or not group:
            return ()
        return tuple(other for other in self.all() if other.id != factor.id and self._rows[other.reference].get("group") == group)

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """Factors by words, Chinese or English, best first, each with the reason of the hit, as the platform finds them. A blank query finds none."""
        if not query.strip():
            return []
        listed = self._in_order
        found = [listed[number] for number in find(self.index, query).numbers[:limit].tolist()]
        return [Hit(factor, *self._reason(factor, query)) for factor in found]

    def _reason(self, factor: FactorVersion, query: str) -> tuple[str, str]:
        return reason(query, factor_id=factor.id, subject=self._subject(factor), name=factor.name, synonyms=factor.synonyms)

    def _subject(self, factor: FactorVersion) -> str:
        return self._rows[factor.reference].get("group", "") or subject(factor.name.zh)

    @cached_property
    def _in_order(self) -> list[FactorVersion]:
        return sorted(self._newest.values(), key=shown_first)

    @cached_property
    def cards(self) -> list[Card]:
        """The newest versions as an index takes them, each numbered by its place in the order of :func:`shown_first`."""
        return [self._card(rank, factor) for rank, factor in enumerate(self._in_order)]

    @cached_property
    def index(self) -> CardIndex:
        """The newest versions as they are searched and matched."""
        return CardIndex.of(self.cards, load_words())

    def _card(self, rank: int, factor: FactorVersion) -> Card:
        return Card(
            number=rank,
            factor_id=factor.id,
            subject=self._subject(factor),
            category=factor.category,
            kind=factor.kind,
            geography=factor.geography,
            per=factor.per,
            state=factor.state,
            confidence=factor.confidence,
            year=factor.year,
            rank=rank,
            filed=filed(
                factor_id=factor.id,
                name=factor.name,
                synonyms=factor.synonyms,
                category=factor.category,
                geography=factor.geography,
                year=factor.year,
                publisher=factor.publisher,
                source=factor.source,
            ),
        )

    def with_versions(self, versions: Iterable[FactorVersion]) -> "FactorLibrary":
        """This library with ``versions`` added after those it has; one of the same reference takes the place of the one that was here."""
        kept = {reference: (factor, self._rows[reference]) for reference, factor in self._pinned.items()}
        for version in versions:
            kept[version.reference] = (version, kept[version.reference][1] if version.reference in kept else {})
        return FactorLibrary(kept.values())

    def with_file(self, data: bytes, name: str) -> "FactorLibrary":
        """This library with the factors of a user's CSV, YAML or JSON file added: new ids, or new versions of known ones.

        Raises :class:`~zuji.engine.errors.StudyRefused` with every fault of the file, by row and column, and for an ``id@version`` that is
        here already: a published version never changes, and a result that names it must mean it.
        """
        added = read_factor_file(data, name)
        taken = [f.reference for f, _ in added if f.reference in self._pinned and self._pinned[f.reference].digest != f.digest]
        if taken:
            raise StudyRefused([_taken(reference, name) for reference in taken], name)
        kept = [(factor, self._rows[reference]) for reference, factor in self._pinned.items()]
        return FactorLibrary([*kept, *added])


def shown_first(factor: FactorVersion) -> tuple[bool, bool, bool, int, str]:
    """The order of factors of equal fit: checked before unchecked, life-cycle before partial, Chinese before others, new before old."""
    return (
        factor.confidence != "verified",
        factor.kind != "life-cycle",
        not factor.geography.startswith("CN"),
        -(factor.year or 0),
        factor.id,
    )


def _taken(reference: str, name: str) -> Finding:
    text = Text(
        f"“{reference}”是因子库中已发布的版本，不能改写。请给自有因子另起编号。",
        f"“{reference}” is a published version of the library and cannot be rewritten. Give your own factor an id of its own.",
    )
    return Finding("factors.published", "error", f"{name} / {reference}", text)


def shipped_rows() -> Iterable[dict[str, str]]:
    """The rows of the shipped factor files as they are written."""
    folder = resources.files("zuji.library").joinpath("factors")
    for file in sorted(folder.iterdir(), key=lambda found: found.name):
        if file.name.endswith(".csv") and file.name != LEFT_OUT:
            yield from csv.DictReader(io.StringIO(file.read_text(encoding="utf-8")))


@cache
def left_out() -> tuple[dict[str, str], ...]:
    """The rows of the sources that are not in the library, each with its reason in both languages."""
    text = resources.files("zuji.library").joinpath("factors", LEFT_OUT).read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text)))


@cache
def geographies() -> dict[str, tuple[str, str]]:
    """Codes of the column ``geography`` to their Chinese and English names."""
    text = resources.files("zuji.library").joinpath("geographies.csv").read_text(encoding="utf-8")
    return {row["code"]: (row["zh"], row["en"]) for row in csv.DictReader(io.StringIO(text))}


@cache
def load_library() -> FactorLibrary:
    """The shipped library. A faulty shipped row is a fault of the build and raises ``ValueError``."""
    found: list[tuple[FactorVersion, Mapping[str, str]]] = []
    for row in shipped_rows():
        faults = RowFaults()
        factor = factor_of(row, faults)
        if factor is None:
            raise ValueError(f"shipped factor {row.get('id')}: " + "; ".join(f"{column}: {text.en}" for column, text in faults.found))
        found.append((factor, row))
    return FactorLibrary(found)
