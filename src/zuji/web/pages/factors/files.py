from dataclasses import asdict
from decimal import Decimal

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import content_disposition_header

from zuji.documents.inert_csv import Cell, csv_bytes
from zuji.registry.factors import queries as factors
from zuji.registry.factors import searching
from zuji.web.pages.factors.views import filters_of

MOST_ROWS = 2000
_COLUMNS = (
    "id", "version", "name_zh", "name_en", "value", "unit", "kind", "category", "geography", "year", "state", "confidence", "source", "publisher",
)  # fmt: skip


def as_json(request: HttpRequest, factor: str, version: str) -> JsonResponse:
    """A version as data."""
    del request
    found = asdict(factors.sheet(factor, version))
    for name in ("alternatives", "alternatives_left_out", "newest", "found_by", "found_word", "noted", "versions"):
        del found[name]
    found["name"] = {"zh": found["name"][0], "en": found["name"][1]}
    response = JsonResponse({"zuji": "factor/1", **found}, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = "attachment"
    return response


def as_csv(request: HttpRequest, factor: str, version: str) -> HttpResponse:
    """A version as a table of its fields."""
    del request
    found = factors.sheet(factor, version)
    rows: list[tuple[Cell, ...]] = [("field", "value"), *((name, cell) for name, cell in zip(_COLUMNS, _cells(found), strict=True))]
    rows += [(f"part {part.gas} {part.kind or ''}".strip(), _number(part.kg)) for part in found.parts]
    rows += [
        (name, getattr(found, name))
        for name in ("per", "boundary", "gwp", "gsd", "address", "licence", "note", "valid_from", "valid_to", "digest")
    ]
    return _file(rows, f"{found.reference}.csv")


def found(request: HttpRequest) -> HttpResponse:
    """A list of factors as it is narrowed, at most two thousand rows; a last line says where there are more."""
    listed = searching.search(filters_of(request), size=MOST_ROWS)
    rows: list[tuple[Cell, ...]] = [_COLUMNS, *(_cells(row) for row in listed.rows)]
    if listed.total > len(listed.rows):
        rows.append((f"… {listed.total - len(listed.rows)}",))
    return _file(rows, "factors.csv")


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
