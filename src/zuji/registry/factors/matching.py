"""Free lines, as bills of material and meters write them, to the factors that they mean: a service for forms, imports and programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from zuji.engine.text import Text
from zuji.formats.factors.confidence import THRESHOLD
from zuji.formats.factors.drawers import CardIndex, Condition
from zuji.formats.factors.embeddings import Embedder, nearest
from zuji.formats.factors.matching import MOST, OFFERED, Match, Matcher, Shelf
from zuji.formats.factors.words import load_words
from zuji.registry.factors import queries
from zuji.registry.factors.holding import current
from zuji.registry.factors.models import FactorVersion

_BATCH = 500


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


@cache
def matcher() -> Matcher:
    """The matcher of the shipped words."""
    return Matcher(load_words())


def match_line(line: str) -> Answer:
    """What one line means."""
    return match_lines([line])[0]


def match_lines(lines: Sequence[str], *, embedder: Embedder | None = None) -> list[Answer]:
    """What each line means, in the order of the lines: of each what it would mean alone.

    Only factors that a product footprint may rest on and that are in force are answers. Two database queries, and one more for every five
    hundred factors that are answers. An ``embedder`` adds what is near in meaning to lines that are not understood, never so sure that it
    would be believed.
    """
    index = current()
    matches = matched(index, lines, OFFERED)
    near = [_near(match, index, embedder) if embedder is not None and not match.found else [] for match in matches]
    wanted = {candidate.number for match in matches for candidate in match.candidates} | {number for each in near for number, _ in each}
    rows = _rows(sorted(wanted))
    reason = Text("语义相近（本机模型）", "near in meaning (a model on this machine)")
    answers = []
    for match, beside in zip(matches, near, strict=True):
        meant = [
            Meant(queries.as_row(rows[candidate.number], "line", candidate.word), candidate.confidence, candidate.reason)
            for candidate in match.candidates
            if candidate.number in rows
        ]
        meant += [Meant(queries.as_row(rows[number], "line", ""), sure, reason) for number, sure in beside if number in rows]
        answers.append(Answer(match.line, match.found and bool(meant), tuple(meant)))
    return answers


def matched(index: CardIndex, lines: Sequence[str], condition: Condition) -> list[Match]:
    """What each line means among the factors of an index that meet a condition. A line that stands twice is read once."""
    shelf = Shelf(index, condition)
    known = {line: matcher().rank(line, shelf) for line in dict.fromkeys(lines)}
    return [known[line] for line in lines]


def _near(match: Match, index: CardIndex, embedder: Embedder) -> list[tuple[int, float]]:
    """Factors near in meaning, by a model of the operator's own: listed for a person, below what is believed."""
    taken = {candidate.number for candidate in match.candidates}
    offered = [
        (int(drawer.numbers[place]), drawer.groups.names[place])
        for drawer, mask in zip(index.drawers, index.masks(OFFERED), strict=True)
        for place in mask.nonzero()[0].tolist()
    ]
    near = nearest(match.line, [name for _, name in offered], embedder, MOST)
    return [
        (offered[place][0], round(min(max(likeness, 0.0), 1.0) * THRESHOLD * 0.9, 2))
        for place, likeness in near
        if offered[place][0] not in taken
    ]


def _rows(numbers: Sequence[int]) -> dict[int, FactorVersion]:
    found: dict[int, FactorVersion] = {}
    for start in range(0, len(numbers), _BATCH):
        found |= {row.pk: row for row in FactorVersion.objects.filter(pk__in=numbers[start : start + _BATCH])}
    return found
