"""Programs that somebody with a duty lets act in their own name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from zuji.engine.text import Text
from zuji.registry.accounts import operations, queries
from zuji.registry.accounts.operations.clients import LONGEST_OWN
from zuji.registry.refusals import Refused
from zuji.web import telling
from zuji.web.asking import viewer
from zuji.web.forms import Form, Line

NAME = Line("name", Text("程序名称", "Name of the program"), Text("如：处室办公系统。", "Such as: the office's own system."), most=120)


def listed(request: HttpRequest) -> HttpResponse:
    """One's own programs, and the form that adds one. Its secret is shown on this answer and never again."""
    who = viewer(request)
    form = Form((NAME, _last_day()))
    made = None
    if request.method == "POST":
        try:
            made = operations.make_own_client(viewer=who, **form.take(request))
        except Refused as refused:
            form.refuse(refused)
        else:
            form.values = {}
    shown = {"section": "account", "form": form, "rows": queries.own_clients(viewer=who), "made": made}
    return render(request, "account/programs.html", shown)


def revoke(request: HttpRequest, client: str) -> HttpResponse:
    """The program may do nothing from its next request on."""
    try:
        operations.revoke_own_client(viewer=viewer(request), client=client)
    except Refused as refused:
        telling.refused(request, refused.text)
    else:
        telling.done(request, Text("程序已撤销。", "The program was revoked."))
    return redirect("own-programs")


def _last_day() -> Line:
    today = timezone.localdate()
    return Line(
        "expires",
        Text("有效期至", "Valid until"),
        Text(f"含当日，最长 {LONGEST_OWN.days} 天。", f"This day included; at most {LONGEST_OWN.days} days."),
        kind="date",
        least=today.isoformat(),
        latest=(today + LONGEST_OWN).isoformat(),
    )
