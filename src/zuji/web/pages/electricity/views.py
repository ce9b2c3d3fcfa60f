from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zuji.registry.electricity import queries


def factors(request: HttpRequest) -> HttpResponse:
    """The electricity and heat factors of all years and types, with what each is for, and the residual mixes."""
    return render(request, "electricity/factors.html", {"section": "factors", "found": queries.published()})
