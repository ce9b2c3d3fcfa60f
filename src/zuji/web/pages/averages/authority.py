from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from zuji.engine.text import Text
from zuji.registry.accounts.queries import Member
from zuji.registry.averages import handing, operations, queries, releasing
from zuji.registry.averages.quarters import last_ended
from zuji.registry.governance.handing_over import Handed
from zuji.registry.refusals import Refused
from zuji.web import telling
from zuji.web.asking import viewer
from zuji.web.forms import Form
from zuji.web.pages.averages import lines
from zuji.web.pages.dossiers.handing import handed_over

LONGEST_RELEASE = 48


def listed(request: HttpRequest) -> HttpResponse:
    """The calls, and a new one."""
    who = viewer(request)
    form = Form(lines.CALL)
    if request.method == "POST":
        try:
            operations.call(viewer=who, written=operations.Written(**form.take(request)))
        except Refused as refused:
            form.refuse(refused)
        else:
            telling.done(request, Text("已发起征集。", "The call is made."))
            return redirect("authority-averages")
    shown = {"section": "office", "rows": queries.office(viewer=who), "form": form, "quarter": last_ended(timezone.localdate())}
    return render(request, "averages/authority.html", shown)


def release(request: HttpRequest, call: str) -> HttpResponse:
    """Release a call's averages for a quarter that is over."""
    try:
        releasing.release(viewer=viewer(request), call=call, quarter=request.POST.get("quarter", "")[:6])
    except Refused as refused:
        telling.refused(request, refused.text)
    else:
        telling.done(request, Text("已按规则发布。", "It was released by the rules."))
    return redirect("authority-averages")


def draft(request: HttpRequest, call: str) -> HttpResponse:
    """Open a dossier from a released average, for an organisation of the person's."""
    who = viewer(request)
    quarter, _, subset = request.POST.get("release", "")[:LONGEST_RELEASE].partition("/")

    def hand_over(member: Member) -> Handed:
        return handing.hand_over(viewer=who, enterprise=member.enterprise, call=call, quarter=quarter, subset=subset)

    return handed_over(request, who, hand_over, back="authority-averages")


def contributions(request: HttpRequest, call: str) -> HttpResponse:
    """For an auditor: who contributed, without the values."""
    rows = queries.contributions(call, viewer=viewer(request))
    return render(request, "averages/audit.html", {"section": "office", "rows": rows, "found": queries.call(call)})


def read(request: HttpRequest, contribution: str) -> HttpResponse:
    """For an auditor: one contribution, once a reason is given; the reading is recorded with the enterprise."""
    who = viewer(request)
    found, call = queries.contribution(contribution, viewer=who)
    form, seen = Form(lines.REASON), None
    if request.method == "POST":
        try:
            seen = operations.read_contribution(viewer=who, contribution=contribution, reason=form.take(request)["reason"])
        except Refused as refused:
            form.refuse(refused)
    return render(request, "averages/read.html", {"section": "office", "found": found, "call": call, "form": form, "seen": seen})
