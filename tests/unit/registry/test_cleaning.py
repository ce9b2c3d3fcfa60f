"""What people paste: read where it has one reading, kept as typed where it has two, refused where it cannot be kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.engine.errors import BadNumber
from zuji.engine.quantities import parse_number
from zuji.registry.products.cleaning import cleaned, plain_number
from zuji.rules import load_model

MODEL = load_model("map-fertiliser").model


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("57120", "57120"),
        ("５７１２０", "57120"),
        ("１，２３４．５", "1234.5"),
        ("1,234,567.89", "1234567.89"),
        ("12 345", "12345"),
        ("12\u202f345", "12345"),
        (" 12.5 ", "12.5"),
        ("−3", "-3"),
        ("1.2E3", "1.2E3"),
    ],
)
def test_one_reading(typed: str, read: str) -> None:
    assert cleaned({"ammonia": typed}, MODEL).values == {"ammonia": read}
    parse_number(read)


@pytest.mark.parametrize("typed", ["1,23", "1.234,5", "1,2345", "约12", "12 t", "١٢٣", "1_000", "1/3", "NaN", "--1", "1e", "½"])
def test_two_readings_or_none_are_never_guessed(typed: str) -> None:
    kept = cleaned({"ammonia": typed}, MODEL)
    assert kept.faults == {}
    with pytest.raises(BadNumber):
        parse_number(str(kept.values["ammonia"]))


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_number_with_separators_is_that_number(number: int) -> None:
    assert parse_number(plain_number(f"{number:,}")) == number
    assert parse_number(plain_number(f"{number:,}".replace(",", "，"))) == number


@given(st.text(max_size=30))
def test_whatever_is_read_as_a_number_had_no_other_reading(text: str) -> None:
    read = plain_number(text)
    assert plain_number(read) == read
    if read != text:
        assert read.isascii()


def test_what_was_read_otherwise_is_said() -> None:
    kept = cleaned({"ammonia": "1,000", "ammonia.source": "1,000 页", "producer": " 宜昌磷化 "}, MODEL)
    assert kept.read_as == {"ammonia": "1000"}
    assert kept.values == {"ammonia": "1000", "ammonia.source": "1,000 页", "producer": "宜昌磷化"}


@pytest.mark.parametrize("typed", [None, "", "   "])
def test_nothing_empties_a_field(typed: str | None) -> None:
    assert cleaned({"ammonia": typed}, MODEL).values == {"ammonia": None}


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("producer", "a" * 2001, "2001"),
        ("producer", "宜昌\u202e磷化", "U+202E"),
        ("producer", "a\x00b", "U+0000"),
        ("producer", "\ud800", "U+D800"),
        ("ammonia", "1\n2", "U+000A"),
        ("ammonia.price", "1", "ammonia.price"),
        ("state", "submitted", "state"),
        ("k" * 10_000, "1", "k" * 80),
    ],
)
def test_what_cannot_be_kept_says_why(key: str, text: str, said: str) -> None:
    kept = cleaned({key: text, "coal_km": "1"}, MODEL)
    assert list(kept.faults) == [key[:120]]
    for words in kept.faults[key[:120]]:
        assert said in words
