"""Finding factors by words in Chinese and English: every term of the query must occur; the best places come first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from zuji.engine.factors import FactorVersion
from zuji.engine.text import Text
from zuji.formats.factors.terms import indexed, normal, terms

Reason = Literal["id", "name", "synonym", "source"]
REASONS: dict[Reason, Text] = {
    "id": Text("编号", "id"),
    "name": Text("名称", "name"),
    "synonym": Text("同义词", "synonym"),
    "source": Text("来源或类别", "source or category"),
}
_STATE_COST = {"current": 0, "caution": 4, "superseded": 30, "revoked": 60}
_KIND_COST = {"life-cycle": 0, "direct": 0, "process": 1, "grid-co2": 8, "spend-based": 12}
_CONFIDENCE_COST = {"verified": 0, "secondary": 1, "unverified": 2}


@dataclass(frozen=True, slots=True)
class Hit:
    """A factor that a query found, and where the query matched; ``matched`` is the name, synonym or id that did."""

    factor: FactorVersion
    reason: Reason
    matched: str

    @property
    def reason_text(self) -> Text:
        return REASONS[self.reason]


@dataclass(frozen=True, slots=True)
class _Field:
    reason: Reason
    shown: str
    text: str
    terms: frozenset[str]


def _fields(factor: FactorVersion) -> list[_Field]:
    shown: list[tuple[Reason, str]] = [("id", factor.id), ("name", factor.name.zh), ("name", factor.name.en)]
    shown += [("synonym", word) for word in factor.synonyms]
    shown += [("source", f"{factor.category} {factor.source} {factor.publisher} {factor.geography} {factor.year or ''}")]
    return [_Field(reason, text, normal(text), frozenset(indexed(text))) for reason, text in shown]


class Index:
    """The fields of factors cut into terms once, searched many times."""

    def __init__(self, factors: Iterable[FactorVersion]) -> None:
        self._filed = [(factor, _fields(factor)) for factor in factors]

    def search(self, query: str, limit: int) -> list[Hit]:
        """The best hits, best first; the same query always gives the same order. An empty query finds nothing."""
        asked, whole = terms(query), normal(query)
        if not asked:
            return []
        ranked: list[tuple[tuple[int | str, ...], Hit]] = []
        for factor, fields in self._filed:
            best = _best(whole, asked, fields)
            if best is not None:
                cost, found = best
                cost += _STATE_COST[factor.state] + _KIND_COST[factor.kind] + (0 if factor.geography.startswith("CN") else 3)
                order = (cost, _CONFIDENCE_COST[factor.confidence], -(factor.year or 0), len(found.text), factor.id)
                ranked.append((order, Hit(factor, found.reason, found.shown)))
        ranked.sort(key=lambda pair: pair[0])
        return [hit for _, hit in ranked[:limit]]


def _best(whole: str, asked: tuple[str, ...], fields: list[_Field]) -> tuple[int, _Field] | None:
    """The field that matches best with its cost; where no single field holds all terms, all fields together may."""
    costs = [(cost, i) for i, field in enumerate(fields) if (cost := _cost(whole, asked, field)) is not None]
    if costs:
        cost, i = min(costs)
        return cost, fields[i]
    if all(any(_has(term, field) for field in fields) for term in asked):
        most = max(fields, key=lambda field: sum(_has(term, field) for term in asked))
        return 60, most
    return None


def _cost(whole: str, asked: tuple[str, ...], field: _Field) -> int | None:
    base = {"id": 0, "name": 0, "synonym": 10, "source": 40}[field.reason]
    if field.text == whole:
        return 1 if field.reason == "synonym" else base
    if field.reason == "id":
        if field.text.startswith(whole):
            return 2
        return 20 if all(term in field.terms for term in asked) and any(c.isdigit() for c in whole) else None
    if field.text.startswith(whole):
        return base + 3
    if whole in field.text and _at_word(whole, field.text):
        return base + 5
    return base + 12 if all(_has(term, field) for term in asked) else None


def _at_word(whole: str, text: str) -> bool:
    """Whether a Latin query begins at a word, so that ``tea`` does not find ``steam``; Han text has no word edges."""
    return not whole[0].isascii() or re.search(rf"(?<![a-z0-9]){re.escape(whole)}", text) is not None


def _has(term: str, field: _Field) -> bool:
    if term in field.terms:
        return True
    return term.isascii() and len(term) >= 2 and any(known.startswith(term) for known in field.terms)
