from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zuji.engine.text import Text
from zuji.registry.accounts import operations, queries
from zuji.registry.accounts.operations.clients import LONGEST
from zuji.registry.refusals import Refused
from zuji.web import telling
from zuji.web.asking import viewer
from zuji.web.forms import Form, Line
from zuji.web.pages.enterprises import lines

NAME = Line("name", Text("程序名称", "Name of the program"), Text("如：ERP 月度数据。", "Such as: monthly data from the ERP."), most=120)


def listed(request: HttpRequest, uscc: str) -> HttpResponse:
    """The programs that act for the enterprise, and the form that adds one. Its secret is shown on this answer and never again."""
    who = viewer(request)
    found = queries.enterprise(viewer=who, uscc=uscc)
    form = Form((NAME, lines.OUTSIDE_ROLE, lines.last_day(LONGEST)))
    made = None
    if request.method == "POST":
        try:
            made = operations.make_client(viewer=who, enterprise=found.enterprise, **form.take(request))
        except Refused as refused:
            form.refuse(refused)
        else:
            form.values = {}
    rows = queries.clients(viewer=who, uscc=uscc)
    return render(request, "enterprises/clients.html", {"found": found, "form": form, "rows": rows, "made": made})


def revoke(request: HttpRequest, uscc: str, client: str) -> HttpResponse:
    """The program may do nothing from its next request on."""
    who = viewer(request)
    found = queries.enterprise(viewer=who, uscc=uscc)
    try:
        operations.revoke_client(viewer=who, enterprise=found.enterprise, client=client)
    except Refused as refused:
        telling.refused(request, refused.text)
    else:
        telling.done(request, Text("客户端已撤销。", "The client was revoked."))
    return redirect("clients", uscc)
