"""The filed factors in memory: what a search and the matching of lines look things up in. Made of cards, and never changed."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from zuji.formats.factors.filing import PLACES, SOUND, WEIGHTS, WHOLE, Card
from zuji.formats.factors.groups import Groups, Named, own_names
from zuji.formats.factors.lines import lookup
from zuji.formats.factors.pinyin import initials
from zuji.formats.factors.postings import Postings
from zuji.formats.factors.terms import indexed
from zuji.formats.factors.understanding import How
from zuji.formats.factors.words import Vocabulary, variants

_WHOLE_NAMES, _NAME_TERMS, _WHOLE_SYNONYMS = 0, 1, 5  # lines of a filed text
COLUMNS = ("category", "kind", "geography", "state", "per")
OUT = ("expired", "superseded", "revoked")
"""States of a factor that is no longer offered, as it was published or as it became since; where several hold, the last of these counts."""
Condition = Mapping[str, Callable[[str], bool]]
"""For columns of :data:`COLUMNS` which of their values are wanted; a column that is not named may hold any."""
ANY: Condition = {}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of codes: its values, each once, and for every factor which of them it has."""

    values: tuple[str, ...]
    codes: NDArray[np.int32]

    @classmethod
    def of(cls, cells: Sequence[str]) -> "Column":
        known: dict[str, int] = {}
        codes = [known.setdefault(cell, len(known)) for cell in cells]
        return cls(tuple(known), np.array(codes, np.int32))

    def those(self, wanted: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Which factors have a value that is wanted."""
        return np.array([wanted(value) for value in self.values], bool)[self.codes]

    def counted(self, hits: NDArray[np.bool_]) -> dict[str, int]:
        """How many of the hits have each value; values without a hit are left out."""
        counts = np.bincount(self.codes[hits], minlength=len(self.values))
        return {self.values[code]: int(counts[code]) for code in np.flatnonzero(counts)}


class _Numbers(dict[str, int]):
    """Texts numbered as they come."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


class _Gathered:
    """The words of cards as they are read, one card after the other: what is filed of fifty thousand is never in memory at once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.texts = _Numbers()
        self.lexemes, self.counts = array("i"), array("i")
        self.named, self.named_counts = array("i"), array("i")
        self.names: list[str] = []
        self.own: dict[str, list[tuple[int, How]]] = {}
        self.concepts: dict[str, list[int]] = {}

    def take(self, card: Card) -> Card:
        """Read what is filed; the card without it."""
        place = len(self.names)
        places = [line.split("\t") if line else [] for line in card.filed.split("\n")]
        if len(places) != len(PLACES):
            places = [[] for _ in PLACES]  # of another form: it is about to be filed anew
        for words in places:
            self.lexemes.extend(map(self.texts.__getitem__, words))
            self.counts.append(len(words))
        self.named.extend(map(self.texts.__getitem__, places[_NAME_TERMS]))
        self.named_counts.append(len(places[_NAME_TERMS]))
        whole = [word.removeprefix(WHOLE) for word in places[_WHOLE_NAMES]]
        self.names.append(" ".join(whole[:2]))
        concepts = self._vocabulary.concepts(card.factor_id, card.subject)
        for concept in concepts:
            self.concepts.setdefault(concept, []).append(place)
        if not concepts:
            for name, how in own_names(card.kind, whole, [word.removeprefix(WHOLE) for word in places[_WHOLE_SYNONYMS]]):
                self.own.setdefault(name, []).append((place, how))
        return card._replace(filed="")

    def postings(self) -> tuple[Postings, NDArray[np.int64]]:
        """The index of all that was read, and of the words of the concepts; and the new number of each text."""
        size, counts = len(self.names), np.array(self.counts, np.int64)
        weights = np.repeat(np.tile(np.array([WEIGHTS[place] for place in PLACES], np.uint8), size), counts)
        owners = np.repeat(np.repeat(np.arange(size, dtype=np.int32), len(PLACES)), counts)
        added = [(np.array(self.lexemes, np.int32), owners, weights)]
        added += [_spread(self._vocabulary, concept, np.array(at, np.int32), self.texts) for concept, at in self.concepts.items()]
        lexemes, places, weighed = (np.concatenate(column) for column in zip(*added, strict=True))
        return Postings.of(list(self.texts), lexemes, places, weighed, size=size)


class Drawer:
    """Cards filed together: their columns, the index of their words, and what matching needs (:class:`Groups`)."""

    def __init__(self, cards: Iterable[Card], vocabulary: Vocabulary) -> None:
        gathered = _Gathered(vocabulary)
        heads = [gathered.take(card) for card in cards]
        self.size = len(heads)
        self.numbers = np.array([card.number for card in heads], np.int64)
        self.ids = [card.factor_id for card in heads]
        self.ranks = np.array([card.rank for card in heads], np.int64)
        self.columns = {name: Column.of([getattr(card, name) for card in heads]) for name in COLUMNS}
        self.out = self.columns["state"].those(OUT.__contains__)
        self.postings, new = gathered.postings()
        terms = new[np.array(gathered.named, np.int64)].astype(np.int32)
        named = Named(gathered.names, gathered.own, terms, np.array(gathered.named_counts, np.int64))
        self.groups = Groups(heads, named, gathered.concepts, vocabulary)

    def mask(self, condition: Condition) -> NDArray[np.bool_]:
        """Which factors meet a condition."""
        found = np.ones(self.size, bool)
        for column, wanted in condition.items():
            found &= self.columns[column].those(wanted)
        return found


@dataclass(frozen=True)
class CardIndex:
    """All factors: the many that were filed together, and beside them the few that were filed since; each with those that still hold."""

    drawers: tuple[Drawer, ...]
    live: tuple[NDArray[np.bool_], ...]

    @classmethod
    def of(cls, cards: Iterable[Card], vocabulary: Vocabulary) -> "CardIndex":
        """The index of these cards alone."""
        drawer = Drawer(cards, vocabulary)
        return cls((drawer,), (np.ones(drawer.size, bool),))

    def besides(self, kept: NDArray[np.bool_], cards: Sequence[Card], vocabulary: Vocabulary) -> "CardIndex":
        """Those of the first drawer that are ``kept``, and the cards filed since."""
        first = self.drawers[0]
        if not cards:
            return CardIndex((first,), (kept,))
        since = Drawer(cards, vocabulary)
        return CardIndex((first, since), (kept, np.ones(since.size, bool)))

    @cached_property
    def size(self) -> int:
        """How many factors there are."""
        return sum(int(live.sum()) for live in self.live)

    def masks(self, condition: Condition) -> list[NDArray[np.bool_]]:
        """For each drawer which of its factors hold and meet a condition."""
        return [live & drawer.mask(condition) for drawer, live in zip(self.drawers, self.live, strict=True)]


def _spread(
    vocabulary: Vocabulary, concept: str, at: NDArray[np.int32], texts: dict[str, int]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint8]]:
    """The words of a concept as lexemes of every factor that it names: numbers of texts, places and weights."""
    said = [(texts[text], WEIGHTS[place]) for text, place in _said(vocabulary, concept)]
    numbers, weights = np.array(said, np.int32).reshape(len(said), 2).T
    return np.tile(numbers, len(at)), np.repeat(at, len(said)), np.tile(weights.astype(np.uint8), len(at))


def _said(vocabulary: Vocabulary, concept: str) -> Iterable[tuple[str, str]]:
    """The lexemes of the words of a concept, each with its place."""
    for word in vocabulary.by_concept.get(concept, ()):
        if word.place == "code":
            yield from ((form, "code") for form in variants(word.text, word.system))
            continue
        yield f"{WHOLE}{lookup(word.text)}", "whole-name" if word.first else "whole-word"
        yield from ((term, "synonym") for term in indexed(word.text))
        yield from ((f"{SOUND}{letters}", "sound") for letters in initials(word.text))
