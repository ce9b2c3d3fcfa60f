from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zuji.engine.text import Text
from zuji.registry.electricity import mixes, operations, queries
from zuji.registry.refusals import Refused
from zuji.web import telling
from zuji.web.asking import viewer, whole_number
from zuji.web.forms import Form
from zuji.web.pages.electricity import lines


def overview(request: HttpRequest) -> HttpResponse:
    """Totals, conflicts, generation and residual mixes."""
    return render(request, "electricity/office.html", {"section": "office", "found": queries.office(viewer=viewer(request))})


def generation(request: HttpRequest) -> HttpResponse:
    """State what a type generated in a year."""
    form = Form(lines.GENERATION, values={"verified": "no"})
    if request.method == "POST":
        taken = form.take(request)
        year, verified = whole_number(taken.pop("year"), least=0, most=9999), taken.pop("verified") == "yes"
        try:
            mixes.state_generation(viewer=viewer(request), year=year, verified=verified, **taken)
        except Refused as refused:
            form.refuse(refused)
        else:
            telling.done(request, Text("发电量已录入。", "The generation is stated."))
            return redirect("office-electricity")
    return render(request, "electricity/generation.html", {"section": "office", "form": form})


def recompute(request: HttpRequest) -> HttpResponse:
    """Calculate the residual mix of a year from the claims as they stand."""
    year = whole_number(request.POST.get("year", ""), least=0, most=9999)
    try:
        made = mixes.recompute(viewer=viewer(request), year=year)
    except Refused as refused:
        telling.refused(request, refused.text)
    else:
        telling.done(request, Text(f"剩余电力组合：{made}。", f"Residual mix: {made}."))
    return redirect("office-electricity")


def void(request: HttpRequest, certificate: str) -> HttpResponse:
    """Make a registration void that turned out to be wrong."""
    who = viewer(request)
    found = queries.registration(certificate, viewer=who)
    form = Form(lines.REASON)
    if request.method == "POST":
        try:
            operations.void(viewer=who, certificate=certificate, reason=form.take(request)["reason"])
        except Refused as refused:
            form.refuse(refused)
        else:
            telling.done(request, Text("登记已作废。", "The registration is void."))
            return redirect("office-electricity")
    return render(request, "electricity/office_void.html", {"section": "office", "found": found, "form": form})
