from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zuji.engine.text import Text
from zuji.registry.accounts import queries as accounts
from zuji.registry.averages import operations, queries
from zuji.registry.refusals import Refused
from zuji.web import telling
from zuji.web.asking import viewer
from zuji.web.forms import Form
from zuji.web.pages.averages import lines
from zuji.workflow.permissions import Permission


def listed(request: HttpRequest, uscc: str) -> HttpResponse:
    """The calls, and what the enterprise contributed to each."""
    who = viewer(request)
    found = accounts.enterprise(viewer=who, uscc=uscc)
    rows, own = queries.own(found.enterprise, viewer=who)
    shown = {
        "found": found,
        "rows": [(row, own.get(row.code)) for row in rows],
        "edits": who.may(Permission.EDIT, enterprise=found.enterprise),
    }
    return render(request, "averages/contributions.html", shown)


def contribute(request: HttpRequest, uscc: str, call: str) -> HttpResponse:
    """Contribute to an average, or revise what was contributed."""
    who = viewer(request)
    found = accounts.enterprise(viewer=who, uscc=uscc)
    sheet = queries.call(call)
    own = queries.own(found.enterprise, viewer=who)[1].get(call)
    kept = {"value": own.value, "volume": own.volume, "group": own.group, "filter": own.filter} if own and not own.retracted else {}
    records = queries.records(found.enterprise, viewer=who)
    form = Form(lines.contribution(sheet, records), values=kept)
    if request.method == "POST":
        try:
            offered = operations.Offered(**form.take(request))
            operations.contribute(viewer=who, enterprise=found.enterprise, call=call, offered=offered)
        except Refused as refused:
            form.refuse(refused)
        else:
            telling.done(request, Text("已提交，只有本企业能看到。", "It is contributed; only your enterprise sees it."))
            return redirect("contributions", uscc)
    return render(request, "averages/contribute.html", {"found": found, "sheet": sheet, "own": own, "form": form, "records": records})


def retract(request: HttpRequest, uscc: str, call: str) -> HttpResponse:
    """Take a contribution back."""
    who = viewer(request)
    found = accounts.enterprise(viewer=who, uscc=uscc)
    try:
        operations.retract(viewer=who, enterprise=found.enterprise, call=call)
    except Refused as refused:
        telling.refused(request, refused.text)
    else:
        telling.done(request, Text("已撤回。", "It was taken back."))
    return redirect("contributions", uscc)
