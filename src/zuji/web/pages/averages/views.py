from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zuji.registry.averages import queries
from zuji.web.asking import viewer
from zuji.web.pages.dossiers.handing import proposers
from zuji.workflow.duties import Duty


def listed(request: HttpRequest) -> HttpResponse:
    """The calls, with what was released last."""
    return render(request, "averages/list.html", {"section": "factors", "rows": queries.calls()})


def one(request: HttpRequest, call: str) -> HttpResponse:
    """A call with all its releases and the commitments behind each; for whoever releases, the way into review; for auditors, to who contributed."""
    who = viewer(request)
    office = bool(who.duties & queries.OFFICE)
    shown = {
        "section": "factors",
        "found": queries.call(call),
        "office": office,
        "audits": Duty.AUDITOR.value in who.duties,
        "proposers": proposers(who) if office else [],
    }
    return render(request, "averages/average.html", shown)
