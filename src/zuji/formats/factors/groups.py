"""The factors that a word may name, as the matching of lines takes them: by concept, or by their own name where no concept names them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zuji.formats.factors.filing import Card
from zuji.formats.factors.understanding import How
from zuji.formats.factors.words import Vocabulary

_SHORTEST_NAME = 2
_LAST_BITS, _PREFERENCE_BITS, _HEAD_BITS, _OVERLAP_BITS = 22, 12, 3, 8
_MOST_OVERLAP = (1 << _OVERLAP_BITS) - 1
_SCORES = 10_000  # scores count in ten-thousandths
_STATES = {"current": 0, "caution": 1}
_CONFIDENCES = {"verified": 0, "secondary": 1}
Keys = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Group:
    """Factors that one word may name. ``terms`` are the numbers of the terms of their names, one factor's after the other's up to ``ends``.

    ``order`` is smaller for what comes first among factors whose score and whose share of the line's words are equal.
    """

    places: NDArray[np.int32]
    preference: NDArray[np.int64]
    order: Keys
    terms: NDArray[np.int32]
    ends: NDArray[np.int64]

    def overlap(self, asked: NDArray[np.bool_]) -> NDArray[np.int64]:
        """How many of the terms that are asked for (by number) each factor's name has."""
        counted = np.concatenate(([0], np.cumsum(asked[self.terms])))
        return np.diff(counted[self.ends], prepend=0)


@dataclass(frozen=True, slots=True)
class Named:
    """How factors are named: by place both names in the form in which words are looked up; the places of an own name; the terms of the names.

    ``terms`` are numbers, one factor's after the other's, so many each as ``counts`` says.
    """

    names: list[str]
    own: dict[str, list[tuple[int, How]]]
    terms: NDArray[np.int32]
    counts: NDArray[np.int64]


class Groups:
    """What matching needs to know of the factors of a drawer.

    Among factors of one thing come first: those whose name says more of the line, in force, of China, as the concept lists them, verified,
    new; then by id. That order is one whole number for each factor of a group, so that a thousand factors of one thing are ranked at once.
    """

    def __init__(self, cards: Sequence[Card], named: Named, concepts: Mapping[str, Sequence[int]], vocabulary: Vocabulary) -> None:
        if len(cards) >> _LAST_BITS or any(len(listed) >> _PREFERENCE_BITS for listed in vocabulary.factors.values()):
            raise ValueError("more factors than one drawer holds")
        self._terms, self._counts = named.terms, named.counts
        self._starts = np.cumsum(named.counts) - named.counts
        self.names, self.own = named.names, named.own
        self.longest = max(map(len, self.own), default=0)
        self._head = np.array([_STATES.get(card.state, 2) * 2 + (not card.geography.startswith("CN")) for card in cards], np.int64)
        self._tail = [(_CONFIDENCES.get(card.confidence, 2), -(card.year or 0)) for card in cards]
        last = sorted(range(len(cards)), key=lambda at: (*self._tail[at], cards[at].factor_id))
        self._last = np.empty(len(cards), np.int64)
        self._last[last] = np.arange(len(cards))
        self.by_concept = {
            concept: self._group(at, [vocabulary.preference(concept, cards[n].factor_id, cards[n].subject) for n in at])
            for concept, at in concepts.items()
        }

    def _group(self, places: Sequence[int], preference: Sequence[int]) -> Group:
        at, preferred = np.array(places, np.int32), np.array(preference, np.int64)
        order = ((self._head[at] << _PREFERENCE_BITS) + preferred << _LAST_BITS) + self._last[at]
        counts = self._counts[at]
        inside = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        return Group(at, preferred, order, self._terms[np.repeat(self._starts[at], counts) + inside], np.cumsum(counts))

    def alone(self, places: Sequence[int]) -> Group:
        """A group of factors that a word names by their own names."""
        return self._group(places, [0] * len(places))

    def order_of(self, place: int) -> tuple[int, int, int, int]:
        """State, country, confidence and age of a factor, smaller for what comes first: to compare factors of different drawers."""
        head = int(self._head[place])
        return head >> 1, head & 1, *self._tail[place]


def keys(group: Group, scores: NDArray[np.float64], overlap: NDArray[np.int64]) -> Keys:
    """One whole number for each factor of a group, smaller for what comes first; scores are compared by their first four decimals."""
    score = _SCORES - np.rint(np.round(scores, 4) * _SCORES).astype(np.int64)
    shared = _MOST_OVERLAP - np.minimum(overlap, _MOST_OVERLAP)
    found: Keys = (((score << _OVERLAP_BITS) + shared) << (_HEAD_BITS + _PREFERENCE_BITS + _LAST_BITS)) + group.order
    return found


def own_names(kind: str, whole: Sequence[str], synonyms: Sequence[str]) -> list[tuple[str, How]]:
    """The names of a factor that stands in no concept; its row's synonyms count for less, and for emissions of a process not at all."""
    if kind != "life-cycle":
        names: dict[str, How] = dict.fromkeys(whole[:2], "name")
    else:
        names = {**dict.fromkeys(synonyms, "synonym"), **dict.fromkeys(whole, "name")}
    return [(name, how) for name, how in names.items() if len(name) >= _SHORTEST_NAME]
