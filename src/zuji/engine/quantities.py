"""Exact numbers: how they are read, rounded, shared out and written. No binary float passes through here.

Rounding is half to even (IEEE 754-2019 4.3.1, GB/T 8170-2008 3.2: 四舍六入五成双), once, at the end, on exact rationals.
Apportionment is the largest-remainder method (Hamilton; Balinski and Young, Fair Representation, 1982): the rounded parts
sum to the rounded whole.
"""

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, localcontext
from fractions import Fraction
from typing import Protocol, Self, TypeVar

from zuji.engine.errors import BadNumber
from zuji.engine.excerpt import head
from zuji.engine.text import Text

MOST_DIGITS = 60
MOST_EXPONENT = 60
_MOST_CHARACTERS = 200
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
_DECIMAL = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?", re.ASCII)


class Sortable(Protocol):
    """A key with an order."""

    def __lt__(self, other: Self, /) -> bool: ...


Key = TypeVar("Key", bound=Sortable)
Ratio = tuple[int, int]


@functools.lru_cache(maxsize=8192)
def parse_number(text: str) -> Fraction:
    """The exact value of a plain ASCII decimal such as ``12``, ``-0.5`` or ``1.2e-3``.

    Raises :class:`BadNumber` for anything else: another script's digits, separators, NaN, Infinity, more than 60
    significant digits, or an exponent beyond ±60. What looks like a number but could be read in two ways is never guessed.

    >>> parse_number("1.20e-1")
    Fraction(3, 25)
    >>> parse_number("１２３")
    Traceback (most recent call last):
    zuji.engine.errors.BadNumber: '１２３' has digits that are not ASCII (full-width or of another script). Write 123.
    """
    match = _DECIMAL.fullmatch(text) if len(text) <= _MOST_CHARACTERS else None
    if match is None:
        raise BadNumber(_why_not(text))
    sign, whole, part, exponent = match.groups()
    digits = (whole + (part or "")).lstrip("0")
    power = int(exponent or 0)
    if abs(power) > MOST_EXPONENT:
        raise BadNumber(
            Text(
                f"“{head(text)}”的指数超出 ±{MOST_EXPONENT}。请检查数值，或换用更合适的单位。",
                f"'{head(text)}' has an exponent beyond ±{MOST_EXPONENT}. Check the value, or use a more fitting unit.",
            )
        )
    if len(digits) > MOST_DIGITS:
        raise BadNumber(_too_many_digits(text, len(digits)))
    value = Fraction(int(digits or "0")) * Fraction(10) ** (power - len(part or ""))
    return -value if sign == "-" else value


def _too_many_digits(text: str, count: int) -> Text:
    return Text(
        f"“{head(text, 20)}”有 {count} 位有效数字，最多 {MOST_DIGITS} 位。请按实际测量精度填写。",
        f"'{head(text, 20)}' has {count} significant digits, at most {MOST_DIGITS} are taken. Write the digits that were measured.",
    )


def _why_not(text: str) -> Text:
    """Say what is wrong with a text that is not a plain decimal, and what to write instead."""
    shown = head(text, 20)
    if not text.strip():
        return Text(
            "数值为空。请填写数值；数据缺失时请说明原因，不要填 0。",
            "The number is empty. Write it; where it is missing, say why, and do not write 0.",
        )
    if len(text) > _MOST_CHARACTERS:
        if text.isascii() and text.isdigit():
            return _too_many_digits(text, len(text))
        return Text(
            f"“{shown}”有 {len(text)} 个字符，不是一个数。请只填写一个十进制数。",
            f"'{shown}' has {len(text)} characters and is not a number. Write one decimal number only.",
        )
    if text != text.strip():
        return Text(
            f"“{shown}”前后有空白字符。请写成 {head(text.strip())}。", f"'{shown}' has white space around it. Write {head(text.strip())}."
        )
    if re.fullmatch(r"[+-]?(nan|inf|infinity)", text, re.IGNORECASE):
        return Text(
            f"“{shown}”不是有限的数。数据缺失时请把该行列为缺口并说明原因。",
            f"'{shown}' is not a finite number. Where the value is missing, list the line as a gap with its reason.",
        )
    if not text.isascii() and (ascii_form := _in_ascii(text)) is not None:
        return Text(
            f"“{shown}”含有全角或其他文字的数字或符号。请写成 {ascii_form}。",
            f"'{shown}' has digits that are not ASCII (full-width or of another script). Write {ascii_form}.",
        )
    return _which_notation(text, shown)


def _in_ascii(text: str) -> str | None:
    """The plain ASCII decimal that a text in another script's digits stands for, if it stands for one."""
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in unicodedata.normalize("NFKC", text))
    plain = plain.replace("\u2212", "-").replace("\uff0e", ".").replace("。", ".")
    return plain if _DECIMAL.fullmatch(plain) else None


def _which_notation(text: str, shown: str) -> Text:
    if "_" in text:
        return Text(
            f"“{shown}”含有下划线。请写成不带分隔符的数，例如 1000。",
            f"'{shown}' has an underscore. Write the digits without separators, such as 1000.",
        )
    if "," in text or "，" in text:
        return Text(
            f"“{shown}”含有逗号，可能是千分位，也可能是小数点，系统不猜测。请去掉千分位逗号（1000），小数用点（1.5）。",
            f"'{shown}' has a comma, which may separate thousands or decimals and is not guessed. "
            "Leave thousands unseparated (1000) and write decimals with a point (1.5).",
        )
    if re.fullmatch(r"[+-]?0[xXoObB][0-9a-fA-F]+", text):
        return Text(f"“{shown}”是十六进制等写法。请写十进制数。", f"'{shown}' is hexadecimal or the like. Write a decimal number.")
    if re.fullmatch(r"[+-]?(\.[0-9]+|[0-9]+\.)", text):
        return Text(f"“{shown}”的小数点两侧都要有数字，例如 0.5。", f"'{shown}' needs digits on both sides of the point, such as 0.5.")
    if re.fullmatch(r"[+-]?[0-9.]+ *%", text):
        return Text(f"“{shown}”带有百分号。请把 % 写在单位里。", f"'{shown}' carries a percent sign. Put % in the unit.")
    if re.fullmatch(r"[+-]?[0-9.]+ */ *[0-9.]+", text):
        return Text(f"“{shown}”是分数。请写成公式，例如 =1/3。", f"'{shown}' is a fraction. Write it as a formula, such as =1/3.")
    return Text(
        f"“{shown}”不是十进制数。请只填写数字，例如 12、-0.5 或 1.2e-3，单位另填。",
        f"'{shown}' is not a decimal number. Write digits only, such as 12, -0.5 or 1.2e-3, and the unit in its own field.",
    )


def _places(value: Fraction) -> int | None:
    """Decimal places that write ``value`` exactly, None if it does not terminate."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def _plain(units: int, places: int) -> str:
    """``units`` × 10^-places as plain digits with exactly ``places`` decimals, and no negative zero."""
    digits = str(abs(units)).rjust(places + 1, "0")
    text = digits if places == 0 else f"{digits[:-places]}.{digits[-places:]}"
    return f"-{text}" if units < 0 else text


def decimal_text(value: Fraction, places: int | None = None) -> str:
    """``value`` in plain digits without trailing zeros; ``-0`` never appears.

    Without ``places`` the text is exact, and a value that does not end within 120 decimals (all that :func:`parse_number` can read)
    raises ``ValueError``;
    with ``places`` the value is first rounded half to even to that many decimals.

    >>> decimal_text(Fraction(1, 8)), decimal_text(Fraction(-1, 3), 4), decimal_text(Fraction(1200))
    ('0.125', '-0.3333', '1200')
    """
    if places is None:
        places = _places(value)
        if places is None or places > MOST_DIGITS + MOST_EXPONENT:
            raise ValueError(f"not a decimal that ends within {MOST_DIGITS + MOST_EXPONENT} places: state how many places to keep")
    text = _plain(round(value * 10**places), places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _multiple(units: int, quantum: Fraction) -> Decimal:
    """``units`` × ``quantum`` as a Decimal that carries the decimals of the quantum, whatever the decimal context."""
    step, places = _grid(quantum)
    return Decimal(_plain(units * step, places))


@functools.lru_cache(maxsize=64)
def _grid(quantum: Fraction) -> tuple[int, int]:
    """A quantum as an integer step and the decimals it has: 0.005 is 5 and 3."""
    places = _places(quantum)
    if places is None or quantum <= 0:
        raise ValueError("a quantum is a positive decimal such as 0.001")
    return (quantum * 10**places).numerator, places


def round_half_even(value: Fraction, quantum: Fraction) -> Decimal:
    """The multiple of ``quantum`` nearest to ``value``, ties to the even multiple (GB/T 8170-2008), exact.

    >>> round_half_even(Fraction(5, 2), Fraction(1)), round_half_even(Fraction(1, 3), Fraction(1, 1000))
    (Decimal('2'), Decimal('0.333'))
    """
    over, under = _in_quanta(value, quantum)
    units, rest = divmod(over, under)
    if 2 * rest > under or (2 * rest == under and units % 2):
        units += 1
    return _multiple(units, quantum)


def _in_quanta(value: Fraction, quantum: Fraction) -> Ratio:
    """``value`` over ``quantum`` as numerator and denominator, not reduced: reducing costs more than all that is done with them."""
    return value.numerator * quantum.denominator, value.denominator * quantum.numerator


def _largest_first(order: Sequence[int], ratios: Sequence[Ratio]) -> list[int]:
    """Places by the remainder of their ratio, the largest first, ties as in ``order``. 64 bits settle all but close remainders."""
    leading_bits = {i: ((ratios[i][0] % ratios[i][1]) << 64) // ratios[i][1] for i in order}
    if len({bits for bits in leading_bits.values() if bits}) == sum(1 for bits in leading_bits.values() if bits):
        return sorted(order, key=lambda i: -leading_bits[i])
    return sorted(order, key=lambda i: Fraction(-(ratios[i][0] % ratios[i][1]), ratios[i][1]))


def _rounded_sum(ratios: Sequence[Ratio]) -> int:
    """The sum of the ratios rounded half to even. 128 bits behind the point bound it; only where a half lies within them is it summed exactly."""
    least = sum((over << 128) // under for over, under in ratios)  # too small by less than len(ratios)
    half = 1 << 127
    if (least - half - 1) >> 128 == (least + len(ratios) - half) >> 128:
        return ((least - half) >> 128) + 1
    return round(sum((Fraction(over, under) for over, under in ratios), Fraction(0)))


def leading(value: Fraction, bits: int = 512) -> Fraction:
    """``value`` itself where it is short, else to ``bits`` significant bits: for what is drawn or estimated, never for what is signed.

    >>> leading(Fraction(2, 3)), leading(Fraction(1001, 3000), 8)
    (Fraction(2, 3), Fraction(341, 1024))
    """
    above, below = value.numerator.bit_length(), value.denominator.bit_length()
    if above + below <= 2 * bits:
        return value
    shift = bits + below - above
    if shift >= 0:
        return Fraction((value.numerator << shift) // value.denominator, 1 << shift)
    return Fraction(value.numerator // (value.denominator << -shift) << -shift)


def exact_sum(parts: Iterable[Decimal]) -> Decimal:
    """The sum of decimals without loss, however many digits they have: Python's default context would round it to 28.

    >>> exact_sum([Decimal("1e30"), Decimal("0.5"), Decimal("0.25")])
    Decimal('1000000000000000000000000000000.75')
    """
    with localcontext(_EXACT):
        return sum(parts, Decimal(0))


def apportion(values: Sequence[tuple[Key, Fraction]], quantum: Fraction) -> tuple[Decimal, list[Decimal]]:
    """Round a sum and its parts to ``quantum`` so that the parts add up to the sum.

    The total is the exact sum rounded half to even. Each part is its floor, and the quanta that are then missing go one
    each to the parts with the largest remainders, ties to the smaller key. Every part stays within one quantum of its
    exact value, an exact multiple stays itself, and the order of ``values`` does not matter. Keys must be distinct.

    >>> total, parts = apportion([("a", Fraction(1, 3)), ("b", Fraction(1, 3)), ("c", Fraction(1, 3))], Fraction(1, 100))
    >>> total, [str(p) for p in parts]
    (Decimal('1.00'), ['0.34', '0.33', '0.33'])
    """
    by_key = sorted(range(len(values)), key=lambda i: values[i][0])
    for one, next_ in itertools.pairwise(by_key):
        if not values[one][0] < values[next_][0]:
            raise ValueError(f"two parts share the key {values[one][0]!r}")
    ratios = [_in_quanta(value, quantum) for _, value in values]
    units = [over // under for over, under in ratios]
    total = _rounded_sum(ratios)
    for i in _largest_first(by_key, ratios)[: total - sum(units)]:
        units[i] += 1
    return _multiple(total, quantum), [_multiple(count, quantum) for count in units]
