"""Numbers are read exactly, and what is no finite number is refused with its place."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.formats.intake import Unreadable, read_decimal, read_json, read_year
from zuji.formats.inventory import Place

HERE = Place("a.xml", "exchange[3]/resultingAmount")


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12))
def test_a_decimal_comes_back_as_written(value: Decimal) -> None:
    assert read_decimal(str(value), HERE) == value


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e299, max_value=1e299))
def test_a_float_comes_back_as_written(value: float) -> None:
    if value == 0 or abs(value) > 1e-299:
        assert float(read_decimal(repr(value), HERE)) == value


@pytest.mark.parametrize(
    "text", ["NaN", "INF", "-Infinity", "1e400", "1e-400", "1,5", "1 000", "0x10", "１２", "12 kg", "1_000", "=1/3", "1" * 101]
)
def test_what_is_no_finite_decimal_is_refused(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_decimal(text, HERE)
    assert refused.value.place == HERE


def test_a_missing_number_is_not_zero() -> None:
    with pytest.raises(Unreadable, match="missing"):
        read_decimal("  ", HERE)


@pytest.mark.parametrize("text", ['{"amount": NaN}', '{"amount": Infinity}', '{"a": 1, "a": 2}', '{"a": ', "[" * 200_000])
def test_json_is_strict(text: str) -> None:
    with pytest.raises(Unreadable):
        read_json(text.encode(), "a.json")


def test_numbers_of_json_keep_every_digit() -> None:
    assert read_json(b'{"amount": 0.10000000000000000001}', "a.json") == {"amount": "0.10000000000000000001"}


def test_a_year_is_the_beginning_of_a_date() -> None:
    assert read_year("2019-12-31-07:00", HERE) == 2019
    assert read_year("", HERE) is None
    with pytest.raises(Unreadable):
        read_year("last year", HERE)
