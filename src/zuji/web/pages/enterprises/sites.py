from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zuji.engine.text import Text
from zuji.registry.accounts import operations, queries
from zuji.registry.refusals import NotFound, Refused
from zuji.web import telling
from zuji.web.asking import viewer
from zuji.web.forms import Form
from zuji.web.pages.enterprises import lines


def listed(request: HttpRequest, uscc: str) -> HttpResponse:
    """Where the enterprise produces."""
    who = viewer(request)
    found = queries.enterprise(viewer=who, uscc=uscc)
    return render(request, "enterprises/sites.html", {"found": found, "rows": queries.sites(viewer=who, uscc=uscc)})


def new(request: HttpRequest, uscc: str) -> HttpResponse:
    """A further site."""
    who = viewer(request)
    found = queries.enterprise(viewer=who, uscc=uscc)
    form = Form(lines.SITE)
    if request.method == "POST":
        try:
            operations.add_site(viewer=who, enterprise=found.enterprise, **form.take(request))
        except Refused as refused:
            form.refuse(refused)
        else:
            telling.done(request, Text("场所已保存。", "The site was saved."))
            return redirect("sites", uscc)
    return render(request, "enterprises/site.html", {"found": found, "form": form, "row": None})


def change(request: HttpRequest, uscc: str, site: int) -> HttpResponse:
    """Other data of a site."""
    who = viewer(request)
    found = queries.enterprise(viewer=who, uscc=uscc)
    row = next((row for row in queries.sites(viewer=who, uscc=uscc) if row.site == site), None)
    if row is None:
        raise NotFound
    english = row.name.en if row.name.en != row.name.zh else ""
    form = Form(lines.SITE, values={"name_zh": row.name.zh, "name_en": english, "address": row.address, "division": row.division})
    if request.method == "POST":
        try:
            operations.change_site(viewer=who, enterprise=found.enterprise, site=site, **form.take(request))
        except Refused as refused:
            form.refuse(refused)
        else:
            telling.done(request, Text("场所已保存。", "The site was saved."))
            return redirect("sites", uscc)
    return render(request, "enterprises/site.html", {"found": found, "form": form, "row": row})


def close(request: HttpRequest, uscc: str, site: int) -> HttpResponse:
    """Offered for nothing new from now on."""
    return _turned(request, uscc, site, operations.close_site, Text("场所已停用。", "The site was closed."))


def reopen(request: HttpRequest, uscc: str, site: int) -> HttpResponse:
    """Offered again."""
    return _turned(request, uscc, site, operations.reopen_site, Text("场所已恢复。", "The site was reopened."))


def _turned(request: HttpRequest, uscc: str, site: int, turn: Callable[..., None], said: Text) -> HttpResponse:
    who = viewer(request)
    found = queries.enterprise(viewer=who, uscc=uscc)
    try:
        turn(viewer=who, enterprise=found.enterprise, site=site)
    except Refused as refused:
        telling.refused(request, refused.text)
    else:
        telling.done(request, said)
    return redirect("sites", uscc)
