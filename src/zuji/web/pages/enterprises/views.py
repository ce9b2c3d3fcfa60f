from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zuji.engine.text import Text
from zuji.registry.accounts import operations, queries
from zuji.registry.footprints import queries as footprints
from zuji.registry.refusals import NotFound, Refused
from zuji.registry.republication import queries as republication
from zuji.web import telling
from zuji.web.asking import viewer, whole_number
from zuji.web.forms import Form
from zuji.web.pages.enterprises import lines
from zuji.web.pages.products import listing


def home(request: HttpRequest, uscc: str) -> HttpResponse:
    """What there is to do for the enterprise, and how it stands."""
    who = viewer(request)
    found = queries.enterprise(viewer=who, uscc=uscc)
    rows = [row for row in footprints.of_enterprises(who) if row.owner == found.enterprise]
    shown = {"found": found, "rows": rows, "sites": queries.sites(viewer=who, uscc=uscc), "drafts": republication.waiting(uscc, viewer=who)}
    return render(request, "enterprises/home.html", shown | listing.of_enterprise(request, uscc=uscc, enterprise=found.enterprise))


def data(request: HttpRequest, uscc: str) -> HttpResponse:
    """Names and city."""
    found = queries.enterprise(viewer=viewer(request), uscc=uscc)
    form = Form((lines.NAME_ZH, lines.NAME_EN, lines.CITY), values=_written(found))
    if request.method == "POST":
        try:
            operations.change_enterprise(viewer=viewer(request), enterprise=found.enterprise, **form.take(request))
        except Refused as refused:
            form.refuse(refused)
        else:
            telling.done(request, Text("企业资料已保存。", "The enterprise's data were saved."))
            return redirect("enterprise", uscc)
    return render(request, "enterprises/data.html", {"found": found, "form": form})


def history(request: HttpRequest, uscc: str) -> HttpResponse:
    """What was done, by whom and when."""
    before = whole_number(request.GET.get("before", ""), least=0, most=999_999_999)
    shown = queries.history(viewer=viewer(request), uscc=uscc, before=before or None)
    found = queries.enterprise(viewer=viewer(request), uscc=uscc)
    return render(request, "enterprises/history.html", {"found": found, "page": shown, "first": not before})


def leave(request: HttpRequest, uscc: str) -> HttpResponse:
    """Ceasing to act for the enterprise. For its members: a consultant's delegation ends otherwise."""
    found = queries.enterprise(viewer=viewer(request), uscc=uscc)
    if found.enterprise not in viewer(request).roles:
        raise NotFound
    refusal = None
    if request.method == "POST":
        try:
            operations.leave(viewer=viewer(request), enterprise=found.enterprise)
        except Refused as refused:
            refusal = refused.text
        else:
            return redirect("account")  # by way of the sign-in page: every session has ended
    return render(request, "enterprises/leave.html", {"found": found, "refusal": refusal})


def _written(found: queries.EnterpriseHome) -> dict[str, str]:
    """The names as they were typed: an English name that is the Chinese one was never given."""
    return {"name_zh": found.name.zh, "name_en": found.name.en if found.name.en != found.name.zh else "", "city": found.city.zh}
