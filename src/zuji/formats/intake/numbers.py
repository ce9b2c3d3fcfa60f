"""Numbers as inventory files write them (xs:double without its special values), read exactly."""

import re
from decimal import Decimal

from zuji.engine.excerpt import head
from zuji.engine.text import Text
from zuji.formats.intake.refusals import Unreadable
from zuji.formats.inventory import Place

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE]([+-]?[0-9]{1,6}))?", re.ASCII)
_MOST_CHARACTERS = 100
LARGEST_EXPONENT = 300  # of what a float64 holds (1.8e308), with room for a product of amounts


def read_decimal(text: str | None, place: Place) -> Decimal:
    """The decimal number a text holds, white space around it allowed. Raises :class:`Unreadable` with the place.

    NaN, Infinity, numbers beyond a float64, and anything that is not a decimal number are refused.

    >>> read_decimal(" 1.50E-3 ", Place("a.xml"))
    Decimal('0.00150')
    """
    written = (text or "").strip()
    if not written:
        raise Unreadable("number-missing", place, Text("缺少数值。", "A number is missing."))
    if len(written) > _MOST_CHARACTERS or not _NUMBER.fullmatch(written):
        raise Unreadable(
            "not-a-number",
            place,
            Text(f"“{head(written, 40)}”不是有限的十进制数。", f"'{head(written, 40)}' is not a finite decimal number."),
        )
    value = Decimal(written)
    if value and abs(value.adjusted()) > LARGEST_EXPONENT:
        raise Unreadable(
            "number-out-of-range",
            place,
            Text(f"“{head(written, 40)}”超出可计算的范围。", f"'{head(written, 40)}' is beyond what can be calculated with."),
        )
    return value


def read_number(text: str | None, place: Place) -> int:
    """The whole number a text holds. Raises :class:`Unreadable`."""
    written = (text or "").strip()
    if not re.fullmatch(r"-?[0-9]{1,12}", written, re.ASCII):
        raise Unreadable("not-a-number", place, Text(f"“{head(written, 40)}”不是整数。", f"'{head(written, 40)}' is not a whole number."))
    return int(written)


def read_year(text: str | None, place: Place) -> int | None:
    """The year at the start of a date, None where nothing is written. Raises :class:`Unreadable` for anything else."""
    written = (text or "").strip()
    if not written:
        return None
    found = re.match(r"(-?[0-9]{4})(?![0-9])", written, re.ASCII)
    if not found:
        raise Unreadable("not-a-year", place, Text(f"“{head(written, 40)}”不是年份。", f"'{head(written, 40)}' is not a year."))
    return int(found[1])
