"""The desk: what waits for whom, every dossier that one may see, and the process in numbers for everybody."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zuji.registry.accounts import queries as accounts
from zuji.registry.governance import public, queries
from zuji.web.asking import viewer, whole_number
from zuji.workflow.factor import NAMES, State
from zuji.workflow.permissions import Permission

LONGEST_TEXT = 60


def listed(request: HttpRequest) -> HttpResponse:
    """What waits for the person, then the dossiers that they may see, filtered by state and text."""
    who = viewer(request)
    state = request.GET.get("state", "")
    chosen = state if state in {each.value for each in State} else ""
    text = request.GET.get("q", "")[:LONGEST_TEXT]
    found = queries.dossiers(who, state=chosen, text=text, page=whole_number(request.GET.get("page", ""), least=1, most=100_000))
    shown = {
        "section": "dossiers",
        "tasks": queries.to_do(who),
        "news": queries.news(who),
        "found": found,
        "state": chosen,
        "text": text,
        "states": [(each.value, NAMES[each.value], found.states[each.value]) for each in State if each.value in found.states],
        "editing": [
            member
            for member in (accounts.memberships(who.user) if who.user is not None else [])
            if who.may(Permission.EDIT, enterprise=member.enterprise)
        ],
    }
    return render(request, "dossiers/desk.html", shown)


def statistics(request: HttpRequest) -> HttpResponse:
    """How long it takes, where dossiers stand, and how often those of each submitter were sent back."""
    shown = public.statistics(now=datetime.datetime.now(datetime.UTC))
    states = [(NAMES[each.value], shown.states[each.value]) for each in State if each.value in shown.states]
    return render(request, "dossiers/statistics.html", {"section": "factors", "shown": shown, "states": states})
