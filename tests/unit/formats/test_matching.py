"""Lines of text to factors: what makes an answer, what must never be one, and how sure it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.reference.matching_page import matching
from zuji.formats.factors import load_library
from zuji.formats.factors.confidence import BANDS, THRESHOLD, calibrated
from zuji.formats.factors.drawers import ANY, CardIndex
from zuji.formats.factors.embeddings import NoEmbeddings, nearest
from zuji.formats.factors.evaluation import evaluated, labelled_lines, of_half, shipped_shelf
from zuji.formats.factors.lines import LONGEST_LINE
from zuji.formats.factors.matching import MOST, OFFERED, Match, Matcher, Shelf
from zuji.formats.factors.words import Vocabulary, Word, load_words, noise

MATCHER, SHELF = shipped_shelf()
CARDS = load_library().cards


def match(line: str) -> Match:
    return MATCHER.rank(line, SHELF)


@pytest.mark.parametrize(
    ("line", "first", "how"),
    [
        ("42.5普硅袋装", "CPCD-37440X1162021B", "synonym"),
        ("0#柴油(国VI)", "CN-FUEL-diesel", "name"),
        ("nat. gas m3", "CN-FUEL-natural_gas", "synonym"),
        ("磷酸一安 58%", "CHEN2015-MAP", "sound"),
        ("alumnium ingot 99.7", "PENG2022-AL-primary", "typo"),
        ("ＰＥ膜　0.02＊1200", "DESNZ2025-19_505_5124_15_1", "synonym"),
        ("NaOH 50% sol.", "CPCD-34231H0022015A", "abbreviation"),
        ("PVC SG-5 电石法", "CPCD-34730A0032020A", "abbreviation"),
    ],
)
def test_what_a_line_means_and_why(line: str, first: str, how: str) -> None:
    found = match(line)
    assert found.found
    assert (found.candidates[0].factor_id, found.candidates[0].how) == (first, how)
    assert found.candidates[0].word in found.candidates[0].reason.zh


@pytest.mark.parametrize(
    "line",
    [
        "水泥编织袋",
        "水泥袋",
        "聚氯乙烯胶带",
        "铝合金门窗",
        "柴油发电机组 200kW",
        "氢氧化铝",
        "磷石膏",
        "氯化钠",
        "不锈钢板",
        "",
        "%%%",
        "😀",
    ],
)
def test_a_thing_made_of_it_or_named_like_it_is_not_it(line: str) -> None:
    assert not match(line).found


def test_direct_grid_factors_and_superseded_ones_are_never_an_answer() -> None:
    library = load_library()
    shown = {candidate.factor_id for each in labelled_lines() for candidate in match(each.line).candidates}
    kinds = {(found.kind, found.state) for name in shown if (found := library.find(name)) is not None}
    assert not {kind for kind, _ in kinds} & {"grid-co2", "spend-based"}
    assert "superseded" not in {state for _, state in kinds}


def test_the_labelled_set_is_what_its_readme_says() -> None:
    library, lines = load_library(), labelled_lines()
    assert len(lines) >= 300
    assert len({each.line for each in lines}) == len(lines)
    assert sum(not each.right for each in lines) >= 40
    assert {name for each in lines for name in each.right if library.find(name) is None} == set()
    assert min(sum(each.half == half for each in lines) for half in ("dev", "test")) >= 150


def test_most_lines_are_right_and_hardly_any_wrong_with_confidence() -> None:
    """The bars are those of Balaji et al. (first 86.9 %, among ten 93.1 %); the held-out half was never tuned on."""
    counted = of_half("test")
    assert counted.first / counted.answered >= 0.87
    assert counted.ten / counted.answered >= 0.93
    assert counted.false / counted.lines <= 0.02


def test_confidence_is_what_the_tuning_half_says() -> None:
    found = [(result.candidates[0], each) for each in labelled_lines() if each.half == "dev" and (result := match(each.line)).candidates]
    bounds = [bound for bound, _ in BANDS]
    for bound, confidence in BANDS:
        inside = [candidate.factor_id in each.right for candidate, each in found if candidate.confidence == calibrated(bound)]
        assert round((sum(inside) + 1) / (len(inside) + 2), 2) == pytest.approx(confidence, abs=0.005), bound
    assert bounds == sorted(bounds, reverse=True)


def test_the_printed_page_is_what_is_counted() -> None:
    for language in ("zh", "en"):
        page = matching(language)
        assert all(cell in page for row in evaluated(language) for cell in row)


@given(st.floats(0, 1), st.floats(0, 1))
def test_confidence_never_falls_as_the_score_rises(one: float, other: float) -> None:
    assert (calibrated(one) <= calibrated(other)) == (one <= other) or calibrated(one) == calibrated(other)


@settings(max_examples=60)
@given(st.sampled_from(labelled_lines()), st.sampled_from(("", " 25kg/袋", "（外购）", " 国产", " t", "，散装")))
def test_size_packing_and_origin_change_no_answer(each, added: str) -> None:  # type: ignore[no-untyped-def]  # a labelled line
    plain, more = match(each.line), match(each.line + added)
    if plain.found and more.found:
        assert plain.candidates[0].word == more.candidates[0].word


@settings(max_examples=60)
@given(st.text(max_size=2 * LONGEST_LINE))
def test_any_text_is_answered(line: str) -> None:
    found = match(line)
    assert len(found.candidates) <= MOST
    assert [c.confidence for c in found.candidates] == sorted((c.confidence for c in found.candidates), reverse=True)


def test_the_order_of_the_factors_does_not_matter() -> None:
    forward, backward = (Shelf(CardIndex.of(cards, load_words()), OFFERED) for cards in (CARDS, CARDS[::-1]))
    for each in labelled_lines()[:60]:
        assert MATCHER.rank(each.line, forward) == MATCHER.rank(each.line, backward)


def test_two_things_of_one_name_are_both_shown() -> None:
    words = (Word("MAP", "abbreviation", "fertiliser"), Word("MAP", "abbreviation", "packaging"))
    one, two = CARDS[0], CARDS[1]
    vocabulary = Vocabulary(words, {"fertiliser": (one.factor_id,), "packaging": (two.factor_id,)})
    found = Matcher(vocabulary).rank("MAP", Shelf(CardIndex.of([one, two], vocabulary), ANY))
    assert {candidate.factor_id for candidate in found.candidates} == {one.factor_id, two.factor_id}


def test_every_word_names_factors_that_are_there() -> None:
    library, vocabulary = load_library(), load_words()
    groups = {library.row(factor.reference).get("group", "") for factor in library.all()}
    for concept, named in vocabulary.factors.items():
        for name in named:
            assert library.find(name) or name.removeprefix("group:") in groups, (concept, name)
    assert [word.text for word in vocabulary.words if not word.source] == []
    assert [word.text for word in vocabulary.words if word.place == "name" and word.text.lower() in noise()] == []


@pytest.mark.parametrize("word", [word for word in load_words().words if word.system == "CAS"], ids=lambda word: word.text)
def test_a_cas_number_has_its_check_digit(word: Word) -> None:
    digits = word.text.replace("-", "")
    assert sum(int(digit) * place for place, digit in enumerate(digits[-2::-1], start=1)) % 10 == int(digits[-1])


def test_a_model_of_ones_own_only_proposes() -> None:
    class Letters:
        """Counts letters: texts of the same letters are near."""

        def embed(self, texts: list[str]) -> list[list[float]]:
            vectors = [[float(text.count(letter)) for letter in "abc"] for text in texts]
            return [[x / (sum(y * y for y in v) ** 0.5 or 1.0) for x in v] for v in vectors]

    assert nearest("aab", ["ccc", "aba"], Letters(), 1)[0][0] == 1  # type: ignore[arg-type]  # lists are sequences
    assert nearest("aab", ["ccc"], NoEmbeddings(), 1) == []
    assert THRESHOLD > 0.5
