"""Which factors a free line of text means: ranked candidates, each with its reason and a calibrated confidence, or none.

The thing named must be all that the line names: what is left over after sizes, grades, packing, use, origin and brands are taken away
lowers the score, most of all directly behind the word (水泥编织袋 is a bag, not cement). A line that is not understood whole is "no match".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from zuji.engine.text import Text
from zuji.formats.factors.confidence import THRESHOLD, calibrated
from zuji.formats.factors.lines import lookup, without_brackets
from zuji.formats.factors.terms import terms
from zuji.formats.factors.understanding import Found, How, Reader
from zuji.formats.factors.words import Vocabulary

HOW: dict[How, Text] = {
    "name": Text("名称", "name"),
    "synonym": Text("同义词", "synonym"),
    "abbreviation": Text("缩写、化学式或牌号", "abbreviation, formula or grade"),
    "code": Text("代码", "code"),
    "sound": Text("同音字", "same sound as"),
    "typo": Text("差一个字母", "one letter off"),
}
_OWN_SYNONYM = 0.6
MOST = 10


class Known(Protocol):
    """What the matcher needs to know of a factor."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> Text: ...
    @property
    def synonyms(self) -> tuple[str, ...]: ...
    @property
    def kind(self) -> str: ...
    @property
    def geography(self) -> str: ...
    @property
    def year(self) -> int | None: ...
    @property
    def state(self) -> str: ...
    @property
    def confidence(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A factor that a line may mean. ``confidence`` is calibrated: of candidates shown first with 0.9, about nine in ten are right."""

    factor_id: str
    confidence: float
    how: How
    word: str

    @property
    def reason(self) -> Text:
        kind = HOW[self.how]
        return Text(f"{kind.zh}“{self.word}”", f"{kind.en} “{self.word}”")


@dataclass(frozen=True, slots=True)
class Match:
    """The answer for one line: ``found`` says whether the first candidate is to be believed."""

    line: str
    candidates: tuple[Candidate, ...]

    @property
    def found(self) -> bool:
        return bool(self.candidates) and self.candidates[0].confidence >= THRESHOLD


@dataclass(frozen=True, slots=True)
class _Placed:
    factor: Known
    concepts: dict[str, int]
    own: tuple[tuple[str, How], ...]
    named: str
    terms: frozenset[str]


class Shelf:
    """Factors to choose from, looked at once and matched with many lines. ``factors`` come each with its group of rows (empty: none)."""

    def __init__(self, vocabulary: Vocabulary, factors: Iterable[tuple[Known, str]]) -> None:
        self.placed = [_place(vocabulary, factor, group) for factor, group in factors]
        self.own: dict[str, list[tuple[str, How]]] = {}
        self._by_name: dict[str, list[_Placed]] = {}
        for placed in self.placed:
            for name in (placed.factor.id, *placed.concepts):
                self._by_name.setdefault(name, []).append(placed)
            for name, how in placed.own:
                self.own.setdefault(name, []).append((placed.factor.id, how))

    def named(self, found: Found) -> list[_Placed]:
        """The factors that a word may name, each once."""
        names = (*found.concepts, *(factor_id for factor_id, _ in found.own))
        return list({id(placed): placed for name in names for placed in self._by_name.get(name, ())}.values())


class Matcher:
    """Matches lines by one vocabulary; made once, used for many lines. Pure: no state changes after it is made."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.reader = Reader(vocabulary)

    def shelf(self, factors: Iterable[tuple[Known, str]]) -> Shelf:
        """Factors made ready to be matched."""
        return Shelf(self.vocabulary, factors)

    def concepts(self, line: str) -> tuple[str, ...]:
        """The concepts that a line names, whether it is believed or not: what to fetch factors of."""
        return tuple(dict.fromkeys(concept for found in self.reader.read(line) for concept in found.concepts))

    def rank(self, line: str, shelf: Shelf) -> Match:
        """The factors on a shelf that a line means, best first, at most ten."""
        read = self.reader.read(line, shelf.own)
        asked = frozenset(terms(lookup(line)))
        best: dict[str, tuple[tuple[float | int | str, ...], Candidate]] = {}
        for found, placed in [(each, placed) for each in read for placed in shelf.named(each)]:
            fits = _fits(found, placed)
            if fits is None:
                continue
            how, word, cost, preference = fits
            score = cost * found.score(placed.named)
            order = (-round(score, 4), *_order(placed, asked, preference))
            if placed.factor.id not in best or order < best[placed.factor.id][0]:
                best[placed.factor.id] = (order, Candidate(placed.factor.id, calibrated(score), how, word))
        ranked = sorted(best.values(), key=lambda pair: pair[0])
        return Match(line, tuple(candidate for _, candidate in ranked[:MOST]))


def _fits(found: Found, placed: _Placed) -> tuple[How, str, float, int] | None:
    """How a found word names a factor: the kind of word, the word, its cost and the place of the factor in the concept's list."""
    ways = [
        (how, word, cost, placed.concepts[concept]) for concept, (how, word, cost) in found.concepts.items() if concept in placed.concepts
    ]
    if ways:
        return max(ways, key=lambda way: (way[2], -way[3]))
    own = next((how for factor_id, how in found.own if factor_id == placed.factor.id), None)
    return None if own is None else (own, found.key, _OWN_SYNONYM if own == "synonym" else 1.0, 0)


def _place(vocabulary: Vocabulary, factor: Known, group: str) -> _Placed:
    concepts = {concept: vocabulary.preference(concept, factor.id, group) for concept in vocabulary.concepts(factor.id, group)}
    named = f"{lookup(factor.name.zh)} {lookup(factor.name.en)}"
    return _Placed(factor, concepts, () if concepts else _own(factor), named, frozenset(terms(f"{factor.name.zh} {factor.name.en}")))


def _own(factor: Known) -> tuple[tuple[str, How], ...]:
    """The names of a factor that stands in no concept; its row's synonyms count for less, and for emissions of a process not at all."""
    names: dict[str, How] = {}
    for name in (factor.name.zh, factor.name.en):
        names[lookup(name)] = "name"
        if factor.kind == "life-cycle":
            names[lookup(without_brackets(name))] = "name"
    if factor.kind == "life-cycle":
        names |= {word: "synonym" for text in factor.synonyms if (word := lookup(text)) not in names}
    return tuple((name, how) for name, how in names.items() if len(name) > 1)


def _order(placed: _Placed, asked: frozenset[str], preference: int) -> tuple[float | int | str, ...]:
    """Among factors of one thing: those whose name says more of the line, in force, of China, as the concept lists them, verified, new."""
    factor = placed.factor
    return (
        -len(asked & placed.terms),
        {"current": 0, "caution": 1}.get(factor.state, 2),
        0 if factor.geography.startswith("CN") else 1,
        preference,
        {"verified": 0, "secondary": 1}.get(factor.confidence, 2),
        -(factor.year or 0),
        factor.id,
    )
