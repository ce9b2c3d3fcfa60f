from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zuji.registry.factors import changes, differences
from zuji.web.asking import whole_number

MOST_PAGES = 1000
IN_FEED = 100


def listed(request: HttpRequest) -> HttpResponse:
    """The record of what changed in the library."""
    found = changes.changes(page=whole_number(request.GET.get("page", "1"), least=1, most=MOST_PAGES))
    return render(request, "factors/changes.html", {"section": "factors", "found": found})


def feed(request: HttpRequest) -> HttpResponse:
    """The same as an Atom feed (RFC 4287)."""
    shown = {
        "rows": changes.changes(size=IN_FEED).rows,
        "address": request.build_absolute_uri(request.path),
        "site": request.build_absolute_uri("/"),
    }
    return render(request, "factors/feed.xml", shown, content_type="application/atom+xml; charset=utf-8")


def compared(request: HttpRequest, factor: str, version: str, other: str) -> HttpResponse:
    """Two versions of a factor side by side."""
    found = differences.difference(factor, version, other)
    return render(request, "factors/compare.html", {"section": "factors", "found": found})
