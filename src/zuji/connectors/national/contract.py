"""Our proposal of how rows of the national database travel: pages of JSON, every number a text, every row with its source.

``{"contract": "zuji-national/1", "as_of": "2026-11-01", "next": "…" or null, "rows": [{…}, …]}``. The fields of a row are in
``docs/en/how-to/national.md``. A page that is none is refused whole; a row that is none is one fault at its place, and the
others come in.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

CONTRACT = "zuji-national/1"
MOST_BYTES, MOST_ROWS, LONGEST_CURSOR, LONGEST_TEXT = 8_000_000, 1000, 200, 4000


class BadAnswer(ValueError):
    """An answer that is no page of the contract: nothing of it is taken."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it came, all fields as text; ``fault`` says why it is no row at all (then ``fields`` is empty)."""

    position: int
    fields: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: ``next`` is the cursor to ask on with, None on the last one; ``as_of`` the day of the delivery as it says itself."""

    rows: tuple[Row, ...]
    next: str | None
    as_of: str


def read_page(data: bytes) -> Page:
    """The page that bytes hold. Raises :class:`BadAnswer`."""
    if len(data) > MOST_BYTES:
        raise BadAnswer(f"more than {MOST_BYTES} bytes")
    try:
        # Numbers stay as they are written, and NaN becomes a text that no reader of numbers takes: a fault of its row, not of the page.
        whole = json.loads(data, parse_float=str, parse_int=str, parse_constant=str)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadAnswer(f"not JSON: {error}") from error
    if not isinstance(whole, dict) or whole.get("contract") != CONTRACT:
        raise BadAnswer(f"not a page of {CONTRACT}")
    rows, cursor, as_of = whole.get("rows"), whole.get("next"), whole.get("as_of")
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        raise BadAnswer(f"rows: a list of at most {MOST_ROWS}")
    if cursor is not None and (not isinstance(cursor, str) or not 0 < len(cursor) <= LONGEST_CURSOR):
        raise BadAnswer(f"next: null, or a text of at most {LONGEST_CURSOR} characters")
    if not isinstance(as_of, str) or len(as_of) > 40:
        raise BadAnswer("as_of: the day of the delivery")
    return Page(rows=tuple(_row(n, row) for n, row in enumerate(rows, start=1)), next=cursor, as_of=as_of)


def _row(position: int, row: object) -> Row:
    if not isinstance(row, dict):
        return Row(position, fault="not an object")
    fields = {}
    for name, value in row.items():
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            fields[name] = ";".join(value)
        elif isinstance(value, str):
            fields[name] = value
        elif value is not None:
            return Row(position, fault=f"{name[:40]}: a text or a list of texts")
        if len(name) > 60 or len(fields.get(name, "")) > LONGEST_TEXT:
            return Row(position, fault=f"{name[:40]}: longer than {LONGEST_TEXT} characters")
    return Row(position, fields)
