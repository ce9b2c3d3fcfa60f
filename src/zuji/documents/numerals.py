"""Numbers for people: few figures in text and tables, parts that still add up, and never a zero in place of something small.

The full value stands in the annex. Rounding is half to even (GB/T 8170-2008); the parts of a column are rounded together
(:func:`zuji.engine.quantities.apportion`), so that what a reader adds up is what the table says.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction

from zuji.engine.quantities import apportion, round_half_even

MINUS = "−"
FIGURES = 4
_REST = "\0rest"
_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_LEAST_PLAIN = -4  # below 10^-4 a number is written with a power of ten


def places_for(value: Decimal | Fraction, figures: int = FIGURES) -> int:
    """Decimals that show ``value`` with at least ``figures`` significant figures; never negative: whole digits are kept.

    >>> places_for(Decimal("742.13")), places_for(Decimal("0.0123")), places_for(Decimal("123456"))
    (1, 5, 0)
    """
    exact = abs(Fraction(value))
    if not exact:
        return 0
    return max(0, figures - 1 - _magnitude(exact))


def shown(value: Decimal | Fraction, figures: int = FIGURES) -> str:
    """A number with ``figures`` significant figures, thousands grouped, a true minus sign.

    >>> shown(Decimal("742.1349")), shown(Decimal("-12345.678")), shown(Decimal("0.00001234")), shown(Decimal(0))
    ('742.1', '−12,346', '1.234×10⁻⁵', '0')
    """
    exact = Fraction(value)
    if not exact:
        return "0"
    magnitude = _magnitude(abs(exact))
    if magnitude < _LEAST_PLAIN:
        mantissa = written(exact / Fraction(10) ** magnitude, figures - 1)
        return f"{mantissa}×10{str(magnitude).translate(_SUPERSCRIPT)}"
    return written(exact, places_for(exact, figures))


def written(value: Decimal | Fraction, places: int) -> str:
    """A number with exactly ``places`` decimals, thousands grouped.

    >>> written(Decimal("1234.5"), 2), written(Decimal("-0.004"), 2)
    ('1,234.50', '0.00')
    """
    rounded = round_half_even(Fraction(value), Fraction(1, 10**places))
    text = f"{abs(rounded):,.{places}f}"
    return MINUS + text if rounded < 0 else text


def entered(text: str) -> str:
    """An amount as the user wrote it, thousands grouped where it is a plain decimal; anything else unchanged.

    >>> entered("1234567.80"), entered("0.780"), entered("=a*2")
    ('1,234,567.80', '0.780', '=a*2')
    """
    sign, digits = (MINUS, text[1:]) if text.startswith("-") else ("", text)
    whole, dot, rest = digits.partition(".")
    if not (whole.isascii() and whole.isdigit()) or (dot and not (rest.isascii() and rest.isdigit())):
        return text
    return f"{sign}{int(whole):,}{dot}{rest}"


class Column:
    """Parts of one total as a table shows them: all with the decimals that give the total ``figures`` figures, summing to it.

    With ``listed`` the first so many parts are rounded beside all the others as one, and the others so that they sum to it: a list can show the
    first and write the rest in one line, and each part has the same number there and in the whole list.
    """

    def __init__(
        self, values: Mapping[str, Decimal], total: Decimal, figures: int = FIGURES, places: int | None = None, *, listed: int | None = None
    ) -> None:
        largest = max([abs(total), *(abs(v) for v in values.values())], default=abs(total))
        # a total that nearly cancels out must not blow up the decimals of its parts
        self.places = places_for(max(abs(total), largest / 1000), figures) if places is None else places
        self._values = dict(values)
        self._parts = _apportioned(values, Fraction(1, 10**self.places), listed)
        self.total = written(total, self.places)

    def text(self, key: str) -> str:
        """One part; a part too small for the decimals is written as below the smallest step, never as zero."""
        return _small(self._values[key], self._parts[key], self.places)

    def rounded(self, *keys: str) -> Decimal:
        """The sum of some parts as they are shown."""
        return sum((self._parts[key] for key in keys), Decimal(0))

    def together(self, keys: Collection[str]) -> str:
        """Some parts as one: what a reader gets who adds them up, so that a sum of several reads the same in every table."""
        return _small(sum((self._values[key] for key in keys), Decimal(0)), self.rounded(*keys), self.places)


class Percentages:
    """Shares of a total in per cent, rounded together so that they add up to 100; None where the total is zero."""

    def __init__(self, values: Mapping[str, Decimal], total: Decimal, places: int = 1, *, listed: int | None = None) -> None:
        self.places = places
        self._shares = {key: Fraction(value) / Fraction(total) * 100 for key, value in values.items()} if total else {}
        self._parts = _apportioned(self._shares, Fraction(1, 10**places), listed)

    def text(self, key: str) -> str | None:
        if key not in self._shares:
            return None
        return _small(self._shares[key], self._parts[key], self.places) + " %"

    def together(self, keys: Collection[str]) -> str | None:
        """Some shares as one, or None as :meth:`text`."""
        if not self._shares:
            return None
        exact = sum((self._shares[key] for key in keys), Fraction(0))
        return _small(exact, sum((self._parts[key] for key in keys), Decimal(0)), self.places) + " %"


def percent(share: Decimal | Fraction | None, places: int = 1) -> str | None:
    """A share of 1 in per cent.

    >>> percent(Decimal("0.12345")), percent(None)
    ('12.3 %', None)
    """
    if share is None:
        return None
    value = Fraction(share) * 100
    return _small(value, round_half_even(value, Fraction(1, 10**places)), places) + " %"


def _apportioned(
    values: Mapping[str, Decimal] | Mapping[str, Fraction], quantum: Fraction, listed: int | None = None
) -> dict[str, Decimal]:
    exact = [(key, Fraction(value)) for key, value in values.items()]
    if listed is None or listed >= len(exact):
        _, parts = apportion(exact, quantum)
        return {key: part for (key, _), part in zip(exact, parts, strict=True)}
    others = exact[listed:]
    rest = sum((value for _, value in others), Fraction(0))
    _, first = apportion([*exact[:listed], (_REST, rest)], quantum)
    found = {key: part for (key, _), part in zip(exact[:listed], first[:-1], strict=True)}
    # what rounding left between the rest and its parts goes to the largest of them
    largest = max(others, key=lambda other: abs(other[1]))[0]
    shifted = [(key, value + (Fraction(first[-1]) - rest if key == largest else 0)) for key, value in others]
    _, last = apportion(shifted, quantum)
    return found | {key: part for (key, _), part in zip(others, last, strict=True)}


def _small(exact: Decimal | Fraction, rounded: Decimal, places: int) -> str:
    if rounded or not exact:
        return written(rounded, places) if rounded else "0"
    step = f"{Decimal(1).scaleb(-places):f}"
    return f"<{step}" if exact > 0 else f"{MINUS}<{step}"


def _magnitude(exact: Fraction) -> int:
    """The power of ten of the first digit of a positive number, exactly."""
    guess = len(str(exact.numerator)) - len(str(exact.denominator))
    return guess if exact >= Fraction(10) ** guess else guess - 1
