"""The index in memory against plain readings of the same cards: what it finds, in what order, and when something is filed beside it."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zuji.formats.factors import load_library
from zuji.formats.factors.confidence import calibrated
from zuji.formats.factors.drawers import ANY, OUT, CardIndex
from zuji.formats.factors.evaluation import labelled_lines
from zuji.formats.factors.filing import PLACES, SOUND, WEIGHTS, WHOLE, Card
from zuji.formats.factors.lines import lookup
from zuji.formats.factors.matching import MOST, OFFERED, Candidate, Matcher, Shelf
from zuji.formats.factors.pinyin import initials
from zuji.formats.factors.search import FACETS, Hits, find
from zuji.formats.factors.terms import indexed, normal, terms
from zuji.formats.factors.words import load_words, variants

WORDS = load_words()
CARDS = load_library().cards
INDEX = load_library().index
MATCHER = Matcher(WORDS)
TYPED = st.one_of(
    st.sampled_from([word.text for word in WORDS.words]),
    st.sampled_from([each.line for each in labelled_lines()]),
    st.sampled_from(["cj", "lsya", "al", "al alu", "铝 cn", "497-19-8", "2836.20", "c2612", "铝锭 xyzzy", "%", "CN-EL-CF-2024"]),
    st.text(alphabet="铝水泥电碳酸钠锂alumce2-. ", max_size=8),
)


def filed(card: Card) -> dict[str, int]:
    """The lexemes of a card with their weights, by reading everything."""
    found: dict[str, int] = {}
    said = [(text, place) for line, place in zip(card.filed.split("\n"), PLACES, strict=True) for text in line.split("\t") if text]
    for word in WORDS.words_of(card.factor_id, card.subject):
        if word.place == "code":
            said += [(form, "code") for form in variants(word.text, word.system)]
        else:
            said.append((f"{WHOLE}{lookup(word.text)}", "whole-name" if word.first else "whole-word"))
            said += [(term, "synonym") for term in indexed(word.text)] + [(f"{SOUND}{letters}", "sound") for letters in initials(word.text)]
    for text, place in said:
        found[text] = max(found.get(text, 0), WEIGHTS[place])
    return found


FILED = {card.number: filed(card) for card in CARDS}


def plainly(query: str) -> list[int]:
    """What a query finds among all cards, by reading everything."""
    text = normal(query)
    if not text:
        return [card.number for card in sorted(CARDS, key=lambda card: (card.state in OUT, card.rank))]
    code = text.replace(" ", "")
    cas = "-" in code and any(code in words for words in FILED.values())
    wanted = (code,) if cas else terms(text)[:16]
    bonus = {f"{WHOLE}{lookup(text)}", code}

    def is_meant(lexeme: str, term: str) -> bool:
        begun = term.isascii() and term.isalpha() and len(term) > 1 and lexeme.startswith((term, f"{SOUND}{term}"))
        return lexeme == term or begun

    weighed = []
    for card in CARDS:
        words = FILED[card.number]
        slots = sum(any(is_meant(lexeme, term) for lexeme in words) for term in wanted)
        weight = sum(w for lexeme, w in words.items() if lexeme in bonus or any(is_meant(lexeme, term) for term in wanted))
        weighed.append((slots, weight, card))
    for least in (len(wanted), (len(wanted) + 1) // 2):
        hits = [each for each in weighed if each[0] >= max(least, 1)]
        if hits:
            loosened = least < len(wanted)
            hits.sort(key=lambda hit: (-hit[0] if loosened else 0, -hit[1], hit[2].state in OUT, hit[2].rank))
            return [card.number for _, _, card in hits]
    return []


@settings(max_examples=25, deadline=None)
@given(TYPED)
def test_a_query_finds_what_reading_everything_finds_in_the_same_order(query: str) -> None:
    assert find(INDEX, query).numbers.tolist() == plainly(query)


def ranked(line: str, cards: Sequence[Card]) -> list[tuple[str, float, str]]:
    """What a line means among cards, factor by factor, without groups and keys."""
    shelf = Shelf(CardIndex.of(cards, WORDS), OFFERED)
    asked = frozenset(terms(lookup(line)))
    best: dict[str, tuple[tuple[float | int | str, ...], tuple[str, float, str]]] = {}
    for found in MATCHER.reader.read(line, shelf):
        for place, card in enumerate(cards):
            if card.kind not in ("life-cycle", "direct", "process") or card.state in OUT:
                continue
            names = [word.removeprefix(WHOLE) for word in card.filed.split("\n")[0].split("\t")]
            named = frozenset(card.filed.split("\n")[1].split("\t"))
            ways = [
                (how, word, cost, WORDS.preference(concept, card.factor_id, card.subject))
                for concept, (how, word, cost) in found.concepts.items()
                if concept in WORDS.concepts(card.factor_id, card.subject)
            ]
            ways += [(how, found.key, 0.6 if how == "synonym" else 1.0, 0) for _, at, how in found.own if at == place]
            for _, word, cost, preference in ways:
                score = cost * found.score(" ".join(names[:2]))
                order = (
                    -round(score, 4),
                    -len(asked & named),
                    {"current": 0, "caution": 1}.get(card.state, 2),
                    not card.geography.startswith("CN"),
                    preference,
                    {"verified": 0, "secondary": 1}.get(card.confidence, 2),
                    -(card.year or 0),
                    card.factor_id,
                )
                if card.factor_id not in best or order < best[card.factor_id][0]:
                    best[card.factor_id] = (order, (card.factor_id, calibrated(score), word))
    return [answer for _, answer in sorted(best.values(), key=lambda pair: pair[0])][:MOST]


def shown(candidates: Sequence[Candidate]) -> list[tuple[str, float, str]]:
    return [(candidate.factor_id, candidate.confidence, candidate.word) for candidate in candidates]


@settings(max_examples=20, deadline=None)
@given(TYPED)
def test_a_line_means_what_going_through_every_factor_says(line: str) -> None:
    assert shown(MATCHER.rank(line, Shelf(INDEX, OFFERED)).candidates) == ranked(line, CARDS)


def copies(number: int) -> list[Card]:
    """Many factors of one thing: every shipped one again, of other places, years and states."""
    chance = np.random.default_rng(20261127)
    drawn = chance.integers(0, 4, (number, 3))
    return [
        CARDS[at % len(CARDS)]._replace(
            number=len(CARDS) + at,
            rank=len(CARDS) + at,
            factor_id=f"{CARDS[at % len(CARDS)].factor_id}-{at}",
            geography=("CN", "CN-HB", "GLO", "US")[place],
            year=2020 + int(year),
            state=("current", "current", "caution", "superseded")[state],
        )
        for at, (place, year, state) in enumerate(drawn)
    ]


@pytest.mark.parametrize(
    "line", ["42.5普硅袋装", "0#柴油(国VI)", "nat. gas m3", "磷酸一安 58%", "PVC SG-5 电石法", "纯碱 西班牙", "alumnium ingot 99.7"]
)
def test_among_many_factors_of_one_thing_the_same_ten_come_first(line: str) -> None:
    cards = [*CARDS, *copies(1500)]
    assert shown(MATCHER.rank(line, Shelf(CardIndex.of(cards, WORDS), OFFERED)).candidates) == ranked(line, cards)


def counted(hits: Hits) -> tuple[list[int], dict[str, tuple[tuple[str, int], ...]], bool]:
    return hits.numbers.tolist(), hits.facets, hits.loosened


@settings(max_examples=20, deadline=None)
@given(TYPED, st.integers(0, 2**32 - 1), st.sampled_from(["", "CN", "GLO"]))
def test_what_is_filed_beside_an_index_is_found_as_if_all_had_been_filed_together(query: str, seed: int, place: str) -> None:
    chance = np.random.default_rng(seed)
    gone, changed = (set(chance.choice(len(CARDS), 40, replace=False).tolist()) for _ in range(2))
    since = [card._replace(number=card.number + 1000, state="caution") for card in CARDS if card.number in changed]
    kept = np.array([card.number not in gone | changed for card in CARDS])
    beside = CardIndex((INDEX.drawers[0],), (np.ones(len(CARDS), bool),)).besides(kept, since, WORDS)
    together = CardIndex.of([*(card for card, stays in zip(CARDS, kept, strict=True) if stays), *since], WORDS)
    assert beside.size == together.size
    chosen = {"geography": place}
    assert counted(find(beside, query, chosen=chosen)) == counted(find(together, query, chosen=chosen))
    one, other = (MATCHER.rank(query, Shelf(index, OFFERED)) for index in (beside, together))
    assert one == other


def test_each_facet_counts_what_choosing_it_would_leave() -> None:
    whole = find(INDEX, "电力")
    for facet in FACETS:
        for value, count in whole.facets[facet]:
            narrowed = find(INDEX, "电力", chosen={facet: value})
            assert len(narrowed.numbers) == count
            assert narrowed.facets[facet] == whole.facets[facet]


def test_an_index_of_nothing_finds_nothing() -> None:
    empty = CardIndex.of([], WORDS)
    assert find(empty, "水泥").numbers.tolist() == find(empty, "").numbers.tolist() == []
    assert MATCHER.rank("水泥", Shelf(empty, ANY)).candidates == ()
