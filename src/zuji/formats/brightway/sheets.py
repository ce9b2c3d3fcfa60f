"""The outer form: from the cells of a workbook to blocks of one activity each."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from zuji.engine.text import Text
from zuji.formats.intake import PackageRefused, Unreadable, check_workbook
from zuji.formats.inventory import Place

# What openpyxl raises on a damaged workbook is whatever its parts stumble over.
_LIBRARY_ERRORS = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError, OSError, EOFError, SyntaxError, NotImplementedError,
    zipfile.BadZipFile, InvalidFileException,
)  # fmt: skip
_MOST_CELLS = 3_000_000
_MOST_COLUMNS = 200


@dataclass(slots=True)
class ExchangeRow:
    """A row below ``Exchanges``: texts by the header of their column, and the cells that hold a formula nobody has calculated."""

    row: int
    cells: dict[str, str]


@dataclass(slots=True)
class Activity:
    """A block: its fields, and the rows of its exchanges."""

    sheet: str
    row: int
    name: str
    fields: dict[str, str] = field(default_factory=dict)
    rows: list[ExchangeRow] = field(default_factory=list)


@dataclass(slots=True)
class Workbook:
    """The activities of a workbook, and the name of the database they are of."""

    database: str
    activities: list[Activity]


def read_workbook(data: bytes, file: str) -> Workbook:
    """The blocks of a workbook, formulas by the value that the spreadsheet program stored. Raises :class:`Unreadable`.

    openpyxl reads; it checks little of what it is given, so this runs in a child process only.
    """
    place = Place(file)
    try:
        check_workbook(data, file)
        values = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        written = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        return _read(values, written, place)
    except PackageRefused as refused:
        raise Unreadable("workbook", place, refused.text) from None
    except _LIBRARY_ERRORS as error:
        kind = type(error).__name__
        raise Unreadable(
            "workbook", place, Text(f"不是可读的 Excel 工作簿（{kind}）。", f"Not a readable Excel workbook ({kind}).")
        ) from None


def _read(values: openpyxl.Workbook, written: openpyxl.Workbook, place: Place) -> Workbook:
    book = Workbook("", [])
    counted = 0
    for sheet in values.sheetnames:
        rows = []
        for one, other in zip_longest(_rows(values, sheet), _rows(written, sheet), fillvalue=()):
            rows.append(_cells(one, other))
            counted += len(rows[-1])
            if counted > _MOST_CELLS:
                raise Unreadable("workbook", place, Text(f"单元格超过 {_MOST_CELLS} 个。", f"More than {_MOST_CELLS} cells."))
        _read_sheet(sheet, rows, book)
    return book


def _rows(book: openpyxl.Workbook, sheet: str) -> Iterator[tuple[object, ...]]:
    worksheet = book[sheet]
    worksheet.reset_dimensions()  # what a sheet says of its own size is not to be believed
    return worksheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS)


def _cells(values: tuple[object, ...], written: tuple[object, ...]) -> list[str]:
    return [_text(v) if v is not None else _text(w) for v, w in zip_longest(values, written)]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).strip()


def _read_sheet(sheet: str, rows: list[list[str]], book: Workbook) -> None:
    """Activities start at ``Activity`` and end at the next; a sheet that says ``skip`` first is not data."""
    activity: Activity | None = None
    header: list[str] | None = None
    listing = False
    for number, row in enumerate(rows, 1):
        key, value = (row[0] if row else ""), (row[1] if len(row) > 1 else "")
        if not any(row):
            listing = listing and header is None  # a blank row ends a list of exchanges
            continue
        word = key.lower()
        if word == "database":
            book.database = value if value and not value.startswith("=") else book.database
        elif word == "activity":
            activity = Activity(sheet, number, value)
            book.activities.append(activity)
            listing, header = False, None
        elif word == "exchanges" and activity is not None:
            listing, header = True, None
        elif listing and header is None:
            header = [cell.lower() for cell in row]
        elif listing and activity is not None and header is not None:
            activity.rows.append(ExchangeRow(number, {h: c for h, c in zip_longest(header, row, fillvalue="") if h and c}))
        elif activity is not None and value:
            activity.fields.setdefault(word, value)
