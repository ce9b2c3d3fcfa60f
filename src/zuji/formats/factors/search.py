"""Finding factors by words in Chinese and English: one way for the pages, the programming interface and the command line.

A query is cut into terms by the tokenizer that cut the names. Factors that have all terms are found (a Latin word also by its beginning, a
Chinese one by the initials of its pinyin); only where there is none, those that have at least half of them. The order is by the weight of
the words found, then what is still offered, then the place in the library.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zuji.formats.factors.drawers import ANY, CardIndex, Condition, Drawer
from zuji.formats.factors.filing import SOUND, WHOLE
from zuji.formats.factors.lines import lookup
from zuji.formats.factors.postings import Range
from zuji.formats.factors.terms import normal, terms

LONGEST_QUERY = 100
MOST_TERMS = 16
FACETS = ("category", "kind", "geography", "state")


@dataclass(frozen=True, slots=True)
class Hits:
    """What a query finds: the numbers of the cards, best first, and for each facet its values with how many of the list they would leave.

    ``loosened`` says that not every word was found.
    """

    numbers: NDArray[np.int64]
    facets: dict[str, tuple[tuple[str, int], ...]]
    loosened: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    """A normalised query: its terms, and the lexemes that make a factor stand first."""

    terms: tuple[str, ...]
    bonus: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Weighed:
    """For every factor of a drawer: how many of the terms it has, and the weight of its words."""

    slots: NDArray[np.int64]
    weight: NDArray[np.float64]


def find(index: CardIndex, query: str, *, chosen: Mapping[str, str] | None = None, within: Condition = ANY) -> Hits:
    """The factors ``within`` a condition that have the words of a query (all where it is blank), narrowed to the ``chosen`` facets."""
    chosen = chosen or {}
    masks = index.masks(within)
    text = normal(query[:LONGEST_QUERY])
    if text:
        weighed, masks, loosened = _having(index, _asked(text, index), masks)
    else:
        weighed, loosened = [_Weighed(np.zeros(drawer.size, np.int64), np.zeros(drawer.size)) for drawer in index.drawers], False
    facets = {facet: _counted(index, masks, chosen, facet) for facet in FACETS}
    fitting = [mask & _narrowed(drawer, chosen) for drawer, mask in zip(index.drawers, masks, strict=True)]
    return Hits(_ordered(index, weighed, fitting, loosened=loosened), facets, loosened)


def _asked(text: str, index: CardIndex) -> _Asked:
    code = text.replace(" ", "")
    if "-" in code and any(drawer.postings.exactly(code) for drawer in index.drawers):
        return _Asked((code,), frozenset({f"{WHOLE}{lookup(text)}"}))  # a CAS number is one word
    return _Asked(terms(text)[:MOST_TERMS], frozenset({f"{WHOLE}{lookup(text)}", code}))


def _having(index: CardIndex, asked: _Asked, masks: list[NDArray[np.bool_]]) -> tuple[list[_Weighed], list[NDArray[np.bool_]], bool]:
    """The factors (of those of ``masks``) that have every term; where none has, those with half, and True."""
    weighed = [_weighed(drawer, asked) for drawer in index.drawers]
    whole = len(asked.terms)
    strict, half = (
        [mask & (each.slots >= max(least, 1)) for mask, each in zip(masks, weighed, strict=True)] for least in (whole, (whole + 1) // 2)
    )
    if whole < 2 or any(mask.any() for mask in strict):
        return weighed, strict, False
    return weighed, half, True


def _weighed(drawer: Drawer, asked: _Asked) -> _Weighed:
    slots = np.zeros(drawer.size, np.int64)
    wanted: list[Range] = []
    for term in asked.terms:
        ranges = _meant(drawer, term)
        wanted += ranges
        slots += drawer.postings.having(ranges, drawer.size)
    wanted += [found for lexeme in asked.bonus if (found := drawer.postings.exactly(lexeme)) is not None]
    return _Weighed(slots, drawer.postings.weight(wanted, drawer.size))


def _meant(drawer: Drawer, term: str) -> list[Range]:
    """The lexemes that count as a term: itself, and for a Latin word those that it begins, spoken by initials too."""
    if term.isascii() and term.isalpha() and len(term) > 1:
        found = (drawer.postings.beginning(term), drawer.postings.beginning(f"{SOUND}{term}"))
    else:
        found = (drawer.postings.exactly(term), None)
    return [each for each in found if each is not None]


def _narrowed(drawer: Drawer, chosen: Mapping[str, str], but: str = "") -> NDArray[np.bool_]:
    return drawer.mask({facet: value.__eq__ for facet, value in chosen.items() if value and facet != but})


def _counted(index: CardIndex, masks: list[NDArray[np.bool_]], chosen: Mapping[str, str], facet: str) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter()
    for drawer, mask in zip(index.drawers, masks, strict=True):
        counts.update(drawer.columns[facet].counted(mask & _narrowed(drawer, chosen, facet)))
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _ordered(index: CardIndex, weighed: list[_Weighed], fitting: list[NDArray[np.bool_]], *, loosened: bool) -> NDArray[np.int64]:
    parts = list(zip(index.drawers, weighed, fitting, strict=True))
    numbers, ranks, out, slots, weight = (
        np.concatenate(column)
        for column in zip(
            *(
                (drawer.numbers[mask], drawer.ranks[mask], drawer.out[mask], each.slots[mask], each.weight[mask])
                for drawer, each, mask in parts
            ),
            strict=True,
        )
    )
    keys = (numbers, ranks, out, -weight, -slots) if loosened else (numbers, ranks, out, -weight)
    found: NDArray[np.int64] = numbers[np.lexsort(keys)]
    return found
