"""Spot checks: announced with their seed, drawn in public, so that anybody can draw them again."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from zuji.engine.text import Text
from zuji.registry.governance import operations, public
from zuji.registry.refusals import Refused
from zuji.web import telling
from zuji.web.asking import viewer, whole_number
from zuji.web.forms import Form, Line
from zuji.workflow.duties import Duty
from zuji.workflow.factor import NAMES

LINES = (
    Line(
        "draw_at",
        Text("抽取时间", "Time of the draw"),
        Text(
            "晚于公布时间。只抽公布之前提交的因子。",
            "Later than now. Only factors that were submitted before the announcement are drawn from.",
        ),
        kind="datetime-local",
        step="1",
    ),
    Line("percent", Text("抽查比例（%）", "Share (%)"), kind="number", least="1", latest="100"),
    Line(
        "seed",
        Text("种子", "Seed"),
        Text(
            "不填则由平台随机生成。也可用公布时尚不存在的公开数字，并写明出处。",
            "Left empty, the platform makes a random one. A public number of which nobody could know beforehand will do too; say where it is from.",
        ),
        needed=False,
        most=120,
    ),
    Line("origin", Text("种子的出处", "Where the seed is from"), needed=False, most=300),
)


def listed(request: HttpRequest) -> HttpResponse:
    """Every spot check."""
    inspecting = Duty.INSPECTOR.value in viewer(request).duties
    return render(request, "dossiers/rounds.html", {"section": "factors", "rounds": public.rounds(), "inspecting": inspecting})


def one(request: HttpRequest, number: str) -> HttpResponse:
    """One spot check: the seed, the list with its weights, what was drawn, and how to draw it again."""
    found = public.spot_check(number)
    rows = [(each, weight, each in found.drawn, NAMES.get(found.found.get(each, ""))) for each, weight in found.listed.items()]
    due = found.drawn_at is None and found.draw_at <= datetime.datetime.now(datetime.UTC)
    shown = {"section": "factors", "found": found, "rows": rows, "due": due and Duty.INSPECTOR.value in viewer(request).duties}
    return render(request, "dossiers/round.html", shown)


def announce(request: HttpRequest) -> HttpResponse:
    """Announce one: the seed is public from this moment, the draw comes later."""
    form = Form(LINES, values={"percent": "20"})
    if request.method == "POST":
        taken = form.take(request)
        at = _moment(taken["draw_at"])
        if at is None:
            form.faults["draw_at"] = Text("请填写日期和时间。", "Write a date and a time.")
            return render(request, "dossiers/announce.html", {"section": "factors", "form": form})
        try:
            number = operations.announce_round(
                viewer=viewer(request),
                draw_at=at,
                percent=whole_number(taken["percent"], least=0, most=100),
                seed=taken["seed"].strip(),
                origin=taken["origin"].strip(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            telling.done(request, Text("已公布。", "Announced."))
            return redirect("spot-check", number)
    return render(request, "dossiers/announce.html", {"section": "factors", "form": form})


def draw(request: HttpRequest, number: str) -> HttpResponse:
    """Make the draw, once its time has come."""
    try:
        drawn = operations.draw_round(viewer=viewer(request), number=number)
    except Refused as refused:
        telling.refused(request, refused.text)
    else:
        telling.done(request, Text(f"已抽取 {len(drawn)} 份。", f"Drawn: {len(drawn)}."))
    return redirect("spot-check", number)


def _moment(text: str) -> datetime.datetime | None:
    try:
        read = datetime.datetime.fromisoformat(text.strip()[:25])
    except ValueError:
        return None
    return read if read.tzinfo is not None else timezone.make_aware(read)
