from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zuji.engine.text import Text
from zuji.registry.accounts.queries import Member
from zuji.registry.electricity import handing, mixes, operations, queries
from zuji.registry.governance.handing_over import Handed
from zuji.registry.refusals import Refused
from zuji.web import telling
from zuji.web.asking import viewer, whole_number
from zuji.web.forms import Form
from zuji.web.pages.dossiers.handing import handed_over, proposers
from zuji.web.pages.electricity import lines
from zuji.workflow.duties import Duty


def overview(request: HttpRequest) -> HttpResponse:
    """Totals, conflicts, generation and residual mixes."""
    who = viewer(request)
    hands = who.operator or bool(who.duties & {Duty.SECRETARY.value, Duty.PUBLISHER.value})
    shown = {
        "section": "office" if who.operator else "authority",
        "found": queries.office(viewer=who),
        "hands": hands,
        "proposers": proposers(who) if hands else [],
        "action": reverse("office-mix-draft" if who.operator else "authority-mix-draft") if hands else "",
    }
    return render(request, "electricity/office.html", shown)


def draft(request: HttpRequest) -> HttpResponse:
    """Open a dossier from the newest residual mix of a year, for an organisation of the person's."""
    who = viewer(request)
    year = whole_number(request.POST.get("year", ""), least=0, most=9999)

    def hand_over(member: Member) -> Handed:
        return handing.hand_over(viewer=who, enterprise=member.enterprise, year=year)

    return handed_over(request, who, hand_over, back="office-electricity" if who.operator else "authority-electricity")


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
