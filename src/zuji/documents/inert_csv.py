"""Tables as CSV that a spreadsheet shows and does not run, and that Excel opens with its Chinese characters right.

Sources: RFC 4180 (quotes, CRLF); OWASP, CSV Injection: a cell that begins with = + - @, a tab or a line break may be taken for a formula,
also in full-width form. Numbers are excepted: -1.5 stays a number.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as the code page of the machine
_RISKY = tuple("=+-@\t\r\n＝＋－＠")
Cell = str | Decimal | int


def csv_bytes(rows: Iterable[Sequence[Cell]]) -> bytes:
    """The rows as UTF-8 with a byte order mark. A number keeps all its digits; a text that could be a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([inert(cell) for cell in row])
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def inert(cell: Cell) -> str:
    """A cell as it is written.

    >>> inert("=1+1"), inert(" @x"), inert(Decimal("-1.50")), inert("水泥")
    ("'=1+1", "' @x", '-1.50', '水泥')
    """
    if isinstance(cell, Decimal):
        return format(cell, "f")
    text = str(cell).replace("\0", "")
    return f"'{text}" if isinstance(cell, str) and (text.lstrip(" \u00a0\u3000").startswith(_RISKY)) else text
