from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zuji.engine.text import Text
from zuji.registry.accounts import operations, queries
from zuji.registry.refusals import Refused
from zuji.web import telling
from zuji.web.asking import viewer
from zuji.web.forms import Form, Line

CONFIRM, REFUSE = "confirm", "refuse"
LINES = (
    Line(
        "evidence",
        Text("核对了什么", "What was looked at"),
        Text(
            "文件名称、编号与核对途径，如：营业执照正本，国家企业信用信息公示系统查询。",
            "Document, number and how it was checked: business licence, found in the national register.",
        ),
        kind="area",
        most=500,
    ),
    Line(
        "reason",
        Text("不予通过的理由", "Reason, where it is refused"),
        Text("企业会看到这段话。", "The enterprise reads this."),
        kind="area",
        needed=False,
        most=500,
    ),
)


def waiting(request: HttpRequest) -> HttpResponse:
    """The enterprises whose identity is to be confirmed, the longest waiting first."""
    rows, count = queries.enterprises_to_confirm(viewer=viewer(request))
    return render(request, "office/waiting.html", {"section": "office", "rows": rows, "count": count})


def identity(request: HttpRequest, uscc: str) -> HttpResponse:
    """One enterprise: confirm or refuse."""
    who = viewer(request)
    found = queries.for_office(viewer=who, uscc=uscc)
    form = Form(LINES)
    if request.method == "POST":
        taken = form.take(request)
        # The name that the operator saw on the page, not the one of this moment.
        seen = {"viewer": who, "enterprise": found.enterprise, "name": request.POST.get("seen", "")[:200], "evidence": taken["evidence"]}
        try:
            if request.POST.get("decision") == CONFIRM:
                operations.confirm_identity(**seen)  # type: ignore[arg-type]  # named above
            else:
                operations.refuse_identity(**seen, reason=taken["reason"])  # type: ignore[arg-type]  # the same
        except Refused as refused:
            form.refuse(refused)
        else:
            telling.done(request, Text("已记录。", "Recorded."))
            return redirect("office")
    return render(request, "office/identity.html", {"section": "office", "found": found, "form": form})
