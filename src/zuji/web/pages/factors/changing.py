from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zuji.engine.text import Text
from zuji.registry.factors import changes
from zuji.registry.governance import comparing
from zuji.registry.republication import effects
from zuji.registry.republication.previews import FEWEST
from zuji.web.asking import viewer, whole_number
from zuji.web.pages.dossiers import fields
from zuji.web.pages.republication import presenting

MOST_PAGES = 1000
IN_FEED = 100
LONGEST_ID = 120


def listed(request: HttpRequest) -> HttpResponse:
    """The record of what changed in the library, or in one factor of it."""
    factor, kind = _asked(request)
    found = changes.changes(factor=factor, kind=kind, page=whole_number(request.GET.get("page", "1"), least=1, most=MOST_PAGES))
    shown = {"section": "factors", "found": found, "factor": factor, "kind": kind, "kinds": changes.KINDS}
    return render(request, "factors/changes.html", shown)


def feed(request: HttpRequest) -> HttpResponse:
    """The same as an Atom feed (RFC 4287), in pages (RFC 5005)."""
    factor, kind = _asked(request)
    page = whole_number(request.GET.get("page", "1"), least=1, most=MOST_PAGES)
    shown = {
        "found": changes.changes(factor=factor, kind=kind, page=page, size=IN_FEED),
        "factor": factor,
        "address": request.build_absolute_uri(request.path),
        "own": request.build_absolute_uri(),
        "site": request.build_absolute_uri("/"),
    }
    return render(request, "factors/feed.xml", shown, content_type="application/atom+xml; charset=utf-8")


def compared(request: HttpRequest, factor: str, version: str, other: str) -> HttpResponse:
    """Two versions of a factor side by side: in numbers, and in what the one does in the other's place."""
    found = comparing.compared(factor, version, other)
    done = effects.effect(found.before.reference, found.after.reference, viewer=viewer(request))
    circles = [("published", done.published), *([("own", done.own)] if done.own is not None else [])]
    shown = {
        "section": "factors",
        "found": found,
        "rows": [(fields.name_of(each.key), _said(each.key, each.before), _said(each.key, each.after), each) for each in found.fields],
        "same": [(fields.name_of(key), fields.value_of(key, text)) for key, text in found.same.items()],
        "circles": [(name, circle, presenting.bars(circle.classes)) for name, circle in circles],
        "province": done.province,
        "province_bars": presenting.bars(done.province.classes) if done.province is not None and done.province.classes else (),
        "fewest": FEWEST,
    }
    return render(request, "factors/compare.html", shown)


def _said(key: str, text: str) -> Text:
    """What a field says; nothing where it was not stated."""
    return fields.value_of(key, text) if text else Text("", "")


def _asked(request: HttpRequest) -> tuple[str, str]:
    """The factor and the kind of change that a list is narrowed to; what is no kind narrows nothing."""
    kind = request.GET.get("kind", "")
    return request.GET.get("factor", "").strip()[:LONGEST_ID], kind if kind in changes.KINDS else ""
