"""Amounts of electricity: written in MWh, kept in whole watt-hours, so that sums in a database are exact. Pure."""

import unicodedata
from fractions import Fraction

from zuji.engine.errors import BadNumber
from zuji.engine.quantities import decimal_text, parse_number
from zuji.engine.text import Text

PER_MWH = 1_000_000
MOST = 10**17  # 100,000 TWh, ten times what the country generates in a year; sums of a few stay within a 64-bit integer


def watt_hours(mwh: str) -> int:
    """The watt-hours of a text in MWh.

    Raises:
        BadNumber: it is no plain decimal, not positive, finer than a watt-hour, or beyond all reason.

    >>> watt_hours("65.8")
    65800000
    """
    value = parse_number(unicodedata.normalize("NFKC", mwh).strip()) * PER_MWH
    if value <= 0 or value > MOST:
        raise BadNumber(Text("电量须大于零，单位为 MWh。", "The amount must be greater than zero, in MWh."))
    if value.denominator != 1:
        raise BadNumber(Text("电量最多写到小数点后六位（MWh）。", "Write at most six decimals (MWh)."))
    return value.numerator


def megawatt_hours(amount: int) -> str:
    """Watt-hours in MWh, exact.

    >>> megawatt_hours(65_800_000)
    '65.8'
    """
    return decimal_text(Fraction(amount, PER_MWH))
