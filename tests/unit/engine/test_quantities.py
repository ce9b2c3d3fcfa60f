"""Numbers: read exactly or refused with what to do; rounded half to even; shared out so that parts add up."""

import decimal
import random
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zuji.engine.errors import BadNumber
from zuji.engine.quantities import apportion, decimal_text, parse_number, round_half_even

decimals = st.builds(lambda units, places: Fraction(units, 10**places), st.integers(-(10**40), 10**40), st.integers(0, 20))
fractions = st.fractions(max_denominator=10**9)
quanta = st.sampled_from([Fraction(1), Fraction(1, 10), Fraction(1, 1000), Fraction(1, 10**12), Fraction(1, 4), Fraction(5)])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", Fraction(12)),
        ("-0.5", Fraction(-1, 2)),
        ("+3.10", Fraction(31, 10)),
        ("1.2e-3", Fraction(12, 10000)),
        ("5E2", Fraction(500)),
        ("-0", Fraction(0)),
        ("0.1", Fraction(1, 10)),
        ("9" * 60, Fraction(10**60 - 1)),
        ("0." + "0" * 60 + "1", Fraction(1, 10**61)),
        ("1e60", Fraction(10**60)),
    ],
)
def test_a_plain_decimal_is_read_exactly(text: str, value: Fraction) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("", "数值为空", "is empty"),
        ("   ", "数值为空", "is empty"),
        ("NaN", "不是有限的数", "not a finite number"),
        ("-nan", "不是有限的数", "not a finite number"),
        ("Infinity", "不是有限的数", "not a finite number"),
        ("-inf", "不是有限的数", "not a finite number"),
        ("1e400", "指数超出 ±60", "exponent beyond ±60"),
        ("1e-61", "指数超出 ±60", "exponent beyond ±60"),
        ("1e99999999999999999999", "指数超出 ±60", "exponent beyond ±60"),
        ("１２３", "请写成 123", "Write 123"),
        ("１．５", "请写成 1.5", "Write 1.5"),
        ("١٢", "请写成 12", "Write 12"),
        ("−5", "请写成 -5", "Write -5"),
        ("1_000", "下划线", "underscore"),
        ("1,000", "逗号", "comma"),
        ("1，000", "逗号", "comma"),
        ("0x1F", "十六进制", "hexadecimal"),
        (".5", "小数点两侧", "both sides of the point"),
        ("5.", "小数点两侧", "both sides of the point"),
        ("5 %", "百分号", "percent"),
        ("1/3", "分数", "fraction"),
        (" 5", "空白", "white space"),
        ("5\n", "空白", "white space"),
        ("5\u200b", "不是十进制数", "not a decimal number"),
        ("５％", "不是十进制数", "not a decimal number"),
        ("1.2.3", "不是十进制数", "not a decimal number"),
        ("--1", "不是十进制数", "not a decimal number"),
        ("五", "不是十进制数", "not a decimal number"),
        ("²", "请写成 2", "Write 2"),
        ("5\u202e0", "\\u202e", "\\u202e"),
        ("9" * 61, "61 位有效数字", "61 significant digits"),
        ("9" * 5000, "5000 位有效数字", "5000 significant digits"),
        ("0." + "1" * 5000, "5002 个字符", "5002 characters"),
    ],
)
def test_anything_else_is_refused_in_both_languages(text: str, zh: str, en: str) -> None:
    with pytest.raises(BadNumber) as refused:
        parse_number(text)
    assert zh in refused.value.text.zh
    assert en in refused.value.text.en


@pytest.mark.parametrize("text", ["9" * 5000, "1" + "," * 4999, "x" * 5000])
def test_the_message_shows_only_the_head_of_a_long_text(text: str) -> None:
    with pytest.raises(BadNumber) as refused:
        parse_number(text)
    assert len(refused.value.text.zh) < 200
    assert "…" in refused.value.text.en


@settings(max_examples=60)
@given(st.text(alphabet="0123456789+-.eE_, ５", max_size=8) | st.text(max_size=20))
def test_a_text_is_read_as_python_reads_it_or_refused(text: str) -> None:
    try:
        value = parse_number(text)
    except BadNumber:
        return
    assert text.isascii()
    assert value == Fraction(Decimal(text))


@settings(max_examples=60)
@given(decimals)
def test_writing_and_reading_a_decimal_is_a_round_trip(value: Fraction) -> None:
    text = decimal_text(value)
    assert parse_number(text) == value
    assert text != "-0"
    assert "." not in text or text[-1] not in "0."


def test_a_decimal_that_does_not_end_needs_its_places_stated() -> None:
    with pytest.raises(ValueError, match="places"):
        decimal_text(Fraction(1, 3))
    with pytest.raises(ValueError, match="places"):
        decimal_text(Fraction(1, 2**121))
    assert decimal_text(Fraction(2, 3), 3) == "0.667"
    assert decimal_text(Fraction(-1, 3000), 2) == "0"
    assert decimal_text(Fraction(199, 2), 0) == "100"


@settings(max_examples=60)
@given(fractions, quanta)
def test_rounding_is_within_half_a_quantum_and_ties_go_to_even(value: Fraction, quantum: Fraction) -> None:
    rounded = Fraction(round_half_even(value, quantum))
    away = abs(rounded - value)
    assert away <= quantum / 2
    if away == quantum / 2:
        assert (rounded / quantum) % 2 == 0


@settings(max_examples=60)
@given(st.integers(-(10**30), 10**30), st.integers(0, 12))
def test_rounding_agrees_with_the_decimal_module(units: int, places: int) -> None:
    value = Fraction(units, 10**15)
    with decimal.localcontext(prec=80):
        expected = (Decimal(units) / Decimal(10**15)).quantize(Decimal(1).scaleb(-places), rounding=decimal.ROUND_HALF_EVEN)
    assert round_half_even(value, Fraction(1, 10**places)) == expected


def test_rounding_carries_the_quantum_never_a_negative_zero_and_no_context() -> None:
    with decimal.localcontext(prec=3):
        assert str(round_half_even(Fraction(123456789), Fraction(1, 100))) == "123456789.00"
    assert str(round_half_even(Fraction(-1, 1000), Fraction(1, 100))) == "0.00"
    assert [str(round_half_even(Fraction(n, 2), Fraction(1))) for n in (1, 3, 5, -1, -3)] == ["0", "2", "2", "0", "-2"]


@pytest.mark.parametrize("quantum", [Fraction(1, 3), Fraction(-1, 10), Fraction(-5)])
def test_a_quantum_is_a_positive_decimal(quantum: Fraction) -> None:
    with pytest.raises(ValueError, match="quantum"):
        round_half_even(Fraction(1), quantum)


parts = st.dictionaries(st.text(max_size=4), fractions, max_size=12).map(lambda found: sorted(found.items()))


@settings(max_examples=60)
@given(parts, quanta, st.randoms(use_true_random=False))
def test_parts_sum_to_the_rounded_total_whatever_their_order(
    values: list[tuple[str, Fraction]], quantum: Fraction, chance: random.Random
) -> None:
    total, shares = apportion(values, quantum)
    assert total == round_half_even(sum((v for _, v in values), Fraction(0)), quantum)
    assert sum(map(Fraction, shares)) == Fraction(total)
    for (_, value), share in zip(values, shares, strict=True):
        assert abs(Fraction(share) - value) < quantum
        if (value / quantum).denominator == 1:
            assert Fraction(share) == value
    shuffled = list(values)
    chance.shuffle(shuffled)
    again, mixed = apportion(shuffled, quantum)
    assert again == total
    assert {k: s for (k, _), s in zip(shuffled, mixed, strict=True)} == {k: s for (k, _), s in zip(values, shares, strict=True)}


@pytest.mark.parametrize(("off", "total"), [(0, 2), (Fraction(1, 3**99), 3), (-Fraction(1, 3**99), 2), (1, 4), (-1, 2)])
@pytest.mark.parametrize("pieces", [1, 7])
def test_a_sum_next_to_a_half_is_rounded_by_its_exact_value(off: Fraction, total: int, pieces: int) -> None:
    """Two and a half goes to the even two; a part in 3^99 more goes up."""
    whole = Fraction(5, 2) + off
    assert apportion([(k, whole / pieces) for k in range(pieces)], Fraction(1))[0] == total


def test_ties_go_to_the_smaller_key_and_keys_are_distinct() -> None:
    third = Fraction(1, 3)
    assert apportion([("c", third), ("a", third), ("b", third)], Fraction(1, 10)) == (
        Decimal("1.0"),
        [Decimal("0.3"), Decimal("0.4"), Decimal("0.3")],
    )
    assert apportion([], Fraction(1, 100)) == (Decimal("0.00"), [])
    with pytest.raises(ValueError, match="share the key"):
        apportion([("a", third), ("a", third)], Fraction(1))
