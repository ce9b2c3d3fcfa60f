"""Answers that are files: drawings, tables, reports."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from zuji.documents.chart_tables import Table
from zuji.documents.inert_csv import csv_bytes

SVG = "image/svg+xml"
# What is drawn of a stored result never changes under one version of the software; a browser asks again after an hour.
PUBLIC_CACHE = "public, max-age=3600"


def drawing_answer(drawing: str, *, public: bool) -> HttpResponse:
    """A drawing for a page."""
    response = _sealed(HttpResponse(drawing, content_type=SVG))
    if public:
        response.headers["Cache-Control"] = PUBLIC_CACHE
    return response


def csv_answer(table: Table, about: Sequence[str], name: str) -> HttpResponse:
    """A table as a file, with what it is about below it."""
    rows = [*table.csv(), (), *((line,) for line in about)]
    return download(csv_bytes(rows), name, "text/csv; charset=utf-8")


def download(content: bytes, name: str, media: str) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(content, content_type=media)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return _sealed(response) if media == SVG else response


def _sealed(response: HttpResponse) -> HttpResponse:
    """Opened as a page of its own, a drawing may load and run nothing."""
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
