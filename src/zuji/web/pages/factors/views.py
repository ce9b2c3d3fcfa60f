from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from zuji.registry.factors import queries as factors
from zuji.registry.factors import searching
from zuji.registry.footprints import queries as footprints
from zuji.web.asking import viewer, whole_number

MOST_PAGES = 10_000


def browse(request: HttpRequest) -> HttpResponse:
    """The factor browser: a query, facets, a page of results. The same address works with and without JavaScript."""
    asked = request.GET
    filters = searching.Filters(
        query=asked.get("q", ""),
        category=asked.get("category", ""),
        kind=asked.get("kind", ""),
        geography=asked.get("geography", ""),
        state=asked.get("state", ""),
    )
    found = searching.search(filters, page=whole_number(asked.get("page", "1"), least=1, most=MOST_PAGES))
    facets = [(facet, getattr(filters, facet), found.facets[facet]) for facet in searching.FACETS]
    shown = {"section": "factors", "filters": filters, "found": found, "facets": facets, "narrowed": any(chosen for _, chosen, _ in facets)}
    part = request.headers.get("HX-Request") == "true"
    response = render(request, "factors/found.html" if part else "factors/browse.html", shown)
    response.headers["Vary"] = "HX-Request, Cookie"
    return response


def newest(request: HttpRequest, factor: str) -> HttpResponse:
    """To the page of a factor's newest version."""
    del request
    return HttpResponseRedirect(reverse("factor", args=(factor, factors.newest_version(factor))))


def sheet(request: HttpRequest, factor: str, version: str) -> HttpResponse:
    """Everything about one version of a factor."""
    found = factors.sheet(factor, version)
    shown = {
        "section": "factors",
        "factor": found,
        "used_in": footprints.using_factor(factor, version, viewer=viewer(request)),
        "instead": factors.rows(list(found.use_instead) + ([found.superseded_by] if found.superseded_by else [])),
        "address": request.build_absolute_uri(request.path),
    }
    return render(request, "factors/sheet.html", shown)


def as_json(request: HttpRequest, factor: str, version: str) -> JsonResponse:
    """The same as data."""
    del request
    found = asdict(factors.sheet(factor, version))
    for name in ("alternatives", "alternatives_left_out", "newest", "found_by", "versions"):
        del found[name]
    found["name"] = {"zh": found["name"][0], "en": found["name"][1]}
    response = JsonResponse({"zuji": "factor/1", **found}, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = "attachment"
    return response
