"""Calendar quarters, as releases are named by them. Pure."""

import datetime
import re

_QUARTER = re.compile(r"(20\d\d)Q([1-4])", re.ASCII)


def end_of(quarter: str) -> datetime.date | None:
    """The last day of a quarter; None where the text names none.

    >>> end_of("2026Q3")
    datetime.date(2026, 9, 30)
    """
    match = _QUARTER.fullmatch(quarter)
    if match is None:
        return None
    year, month = int(match[1]), 3 * int(match[2])
    return datetime.date(year, month, 31 if month in {3, 12} else 30)


def last_ended(today: datetime.date) -> str:
    """The newest quarter that is over.

    >>> last_ended(datetime.date(2026, 11, 1)), last_ended(datetime.date(2026, 2, 1))
    ('2026Q3', '2025Q4')
    """
    number = (today.month - 1) // 3
    return f"{today.year}Q{number}" if number else f"{today.year - 1}Q4"
