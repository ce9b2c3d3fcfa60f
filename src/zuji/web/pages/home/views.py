from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zuji.registry.factors import queries as factors
from zuji.registry.footprints import queries as footprints
from zuji.registry.models.queries import catalogue
from zuji.web.api import throttles
from zuji.web.api.signing_in import SECONDS


def home(request: HttpRequest) -> HttpResponse:
    """What this is and for whom, with the ways in."""
    shown = {"section": "home", "counts": factors.counts(), "studies": footprints.demonstrations(), "models": catalogue()}
    return render(request, "home/home.html", shown)


def about(request: HttpRequest) -> HttpResponse:
    """Where the numbers come from, and under which licences."""
    return render(request, "home/about.html", {"sources": factors.sources(), "counts": factors.counts()})


def developers(request: HttpRequest) -> HttpResponse:
    """How programs read and write here: what needs no token, how to get one, how often one may ask."""
    limits = {"stranger": throttles.STRANGER, "program": throttles.PROGRAM, "tokens": throttles.TOKENS}
    return render(
        request, "home/developers.html", {"limits": limits, "minutes": SECONDS // 60, "site": request.build_absolute_uri("/")[:-1]}
    )


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility.html")
