"""Which factors a free line of text means: ranked candidates, each with its reason and a calibrated confidence, or none.

The thing named must be all that the line names: what is left over after sizes, grades, packing, use, origin and brands are taken away
lowers the score, most of all directly behind the word (水泥编织袋 is a bag, not cement). A line that is not understood whole is "no match".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from zuji.engine.study import FactorKind
from zuji.engine.text import Text
from zuji.formats.factors.confidence import THRESHOLD, calibrated
from zuji.formats.factors.drawers import OUT, CardIndex, Condition, Drawer
from zuji.formats.factors.groups import Group, keys
from zuji.formats.factors.lines import lookup
from zuji.formats.factors.terms import terms
from zuji.formats.factors.understanding import Found, How, OwnName, Reader
from zuji.formats.factors.words import Vocabulary

HOW: dict[How, Text] = {
    "name": Text("名称", "name"),
    "synonym": Text("同义词", "synonym"),
    "abbreviation": Text("缩写、化学式或牌号", "abbreviation, formula or grade"),
    "code": Text("代码", "code"),
    "sound": Text("同音字", "same sound as"),
    "typo": Text("差一个字母", "one letter off"),
}
USABLE: tuple[FactorKind, ...] = ("life-cycle", "direct", "process")
"""Kinds that a product footprint may rest on; factors of the grid's direct CO2 and of money are refused or coarse."""
OFFERED: Condition = {"kind": USABLE.__contains__, "state": lambda state: state not in OUT}
"""What a line may mean unless something else is said: factors in force that a product footprint may rest on."""
_OWN_SYNONYM = 0.6
MOST = 10
_Order = tuple[float | int | str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A factor that a line may mean. ``confidence`` is calibrated: of candidates shown first with 0.9, about nine in ten are right."""

    number: int
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


@dataclass(frozen=True)
class Shelf:
    """The factors of an index within a condition: made once, matched with many lines."""

    index: CardIndex
    condition: Condition

    @cached_property
    def masks(self) -> list[NDArray[np.bool_]]:
        """For each drawer of the index which of its factors may be answers."""
        return self.index.masks(self.condition)

    @cached_property
    def longest(self) -> int:
        """Characters of the longest own name of a factor."""
        return max((drawer.groups.longest for drawer in self.index.drawers), default=0)

    def named(self, key: str) -> Sequence[OwnName]:
        """The factors on the shelf that no concept names and that have this name of their own: drawer, place, kind of name."""
        return [
            (number, place, how)
            for number, drawer in enumerate(self.index.drawers)
            for place, how in drawer.groups.own.get(key, ())
            if self.masks[number][place]
        ]


class Matcher:
    """Matches lines by one vocabulary; made once, used for many lines. Pure: no state changes after it is made."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.reader = Reader(vocabulary)

    def rank(self, line: str, shelf: Shelf) -> Match:
        """The factors on a shelf that a line means, best first, at most ten."""
        read = self.reader.read(line, shelf)
        asked = tuple(dict.fromkeys(terms(lookup(line))))
        best: dict[str, tuple[_Order, Candidate]] = {}
        for number, drawer in enumerate(shelf.index.drawers) if read else ():
            wanted = _flags(drawer, asked)
            for found in read:
                for order, candidate in _named(found, number, drawer, shelf.masks[number], wanted):
                    if candidate.factor_id not in best or order < best[candidate.factor_id][0]:
                        best[candidate.factor_id] = (order, candidate)
        ranked = sorted(best.values(), key=lambda pair: pair[0])
        return Match(line, tuple(candidate for _, candidate in ranked[:MOST]))


def _flags(drawer: Drawer, asked: Iterable[str]) -> NDArray[np.bool_]:
    """Of the lexemes of a drawer those that are asked for."""
    found = np.zeros(len(drawer.postings.lexemes), bool)
    for term in asked:
        at = drawer.postings.exactly(term)
        if at is not None:
            found[at[0]] = True
    return found


def _named(
    found: Found, number: int, drawer: Drawer, mask: NDArray[np.bool_], wanted: NDArray[np.bool_]
) -> Iterable[tuple[_Order, Candidate]]:
    """The first of the factors of a drawer that a word names: by each of its concepts, and by their own names."""
    groups = drawer.groups
    for concept, (how, word, cost) in found.concepts.items():
        if concept in groups.by_concept:
            yield from _first(found, drawer, groups.by_concept[concept], (how, word, cost), mask, wanted)
    for own in dict.fromkeys(how for owner, _, how in found.own if owner == number):
        group = groups.alone([place for owner, place, how in found.own if owner == number and how == own])
        yield from _first(found, drawer, group, (own, found.key, _OWN_SYNONYM if own == "synonym" else 1.0), mask, wanted)


def _first(
    found: Found, drawer: Drawer, group: Group, way: tuple[How, str, float], mask: NDArray[np.bool_], wanted: NDArray[np.bool_]
) -> Iterable[tuple[_Order, Candidate]]:
    """The first ten of a group, each with what orders it among those of other words, groups and drawers."""
    how, word, cost = way
    scores = _scores(found, drawer, group, cost)
    overlap = group.overlap(wanted)
    at = np.flatnonzero(mask[group.places])
    if len(at) > MOST:
        at = at[np.argpartition(keys(group, scores, overlap)[at], MOST)[:MOST]]
    for each in at.tolist():
        place, score = int(group.places[each]), float(scores[each])
        state, country, confidence, age = drawer.groups.order_of(place)
        factor_id = drawer.ids[place]
        order = (-round(score, 4), -int(overlap[each]), state, country, int(group.preference[each]), confidence, age, factor_id)
        yield order, Candidate(int(drawer.numbers[place]), factor_id, calibrated(score), how, word)


def _scores(found: Found, drawer: Drawer, group: Group, cost: float) -> NDArray[np.float64]:
    """The raw score of each factor of a group: what the word leaves unsaid costs nothing where the factor's own name says it."""
    if not found.left:
        return np.full(len(group.places), cost * found.score(""))
    words, names = [word for word, _ in found.left], drawer.groups.names
    said = [tuple([word in names[place] for word in words]) for place in group.places.tolist()]
    # Whatever the names, there are few ways to say some of the words and not others.
    score = {each: cost * found.score(" ".join(word for word, here in zip(words, each, strict=True) if here)) for each in set(said)}
    return np.array([score[each] for each in said])
