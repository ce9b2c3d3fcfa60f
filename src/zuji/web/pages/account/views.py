from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zuji.registry.accounts import queries as accounts
from zuji.registry.footprints import queries as footprints
from zuji.web.asking import viewer


def account(request: HttpRequest) -> HttpResponse:
    """The enterprises that the person acts for, with their footprints."""
    who = viewer(request)
    rows = footprints.of_enterprises(who)
    members = accounts.memberships(who.user) if who.user is not None else []
    shown = {"section": "account", "members": [(member, [row for row in rows if row.owner == member.enterprise]) for member in members]}
    return render(request, "account/account.html", shown)
