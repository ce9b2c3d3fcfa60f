from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate

from zuji.registry.accounts import queries as accounts
from zuji.registry.factors import queries as factors
from zuji.registry.factors import searching
from zuji.registry.footprints import queries as footprints
from zuji.registry.governance import origins, records
from zuji.registry.governance.revocations import letter_codes
from zuji.web.asking import viewer, whole_number
from zuji.web.pages.factors.citing import citation
from zuji.workflow.duties import Duty
from zuji.workflow.permissions import Permission

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
    record = records.record(factor, version)
    found, who = record.sheet, viewer(request)
    revoked = record.state == "revoked"
    address = request.build_absolute_uri(request.path)
    told = {each.superseded_by for each in record.standings}  # what took its place already stands in the notice
    instead = [*found.use_instead, *([record.superseded_by] if record.superseded_by and record.superseded_by not in told else [])]
    shown = {
        "section": "factors",
        "record": record,
        "factor": found,
        "revocation": letter_codes([found.reference]).get(found.reference, "") if revoked else "",
        "may_revoke": not revoked and Duty.PUBLISHER.value in who.duties,
        "cited": citation(record, address, localdate().isoformat()),
        "used_in": footprints.using_factor(factor, version, viewer=who),
        "instead": factors.rows(instead),
        "editing": [
            member
            for member in (accounts.memberships(who.user) if who.user is not None else [])
            if who.may(Permission.EDIT, enterprise=member.enterprise)
        ],
    }
    return render(request, "factors/sheet.html", shown)


def letter(request: HttpRequest, factor: str, version: str, act: str, letter_language: str) -> HttpResponse:
    """A letter about the publication of a version, or about what became of it, as PDF."""
    del request
    name, content = origins.public_letter(f"{factor}@{version}", act, "en" if letter_language == "en" else "zh")
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response
