"""Appointing people to the duties of regulated processes: first who they are, then what they do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zuji.engine.text import Text
from zuji.registry.accounts import operations, queries
from zuji.registry.refusals import NotFound, Refused
from zuji.web import telling
from zuji.web.asking import viewer
from zuji.web.forms import Form, Line
from zuji.workflow.duties import DUTY_NAMES

LINES = (
    Line("email", Text("账户邮箱", "Address of the account"), kind="email", most=254),
    Line(
        "document",
        Text("证件号码", "Number of the identity document"),
        Text(
            "只保存加密摘要，用来认出同一个人的两个账户；已确认过的可不填。",
            "Only a keyed hash of it is kept, by which two accounts of one person are known. Leave it empty where the person was confirmed before.",
        ),
        needed=False,
        most=30,
    ),
    Line("duty", Text("职责", "Duty"), kind="select", options=tuple((duty.value, name) for duty, name in DUTY_NAMES.items())),
    Line(
        "organisation",
        Text("所在单位", "Works for"),
        Text("不评审本单位的因子。", "They keep away from what this organisation submits."),
        most=200,
    ),
    Line("uscc", Text("单位统一社会信用代码", "Code of that organisation"), needed=False, most=18),
    Line(
        "scope",
        Text("专业类别", "Categories"),
        Text(
            "专家擅长的因子类别代码，用逗号分开；不填为全部。",
            "Codes of the categories that an expert knows, with commas between; empty: all.",
        ),
        needed=False,
        most=500,
    ),
)


def held(request: HttpRequest) -> HttpResponse:
    """Who holds which duty, and the form that appoints."""
    who = viewer(request)
    form = Form(LINES)
    if request.method == "POST":
        taken = form.take(request)
        try:
            found = queries.account(taken["email"], viewer=who)
            if taken["document"].strip():
                operations.confirm_person(viewer=who, user=found.user, document=taken["document"])
            operations.appoint(
                viewer=who,
                user=found.user,
                duty=taken["duty"],
                organisation=taken["organisation"],
                uscc=taken["uscc"],
                scope=[each.strip() for each in taken["scope"].replace("，", ",").split(",") if each.strip()],
            )
        except Refused as refused:
            form.refuse(refused)
        except NotFound:
            form.faults["email"] = Text("没有使用此邮箱的账户。", "There is no account with this address.")
        else:
            telling.done(request, Text("已任命。", "Appointed."))
            return redirect("office-duties")
    return render(request, "office/duties.html", {"section": "office", "rows": queries.appointments(viewer=who), "form": form})


def end(request: HttpRequest, appointment: int) -> HttpResponse:
    """A duty ends."""
    operations.end_duty(viewer=viewer(request), appointment=appointment)
    telling.done(request, Text("已免去该职责。", "The duty has ended."))
    return redirect("office-duties")
