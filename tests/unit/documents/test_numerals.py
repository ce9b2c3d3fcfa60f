"""Numbers for people: rounded, grouped, summing, and never zero where they are not."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.documents.numerals import MINUS, Column, Percentages, entered, percent, shown

values = st.decimals(min_value=Decimal("-1e9"), max_value=Decimal("1e9"), places=12, allow_nan=False, allow_infinity=False)


def number(text: str) -> Decimal:
    """What a reader takes a shown number for."""
    plain = text.replace(",", "").replace(MINUS, "-").removesuffix(" %")
    mantissa, _, power = plain.partition("×10")
    exponent = int(power.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))) if power else 0
    return Decimal(mantissa).scaleb(exponent)


@given(values)
def test_a_shown_number_is_within_half_a_unit_of_its_fourth_figure(value: Decimal) -> None:
    difference = abs(Fraction(number(shown(value))) - Fraction(value))
    assert difference <= abs(Fraction(value)) * Fraction(1, 2000)


@given(values)
def test_only_zero_is_shown_as_zero(value: Decimal) -> None:
    assert (shown(value) == "0") == (value == 0)


@given(st.dictionaries(st.sampled_from("abcdefgh"), values, min_size=1))
def test_what_a_column_shows_adds_up_to_the_total_it_shows(parts: dict[str, Decimal]) -> None:
    total = sum(parts.values(), Decimal(0))
    column = Column(parts, total)
    texts = [column.text(key) for key in parts]
    step = Decimal(1).scaleb(-column.places)
    small = sum(1 for text in texts if "<" in text)
    visible = sum((number(text) for text in texts if "<" not in text), Decimal(0))
    assert visible == number(column.total)
    assert small == sum(1 for value, text in zip(parts.values(), texts, strict=True) if value and "<" in text)
    assert all(abs(value) < step for value, text in zip(parts.values(), texts, strict=True) if "<" in text)


@given(st.dictionaries(st.sampled_from("abcdefgh"), values, min_size=1))
def test_percentages_add_up_to_a_hundred(parts: dict[str, Decimal]) -> None:
    total = sum(parts.values(), Decimal(0))
    shares = Percentages(parts, total)
    texts = [shares.text(key) for key in parts]
    if total == 0:
        assert texts == [None] * len(parts)
    else:
        assert sum((number(t) for t in texts if t is not None and "<" not in t), Decimal(0)) == 100


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("666.927995481053", "666.9"),
        ("-9.048", "−9.048"),
        ("123456.7", "123,457"),
        ("0.0000000123456", "1.235×10⁻⁸"),
        ("99.996", "100.00"),
        ("0", "0"),
    ],
)
def test_known_numbers(value: str, expected: str) -> None:
    assert shown(Decimal(value)) == expected


def test_a_small_share_is_below_the_step_and_not_zero() -> None:
    assert (percent(Decimal("0.0001")), percent(Decimal("-0.0001")), percent(Decimal(0)), percent(None)) == (
        "<0.1 %",
        "−<0.1 %",
        "0 %",
        None,
    )


def test_what_the_user_entered_keeps_its_digits() -> None:
    assert (entered("0.7800"), entered("1234.50"), entered("=a * 2"), entered("1e5")) == ("0.7800", "1,234.50", "=a * 2", "1e5")
