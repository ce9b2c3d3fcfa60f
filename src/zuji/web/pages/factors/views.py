import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from zuji.registry.factors import changes, searching
from zuji.registry.factors import queries as factors
from zuji.registry.footprints import queries as footprints
from zuji.registry.governance.revocations import letter_codes
from zuji.web.asking import viewer, whole_number
from zuji.web.pages.factors.citing import citation
from zuji.workflow.duties import Duty

MOST_PAGES = 10_000


def filters_of(request: HttpRequest) -> searching.Filters:
    """What a list of factors is asked for."""
    asked = request.GET
    return searching.Filters(
        query=asked.get("q", ""),
        category=asked.get("category", ""),
        kind=asked.get("kind", ""),
        geography=asked.get("geography", ""),
        state=asked.get("state", ""),
    )


def browse(request: HttpRequest) -> HttpResponse:
    """The factor browser: a query, facets, a page of results. The same address works with and without JavaScript."""
    filters = filters_of(request)
    found = searching.search(filters, page=whole_number(request.GET.get("page", "1"), least=1, most=MOST_PAGES))
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
    stood = changes.became(factor, version)
    revoked = any(each.state == "revoked" for each in stood)
    address = request.build_absolute_uri(request.path)
    shown = {
        "section": "factors",
        "factor": found,
        "became": stood,
        "revocation": letter_codes([found.reference]).get(found.reference, "") if revoked else "",
        "may_revoke": not revoked and Duty.PUBLISHER.value in viewer(request).duties,
        "earlier": [other for other in found.versions if other != version],
        "cited": citation(found, address, datetime.datetime.now(datetime.UTC).date().isoformat()),
        "used_in": footprints.using_factor(factor, version, viewer=viewer(request)),
        "instead": factors.rows(list(found.use_instead) + ([found.superseded_by] if found.superseded_by else [])),
    }
    return render(request, "factors/sheet.html", shown)
