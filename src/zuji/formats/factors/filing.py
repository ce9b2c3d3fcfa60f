"""What a factor is filed by: the words under which it is found, cut once where it is written down and kept as one text beside it.

One tokenizer makes this text and cuts the query, so that SQLite, PostgreSQL and the command line find the same. The words of industry
(:mod:`zuji.formats.factors.words`) are no part of it: they are added where the index is made, and may change from release to release.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from zuji.engine.text import Text
from zuji.formats.factors.lines import lookup, without_brackets
from zuji.formats.factors.pinyin import initials
from zuji.formats.factors.terms import indexed, terms

FORM = "5"
"""Changes when :func:`filed` gives another text for the same factor; what is kept of an older form is then made anew."""

WHOLE, SOUND = "=", "~"
"""What a whole name, and the initials of a word, begin with among the lexemes."""

WEIGHTS = {"whole-name": 40, "whole-word": 30, "code": 30, "name": 4, "synonym": 3, "sound": 2, "rest": 1}
PLACES = ("whole-name", "name", "name", "whole-name", "code", "synonym", "synonym", "sound", "rest")
"""The weight of each line of a filed text: whole names · terms of the names · their characters and the terms of the id · the whole id ·
CAS numbers · whole synonyms · their terms · initials · category, place, year and source."""

_CAS = re.compile(r"[0-9]{2,7}-[0-9]{2}-[0-9]", re.ASCII)


class Card(NamedTuple):
    """A factor as an index takes it. ``number`` tells it from every other; ``rank`` is its place among those of equal fit."""

    number: int
    factor_id: str
    subject: str
    category: str
    kind: str
    geography: str
    per: str
    state: str
    confidence: str
    year: int | None
    rank: int
    filed: str


def filed(
    *, factor_id: str, name: Text, synonyms: Sequence[str], category: str, geography: str, year: int | None, publisher: str, source: str
) -> str:
    """The lexemes of a factor: one line for each place of :data:`PLACES`, tabs between lexemes."""
    both = f"{name.zh} {name.en}"
    own = terms(both)
    bare = [without_brackets(each) for each in name]
    spoken = " ".join(synonyms)
    places: tuple[Iterable[str], ...] = (
        (f"{WHOLE}{lookup(each)}" for each in (*name, *bare)),
        own,
        dict.fromkeys(term for term in (*indexed(both), *indexed(factor_id)) if term not in own),
        (f"{WHOLE}{lookup(factor_id)}",),
        (synonym for synonym in synonyms if _CAS.fullmatch(synonym)),
        dict.fromkeys(f"{WHOLE}{lookup(synonym)}" for synonym in synonyms),  # a row's own synonyms are wide: 煤 is one of coal gas
        indexed(spoken),
        dict.fromkeys(f"{SOUND}{letters}" for text in (*name, *synonyms) for letters in initials(text)),
        terms(f"{category} {geography} {year or ''} {publisher} {source}"),
    )
    return "\n".join("\t".join(place) for place in places)
