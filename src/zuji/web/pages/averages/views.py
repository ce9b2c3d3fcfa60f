from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zuji.registry.averages import queries


def listed(request: HttpRequest) -> HttpResponse:
    """The calls, with what was released last."""
    return render(request, "averages/list.html", {"section": "factors", "rows": queries.calls()})


def one(request: HttpRequest, call: str) -> HttpResponse:
    """A call with all its releases and the commitments behind each."""
    return render(request, "averages/average.html", {"section": "factors", "found": queries.call(call)})
