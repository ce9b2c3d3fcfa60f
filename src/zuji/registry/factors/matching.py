"""Free lines, as bills of material and meters write them, to the factors that they mean: a service for forms, imports and programs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import Q

from zuji.engine.text import Text
from zuji.formats.factors.confidence import THRESHOLD
from zuji.formats.factors.embeddings import Embedder, nearest
from zuji.formats.factors.lines import lookup, read_line
from zuji.formats.factors.matching import MOST, Candidate, Known, Matcher
from zuji.formats.factors.words import load_words
from zuji.registry.factors import queries
from zuji.registry.factors.indexing import LONGEST, OUT, WHOLE
from zuji.registry.factors.models import FactorEntry, FactorVersion

USABLE = ("life-cycle", "direct", "process")
"""Kinds that a product footprint may rest on; factors of the grid's direct CO2 and of money are refused or coarse."""
_COLUMNS = (
    "factor_id",
    "version",
    "name_zh",
    "name_en",
    "synonyms",
    "kind",
    "category",
    "geography",
    "year",
    "value",
    "unit",
    "state",
    "confidence",
    "source",
    "publisher",
    "subject",
)


@dataclass(frozen=True, slots=True)
class Meant:
    """A factor that a line may mean, with the reason and how sure that is (0 to 1)."""

    row: queries.Row
    confidence: float
    reason: Text


@dataclass(frozen=True, slots=True)
class Answer:
    """What one line means; ``found`` is False where nothing is to be believed: the candidates are then only for a person to look at."""

    line: str
    found: bool
    candidates: tuple[Meant, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    id: str
    name: Text
    synonyms: tuple[str, ...]
    kind: str
    geography: str
    year: int | None
    state: str
    confidence: str


@cache
def matcher() -> Matcher:
    """The matcher of the shipped words."""
    return Matcher(load_words())


def match_line(line: str, *, within: Q | None = None) -> Answer:
    """What one line means, among the factors ``within`` a condition on their entries."""
    return match_lines([line], within=within)[0]


def match_lines(lines: Sequence[str], *, within: Q | None = None, embedder: Embedder | None = None) -> list[Answer]:
    """What each line means, in the order of the lines. Two database queries, however many lines there are.

    Only factors that a product footprint may rest on and that are in force are answers, unless ``within`` says otherwise. An
    ``embedder`` adds what is near in meaning to lines that are not understood, never so sure that it would be believed.
    """
    condition = Q(kind__in=USABLE) & ~Q(state__in=OUT) if within is None else within
    concepts = {concept for line in lines for concept in matcher().concepts(line)}
    named = {name for concept in concepts for name in load_words().factors.get(concept, ())}
    groups = [name.removeprefix("group:") for name in named if name.startswith("group:")]
    either = Q(factor_id__in=[name for name in named if not name.startswith("group:")]) | Q(subject__in=groups)
    either |= Q(pk__in=FactorEntry.objects.filter(terms__lexeme__text__in=_whole(lines)).values("pk"))
    rows = list(FactorVersion.objects.filter(entry__in=FactorEntry.objects.filter(condition & either)).only(*_COLUMNS).order_by("rank"))
    by_id = {row.factor_id: row for row in rows}
    shelf = matcher().shelf((_known(row), row.subject) for row in rows)
    answers = []
    for line in lines:
        match = matcher().rank(line, shelf)
        meant = [_meant(by_id[candidate.factor_id], candidate) for candidate in match.candidates]
        if embedder is not None and not match.found:
            meant += _near(line, condition, embedder, {each.row.id for each in meant})
        answers.append(Answer(line, match.found, tuple(meant)))
    return answers


def _near(line: str, condition: Q, embedder: Embedder, taken: set[str]) -> list[Meant]:
    """Factors near in meaning, by a model of the operator's own: listed for a person, below what is believed."""
    rows = list(FactorVersion.objects.filter(entry__in=FactorEntry.objects.filter(condition)).only(*_COLUMNS).order_by("rank"))
    near = nearest(line, [f"{row.name_zh} {row.name_en}" for row in rows], embedder, MOST)
    reason = Text("语义相近（本机模型）", "near in meaning (a model on this machine)")
    return [
        Meant(queries.as_row(rows[place], "line", ""), round(min(max(likeness, 0.0), 1.0) * THRESHOLD * 0.9, 2), reason)
        for place, likeness in near
        if rows[place].factor_id not in taken
    ]


def _whole(lines: Sequence[str]) -> list[str]:
    """The whole names under which factors that no concept names may be filed: a line, and each of its parts."""
    parts = {part for line in lines for part in (lookup(line), *(segment.text for segment in read_line(line).segments))}
    return sorted(f"{WHOLE}{part}"[:LONGEST] for part in parts if part)


def _known(row: FactorVersion) -> Known:
    return _Known(
        id=row.factor_id,
        name=Text(row.name_zh, row.name_en),
        synonyms=tuple(json.loads(row.synonyms)),
        kind=row.kind,
        geography=row.geography,
        year=row.year,
        state=row.state,
        confidence=row.confidence,
    )


def _meant(row: FactorVersion, candidate: Candidate) -> Meant:
    return Meant(queries.as_row(row, "line", candidate.word), candidate.confidence, candidate.reason)
