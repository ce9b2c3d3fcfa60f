"""One dossier as everybody who may see it does, with the forms of what they may do with it now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.governance import letters, operations
from zuji.registry.governance import sheets as queries
from zuji.registry.governance.sheets import Sheet
from zuji.registry.refusals import Refused
from zuji.web import telling
from zuji.web.asking import viewer, whole_number
from zuji.web.pages.dossiers import fields, impacts
from zuji.workflow.duties import Duty
from zuji.workflow.factor import FEWEST_TICKS, NAMES, VERDICTS, Act
from zuji.workflow.opinion import QUESTIONS, SCORES

LONGEST = 4000
_MOST_DAYS = 90
_DEALT = Text("已办理。", "Done.")
_CHOOSE = Text("没有收到要做什么，请重新点选。", "The form did not say what to do. Choose again.")


@dataclass(frozen=True, slots=True)
class Value:
    """A value to be held against its document: the text, and how many have ticked it, of how many who have to."""

    key: str
    name: Text
    value: Text
    ticks: int
    needed: int
    mine: bool
    refuted: bool


def sheet(request: HttpRequest, dossier: str) -> HttpResponse:
    """The dossier; and what was refused of what was asked, with what was typed."""
    who = viewer(request)
    refusal: Text | None = None
    if request.method == "POST":
        try:
            _carry_out(request, who, dossier)
        except Refused as refused:
            refusal = refused.text
        else:
            telling.done(request, _DEALT)
            return redirect("dossier", dossier)
    # Looking at it is written down; what was refused shows it once more to whoever has just looked.
    found = queries.sheet(dossier, viewer=who) if refusal is not None else operations.read_dossier(viewer=who, dossier=dossier)
    shown = {
        "section": "dossiers",
        "found": found,
        "groups": fields.said(found.fields),
        "state": NAMES[found.row.state],
        "faults": [(fields.name_of(each.where), each) for each in found.faults],
        "gate": [(fields.name_of(str(each.get("where", ""))), each) for each in found.gate],
        "values": _values(found),
        "ticks": [(fields.name_of(each.key), each) for each in found.ticks],
        "differences": [(fields.name_of(each.key), each) for each in found.differences],
        "questions": QUESTIONS.items(),
        "scores": SCORES,
        "verdicts": VERDICTS,
        "acts": NAMES,
        "experts": queries.experts_for(dossier, viewer=who) if "assign" in found.may else (),
        "impact": impacts.of(found, who) if found.may & {Act.SIGN.value, Act.PUBLISH.value} else None,
        "sees_impact": bool(who.duties - {Duty.AUDITOR.value}),
        "refusal": refusal,
        "typed": {name: request.POST.get(name, "")[:LONGEST] for name in ("reason", "comment", "remark", "page")},
    }
    return render(request, "dossiers/sheet.html", shown, status=409 if refusal is not None else 200)


def history(request: HttpRequest, dossier: str) -> HttpResponse:
    """Every save of it, field by field."""
    who = viewer(request)
    found = queries.sheet(dossier, viewer=who)
    saves = [
        (saved, [(fields.name_of(key), before or "—", after or "—") for key, before, after in saved.changes])
        for saved in queries.history(dossier, viewer=who)
    ]
    return render(request, "dossiers/history.html", {"section": "dossiers", "found": found, "saves": saves})


def letter(request: HttpRequest, dossier: str, step: int, letter_language: str) -> HttpResponse:
    """The letter about a step, as PDF."""
    name, content = letters.decision_letter(dossier, step, "en" if letter_language == "en" else "zh", viewer=viewer(request))
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def impact(request: HttpRequest, dossier: str) -> HttpResponse:
    """What its publication would do to the footprints of the province, as of now."""
    who = viewer(request)
    found = queries.sheet(dossier, viewer=who)
    return render(request, "dossiers/impact.html", {"section": "dossiers", "found": found, "impact": impacts.of(found, who)})


def _values(found: Sheet) -> list[Value]:
    mine = {each.key for each in found.ticks if each.mine}
    refuted = {each.key for each in found.ticks if not each.agrees}
    return [
        Value(key, fields.name_of(key), fields.value_of(key, found.fields.get(key, "")), ticks, FEWEST_TICKS, key in mine, key in refuted)
        for key, ticks in found.to_check.items()
    ]


def _carry_out(request: HttpRequest, who: Viewer, dossier: str) -> None:
    """Do the act that the form names. Raises Refused where it is not done, or the form names none."""
    act = request.POST.get("act", "")
    acts = _acts(request, who, dossier)
    if act not in acts:
        raise Refused(_CHOOSE)
    acts[act]()


def _acts(request: HttpRequest, who: Viewer, dossier: str) -> Mapping[str, Callable[[], object]]:
    """What the forms of this page do, each one operation. ``seen`` is the digest of the content that the person looked at."""
    posted = request.POST
    reason, seen, preview = posted.get("reason", "")[:LONGEST], posted.get("seen", "")[:64], posted.get("preview", "")[:64]

    def number(name: str, most: int) -> int:
        return whole_number(posted.get(name, ""), least=0, most=most)

    def tick() -> object:
        mark = operations.Mark(
            key=posted.get("key", "")[:60],
            file=posted.get("file", "")[:40],
            page=posted.get("page", "")[:60],
            agrees=posted.get("agrees") == "yes",
            remark=posted.get("remark", "")[:LONGEST],
        )
        return operations.tick(viewer=who, dossier=dossier, mark=mark, seen=seen)

    def opine() -> object:
        return operations.opine(
            viewer=who,
            dossier=dossier,
            answers={question: number(question, max(SCORES)) for question in QUESTIONS},
            verdict=posted.get("verdict", "")[:8],
            comment=posted.get("comment", "")[:LONGEST],
            no_conflict=posted.get("no_conflict") == "yes",
            seen=seen,
        )

    def do(operation: Callable[..., object], **more: object) -> Callable[[], object]:
        return partial(operation, viewer=who, dossier=dossier, **more)

    return {
        "submit": do(operations.submit, revision=number("revision", 999_999_999)),
        "withdraw": do(operations.withdraw, reason=reason),
        "appeal": do(operations.appeal, reason=reason),
        "overrule": do(operations.overrule, code=posted.get("code", "")[:60], reason=reason),
        "tick": tick,
        "return_untraced": do(operations.return_untraced, reason=reason, seen=seen),
        "assign": do(operations.assign, expert=number("expert", 999_999_999), days=number("days", _MOST_DAYS) or None),
        "release": do(operations.release, expert=number("expert", 999_999_999), reason=reason),
        "recuse": do(operations.recuse, reason=reason, conflict=posted.get("conflict") == "yes"),
        "opine": opine,
        "return_from_review": do(operations.return_from_review, reason=reason, seen=seen),
        "admit": do(operations.decide_appeal, admit=True, reason=reason),
        "dismiss": do(operations.decide_appeal, admit=False, reason=reason),
        "found_sound": do(operations.find_sound, remark=reason, seen=seen),
        "return_drawn": do(operations.return_drawn, reason=reason, seen=seen),
        "reject_drawn": do(operations.reject_drawn, reason=reason, seen=seen),
        "sign": lambda: operations.sign(viewer=who, dossier=dossier, seen=seen, preview=impacts.keep(dossier, who, shown=preview)),
        "publish": do(operations.publish, seen=seen, preview=preview),
        "unsign": do(operations.unsign, reason=reason),
        "return_unpublished": do(operations.return_unpublished, reason=reason, seen=seen),
    }
