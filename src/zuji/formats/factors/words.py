"""The words of industry: what else a thing is called, its abbreviations, formulas and code numbers, each list with its source.

A *concept* is one thing, such as soda ash; it names the factors that describe it, by id or by the group of the factor files. Words may
grow from release to release: a published factor row never changes for it.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Literal

Place = Literal["name", "synonym", "abbreviation", "code"]
UNSOURCED = "行业通行叫法，由项目整理，未核实 / trade usage, gathered by the project, unverified"


@dataclass(frozen=True, slots=True)
class Word:
    """A word for a concept. ``system`` is that of a code (CAS, HS, GB/T 4754), else empty; ``first`` marks the usual name of a language."""

    text: str
    place: Place
    concept: str
    system: str = ""
    source: str = UNSOURCED
    first: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """All words, and which factors each concept names, in the order in which the concept prefers them."""

    words: tuple[Word, ...]
    factors: Mapping[str, tuple[str, ...]]

    @cached_property
    def by_concept(self) -> Mapping[str, tuple[Word, ...]]:
        found: dict[str, list[Word]] = {}
        for word in self.words:
            found.setdefault(word.concept, []).append(word)
        return {concept: tuple(words) for concept, words in found.items()}

    @cached_property
    def fingerprint(self) -> str:
        """What tells this vocabulary from another."""
        content = repr((self.words, sorted(self.factors.items())))
        return hashlib.sha256(content.encode()).hexdigest()

    @cached_property
    def _concepts(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for concept, references in self.factors.items():
            for reference in references:
                found.setdefault(reference, []).append(concept)
        return {reference: tuple(concepts) for reference, concepts in found.items()}

    def concepts(self, factor_id: str, group: str) -> tuple[str, ...]:
        """The concepts that name a factor by its id, or by the group of rows that it stands in."""
        named = (*self._concepts.get(factor_id, ()), *(self._concepts.get(f"group:{group}", ()) if group else ()))
        return tuple(dict.fromkeys(named))

    def words_of(self, factor_id: str, group: str) -> tuple[Word, ...]:
        """Every word under which a factor is known beyond its own row."""
        return tuple(word for concept in self.concepts(factor_id, group) for word in self.by_concept.get(concept, ()))

    def preference(self, concept: str, factor_id: str, group: str) -> int:
        """The place of a factor in the concept's list; the first is what the word usually means."""
        listed = self.factors.get(concept, ())
        places = [listed.index(name) for name in (factor_id, f"group:{group}") if name in listed]
        return min(places, default=len(listed))


def _rows(name: str) -> Iterable[dict[str, str]]:
    text = resources.files("zuji.library").joinpath("words", name).read_text(encoding="utf-8")
    return csv.DictReader(io.StringIO(text))


def _split(cell: str) -> list[str]:
    return [word for word in (piece.strip() for piece in cell.split(";")) if word]


@cache
def load_words() -> Vocabulary:
    """The shipped words. A code or a word of an unknown concept is a fault of the build and raises ``ValueError``."""
    words: list[Word] = []
    factors: dict[str, tuple[str, ...]] = {}
    for row in _rows("concepts.csv"):
        concept, source = row["concept"], row["source"] or UNSOURCED
        factors[concept] = tuple(_split(row["factors"]))
        for column in ("zh", "en"):
            for place, text in enumerate(_split(row[column])):
                words.append(Word(text, "synonym" if place else "name", concept, source=source, first=not place))
        words += [Word(text, "abbreviation", concept, source=source) for text in _split(row["short"])]
    for row in _rows("codes.csv"):
        if row["concept"] not in factors:
            raise ValueError(f"library/words/codes.csv: unknown concept {row['concept']}")
        words.append(Word(row["code"], "code", row["concept"], system=row["system"], source=row["source"]))
    return Vocabulary(tuple(words), factors)


def variants(code: str, system: str) -> tuple[str, ...]:
    """The ways in which people type a code.

    >>> variants("283620", "HS"), variants("2612", "GB/T 4754")
    (('283620', '2836.20', '2836'), ('2612', 'c2612'))
    """
    if system == "HS":
        return (code, f"{code[:4]}.{code[4:]}", code[:4])
    return (code, f"c{code}") if system == "GB/T 4754" else (code,)


@cache
def noise() -> frozenset[str]:
    """Words that say how a thing comes, from where or for what, and not what it is; lower case."""
    return frozenset(word.lower() for row in _rows("noise.csv") for word in _split(row["words"]))
