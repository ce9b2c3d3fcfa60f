from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import content_disposition_header

from zuji.documents.inert_csv import Cell, csv_bytes
from zuji.registry.factors import queries as factors
from zuji.registry.factors import searching
from zuji.registry.governance import records
from zuji.web.pages.factors.views import filters_of

MOST_ROWS = 2000
_COLUMNS = (
    "id", "version", "name_zh", "name_en", "value", "unit", "kind", "category", "geography", "year", "state", "confidence", "source", "publisher",
)  # fmt: skip
_NUMBERS = frozenset({"value", "gsd"})


def as_json(request: HttpRequest, factor: str, version: str) -> JsonResponse:
    """A version as data: its whole public record."""
    del request
    found = records.plain(records.record(factor, version))
    response = JsonResponse({"zuji": "factor/1", **found}, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = "attachment"
    return response


def as_csv(request: HttpRequest, factor: str, version: str) -> HttpResponse:
    """A version as a table of its fields, those of its public record; an empty cell was not stated."""
    del request
    made = records.record(factor, version)
    rows: list[tuple[Cell, ...]] = [("field", "value"), *_lines(records.plain(made))]
    return _file(rows, f"{made.sheet.reference}.csv")


def found(request: HttpRequest) -> HttpResponse:
    """A list of factors as it is narrowed, at most two thousand rows; a last line says where there are more."""
    listed = searching.search(filters_of(request), size=MOST_ROWS)
    rows: list[tuple[Cell, ...]] = [_COLUMNS, *(_cells(row) for row in listed.rows)]
    if listed.total > len(listed.rows):
        rows.append((f"… {listed.total - len(listed.rows)}",))
    return _file(rows, "factors.csv")


def _lines(record: Mapping[str, Any]) -> Iterator[tuple[str, Cell]]:
    """The record, a line for each thing that it says."""
    for name, value in record.items():
        if name == "name":
            yield from (("name_zh", value["zh"]), ("name_en", value["en"]))
        elif name == "parts":
            yield from ((f"part {part['gas']} {part['kind'] or ''}".strip(), _number(part["kg"])) for part in value)
        elif name == "codes":
            yield from ((f"code {each['system']}", each["code"]) for each in value)
        elif name in {"quality", "life_cycle"}:
            yield from ((f"{name} {key}", _plain(each)) for key, each in value.items())
        elif name == "standings":
            yield from ((f"{each['state']} {each['at']}", _told(each)) for each in value)
        elif name == "review":
            yield from _reviewed(value or {})
        elif name in _NUMBERS:
            yield name, _number(value) if value else ""
        else:
            yield name, _plain(value)


def _reviewed(review: Mapping[str, Any]) -> Iterator[tuple[str, Cell]]:
    """How the version came about; nothing where it passed no review here. The sealed content is in the JSON file alone."""
    for name, value in review.items():
        if name == "submitter":
            yield from (("submitter", value["name"]["zh"]), ("submitter_en", value["name"]["en"]), ("submitter_uscc", value["uscc"]))
        elif name == "evidence":
            yield from ((f"evidence {each['name']}", f"sha256 {each['sha256']}, {each['page'] or ''}".rstrip(", ")) for each in value)
        elif name == "reviewers":
            yield from ((f"reviewer {at} {each['party']}", each["organisation"] or "") for at, each in enumerate(value, 1))
        elif name == "steps":
            yield from ((f"step {each['act']}", each["at"]) for each in value)
        elif name != "sealed":
            yield name, _plain(value)


def _told(standing: Mapping[str, Any]) -> str:
    return " ".join(str(standing[name]) for name in ("superseded_by", "reason_code", "reason") if standing[name])


def _plain(value: Any) -> Cell:
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None else value if isinstance(value, int) else str(value)


def _cells(row: factors.Row) -> tuple[Cell, ...]:
    plain = (row.id, row.version, row.name.zh, row.name.en, _number(row.value), row.unit, row.kind, row.category, row.geography)
    return (*plain, row.year or "", row.state, row.confidence, row.source, row.publisher)


def _number(text: str) -> Cell:
    """An exact value: a decimal, or the ratio as it is written."""
    return text if "/" in text else Decimal(text)


def _file(rows: list[tuple[Cell, ...]], name: str) -> HttpResponse:
    response = HttpResponse(csv_bytes(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response
