from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zuji.engine.text import Text
from zuji.registry.accounts import operations
from zuji.registry.accounts import queries as accounts
from zuji.registry.footprints import cases
from zuji.registry.footprints import queries as footprints
from zuji.registry.refusals import Refused
from zuji.web import telling
from zuji.web.asking import viewer
from zuji.web.forms import Form
from zuji.web.pages.enterprises import lines
from zuji.web.pages.products import listing


def account(request: HttpRequest) -> HttpResponse:
    """The enterprises that the person acts for, with their footprints, and what others have entrusted to them."""
    who = viewer(request)
    rows = footprints.of_enterprises(who)
    members = accounts.memberships(who.user) if who.user is not None else []
    shown = {
        "section": "account",
        "members": [(member, [row for row in rows if row.owner == member.enterprise]) for member in members],
        "delegations": accounts.delegations_to(who.user) if who.user is not None else [],
        "operator": who.operator,
        "governs": bool(who.duties or members),
        **listing.entrusted(request),
        "waiting": cases.waiting(who),
    }
    return render(request, "account/account.html", shown)


def profile(request: HttpRequest) -> HttpResponse:
    """The person's name."""
    form = Form((lines.PERSON,), values={"name": request.user.get_full_name() if request.user.is_authenticated else ""})
    if request.method == "POST":
        try:
            operations.rename_person(viewer=viewer(request), **form.take(request))
        except Refused as refused:
            form.refuse(refused)
        else:
            telling.done(request, Text("姓名已更改。", "Your name was changed."))
            return redirect("profile")
    return render(request, "account/profile.html", {"form": form})


def close(request: HttpRequest) -> HttpResponse:
    """Closing one's own account."""
    refusal = None
    if request.method == "POST":
        try:
            operations.close_account(viewer=viewer(request))
        except Refused as refused:
            refusal = refused.text
        else:
            logout(request)
            telling.done(request, Text("账户已注销。", "Your account is closed."))
            return redirect("home")
    return render(request, "account/close.html", {"refusal": refusal})


def further_enterprise(request: HttpRequest) -> HttpResponse:
    """Registering an enterprise with an account that exists."""
    form = Form((lines.USCC, lines.NAME_ZH, lines.NAME_EN, lines.CITY))
    if request.method == "POST":
        try:
            uscc = operations.register_own_enterprise(viewer=viewer(request), **form.take(request))
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("enterprise", uscc)
    return render(request, "account/enterprise.html", {"form": form})
