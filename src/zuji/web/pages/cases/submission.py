from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.footprints import submitting
from zuji.registry.footprints.cases import case_of
from zuji.registry.footprints.standing import Standing, standing
from zuji.web.asking import viewer, whole_number
from zuji.web.pages.cases.asked import Answer, Unfilled, carried_out, done_before, prose
from zuji.web.pages.cases.presenting import examination, questionnaire
from zuji.workflow.footprint import Act, State
from zuji.workflow.permissions import Permission

_REASON = Text("请写明退回的原因，编制人据此修改。", "State the reason: the preparers mend the version by it.")
_RESPONSIBLE = Text("请先确认您对数据负责，再提请签核。", "Confirm first that you answer for the data; then ask for sign-off.")


def submit(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Where a version stands on its way to submission; who prepares it asks for sign-off here, who signs it signs or returns it."""
    who = viewer(request)
    answer = Answer()
    if request.method == "POST":
        refused = carried_out(request, _acts(request, who, code, number))
        if refused is None:
            return _on(code, number, who)
        answer = refused
    found = standing(code, number, viewer=who)
    if answer.act and not answer.faults and done_before(found.steps, answer.act, who.name):
        return _on(code, number, who)
    return render(request, "cases/submit.html", _shown(found, answer))


def _acts(request: HttpRequest, who: Viewer, code: str, number: int) -> dict[str, Callable[[], object]]:
    seen = request.POST.get("seen", "")
    return {
        Act.ASK.value: lambda: submitting.ask_sign_off(
            viewer=who,
            product=code,
            number=number,
            note=_answered_for(request),
            revision=whole_number(request.POST.get("revision", ""), least=0, most=999_999_999),
        ),
        Act.TAKE_BACK.value: lambda: submitting.take_back(viewer=who, product=code, number=number),
        Act.SIGN.value: lambda: submitting.sign(viewer=who, product=code, number=number, result_hash=seen),
        Act.RETURN.value: lambda: submitting.return_to_draft(
            viewer=who, product=code, number=number, reason=prose(request, "reason", missing=_REASON), result_hash=seen
        ),
    }


def _answered_for(request: HttpRequest) -> str:
    """The note of those who also ticked that they answer for the data."""
    if request.POST.get("responsible") != "yes":
        raise Unfilled({"responsible": _RESPONSIBLE})
    return prose(request, "note")


def _on(code: str, number: int, who: Viewer) -> HttpResponseRedirect:
    """On to the case where there is one now, else to this page anew: reloading it sends nothing twice."""
    case = case_of(code, number, viewer=who)
    return redirect("case", case) if case else redirect("version-submit", code, number)


def _shown(found: Standing, answer: Answer) -> dict[str, object]:
    return {
        "section": "account",
        "found": found,
        "draft": found.draft,
        "answer": answer,
        "pages": questionnaire(found.draft.product, found.draft.number),
        "shown": examination(found.examined) if found.examined else None,
        "errors": tuple(fault for fault in found.faults if fault.severity == "error"),
        "last": found.steps[-1] if found.steps else None,
        "way": _way(found.draft.state),
        "may_edit": Permission.EDIT in found.draft.may,
        "may_sign": Permission.SIGN_OFF in found.draft.may,
    }


def _way(state: str) -> list[tuple[str, str]]:
    """The states on the way to submission, each past, here or to come."""
    states = [State.DRAFT.value, State.AWAITING_SIGN_OFF.value, State.SUBMITTED.value]
    if state == State.WITHDRAWN.value:
        states.append(state)
    here = states.index(state)
    return [(each, "past" if place < here else "here" if place == here else "ahead") for place, each in enumerate(states)]
