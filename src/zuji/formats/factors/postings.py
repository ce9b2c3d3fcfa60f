"""Which factors have a word: sorted lexemes, and for each the places of the factors that have it, with a weight."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

_WEIGHT_BITS = 6
_LAST = "\U0010ffff"  # sorts behind every continuation
Range = tuple[int, int]
"""Lexemes from the first up to and without the second."""


class Postings:
    """An inverted index that never changes. Places count factors from 0."""

    def __init__(self, lexemes: list[str], starts: NDArray[np.int64], places: NDArray[np.int32], weights: NDArray[np.uint8]) -> None:
        self.lexemes = lexemes
        self._starts = starts
        self._places = places
        self._weights = weights

    @classmethod
    def of(
        cls, texts: Sequence[str], lexemes: NDArray[np.int32], places: NDArray[np.int32], weights: NDArray[np.uint8], size: int
    ) -> tuple["Postings", NDArray[np.int64]]:
        """The index of triples (number of a text, place, weight), in any order, some twice: the greater weight counts.

        ``size`` counts the places. Also gives the new number of each text: its place in the order of the lexemes.
        """
        order = sorted(range(len(texts)), key=texts.__getitem__)
        new = np.empty(len(texts), np.int64)
        new[order] = np.arange(len(texts))
        # One number a triple, and one sort: of the same text and place the greatest weight comes last.
        keys = new[lexemes]
        keys *= max(size, 1)
        keys += places
        keys <<= _WEIGHT_BITS
        keys += weights
        keys.sort()
        last = np.ones(len(keys), bool)
        last[:-1] = keys[1:] >> _WEIGHT_BITS != keys[:-1] >> _WEIGHT_BITS
        keys = keys[last]
        found_weights = (keys & (1 << _WEIGHT_BITS) - 1).astype(np.uint8)
        keys >>= _WEIGHT_BITS
        starts = np.searchsorted(keys, np.arange(len(texts) + 1) * max(size, 1))
        return cls([texts[number] for number in order], starts, (keys % max(size, 1)).astype(np.int32), found_weights), new

    def __len__(self) -> int:
        return len(self._places)

    def exactly(self, lexeme: str) -> Range | None:
        """The lexeme itself; None where no factor has it."""
        at = bisect_left(self.lexemes, lexeme)
        return (at, at + 1) if at < len(self.lexemes) and self.lexemes[at] == lexeme else None

    def beginning(self, start: str) -> Range | None:
        """The lexemes that begin with a text."""
        found = bisect_left(self.lexemes, start), bisect_left(self.lexemes, start + _LAST)
        return found if found[0] < found[1] else None

    def having(self, ranges: Iterable[Range], size: int) -> NDArray[np.bool_]:
        """Which of ``size`` places have any of the lexemes."""
        found = np.zeros(size, bool)
        for first, end in ranges:
            found[self._places[self._starts[first] : self._starts[end]]] = True
        return found

    def weight(self, ranges: Iterable[Range], size: int) -> NDArray[np.float64]:
        """The sum of the weights of the lexemes that each of ``size`` places has; a lexeme in two ranges counts once."""
        found = np.zeros(size)
        for first, end in _apart(ranges):
            cut = slice(self._starts[first], self._starts[end])
            found += np.bincount(self._places[cut], self._weights[cut], size)
        return found


def _apart(ranges: Iterable[Range]) -> Iterable[Range]:
    """The same lexemes in ranges that do not overlap."""
    end = 0
    for first, last in sorted(ranges):
        if last > end:
            yield max(first, end), last
            end = last
