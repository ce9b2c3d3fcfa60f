"""What the pages' own scripts ask: keep these answers, what is the total now, which factors fit. JSON in and out, words in the page's language."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone

from zuji.documents import numerals
from zuji.engine.text import Text
from zuji.registry.factors import queries as factors
from zuji.registry.factors.fitting import fitting
from zuji.registry.footprints.live import Live
from zuji.registry.footprints.live import live as live_total
from zuji.registry.models import queries as catalogue
from zuji.registry.products import operations, queries
from zuji.registry.products.conflict import BadAnswers, Conflict
from zuji.registry.refusals import NotFound, Refused
from zuji.rules.models import ProductModel
from zuji.web import labels
from zuji.web.asking import language, viewer
from zuji.web.pages.products.clashes import clashing
from zuji.web.pages.products.naming import answer_name, answer_value
from zuji.web.pages.products.questions import shown_default
from zuji.web.pages.products.taking import Malformed, Sent, sent
from zuji.web.sessions import prolong
from zuji.workflow.permissions import Permission

_MALFORMED = Text("请求的格式不对。请重新载入页面。", "The request is malformed. Load the page again.")
_SAYING = {"error", "warning"}


def _answering(view: Callable[..., JsonResponse]) -> Callable[..., HttpResponseBase]:
    """Refusals as JSON, so that a script can show their words."""

    @wraps(view)
    def answer(request: HttpRequest, **place: Any) -> HttpResponseBase:
        try:
            return view(request, **place)
        except Malformed:
            return _refusal("malformed", _MALFORMED, 400)
        except BadAnswers as bad:
            return _refusal("answers", bad.text, 422, fields={key: text.in_(language()) for key, text in bad.fields.items()})
        except Refused as refused:
            return _refusal("refused", refused.text, 409)

    return answer


def _sent(request: HttpRequest, code: str, number: int, permission: Permission) -> Sent:
    """What a script sent. Who may not do what it asks is told that first, whatever was sent."""
    try:
        return sent(request)
    except Malformed:
        found = queries.version(code, number, viewer=viewer(request))
        viewer(request).demand(permission, enterprise=found.enterprise, product=code)
        raise


@_answering
def save(request: HttpRequest, code: str, number: int) -> JsonResponse:
    """Keep changed answers. What others changed meanwhile in other fields comes back with the answer; a conflict says all about it."""
    who, wanted = viewer(request), _sent(request, code, number, Permission.EDIT)
    try:
        saved = operations.save_answers(viewer=who, product=code, number=number, base_revision=wanted.base, changes=wanted.changes)
    except Conflict as conflict:
        return _conflict(request, code, number, conflict, wanted.base)
    elsewhere = _elsewhere(request, code, number, wanted.base, wanted.changes) if saved.revision > wanted.base + 1 else {}
    return JsonResponse(
        {
            "revision": saved.revision,
            "changed": list(saved.changed),
            "read_as": dict(saved.read_as),
            "elsewhere": elsewhere,
            "at": timezone.localtime().strftime("%H:%M:%S"),
            "session": prolong(request),
        }
    )


@_answering
def live(request: HttpRequest, code: str, number: int) -> JsonResponse:
    """The total of the saved answers with the changes made to them. Nothing is kept."""
    wanted = _sent(request, code, number, Permission.VIEW)
    now = live_total(viewer=viewer(request), product=code, number=number, changes=wanted.changes, since=wanted.base)
    model = catalogue.in_use(queries.version(code, number, viewer=viewer(request)).model)
    return JsonResponse(
        {
            "total": numerals.shown(now.total, 4) if now.total is not None else None,
            "exact": format(now.total, "f") if now.total is not None else None,
            "unit": headline_unit(now),
            "change": change_in_words(now).in_(language()),
            "gaps": now.gaps,
            "findings": [
                {
                    "field": each.field,
                    "where": each.where,
                    "severity": each.severity,
                    "name": labels.name("severity", each.severity).in_(language()),
                    "code": each.code,
                    "message": each.message.in_(language()),
                }
                for each in now.findings
                if each.field is not None and each.severity in _SAYING and each.code != "model.required"
            ],
            "faults": {key: text.in_(language()) for key, text in now.faults.items()},
            "read_as": dict(now.read_as),
            "asked": sorted(now.asked),
            "defaults": _defaults(now, model),
        }
    )


@_answering
def choose_factor(request: HttpRequest, code: str, number: int, field: str) -> JsonResponse:
    """The factors that fit a line, by words in either language, best first."""
    draft = queries.version(code, number, viewer=viewer(request))
    question = catalogue.in_use(draft.model).model.fields.get(field)
    if question is None or question.factor is None:
        raise NotFound
    kind = request.GET.get("kind", "")
    found = fitting(question.factor.unit, query=request.GET.get("q", ""), kind=kind, china=request.GET.get("china") == "yes")
    return JsonResponse({"total": found.total, "loosened": found.loosened, "rows": [_factor(row) for row in found.rows]})


def session(request: HttpRequest, code: str, number: int) -> JsonResponse:
    """For a page that was left open: a token that belongs to the session of now, and how long that lasts."""
    draft = queries.version(code, number, viewer=viewer(request))
    left = prolong(request)
    return JsonResponse(
        {"token": get_token(request), "revision": draft.revision, "state": draft.state, "session": left, "person": request.user.pk}
    )


def headline_unit(now: Live) -> str:
    """The unit of a total, printed: kg CO₂e/t."""
    amount = "" if now.declared_amount == "1" else f"{now.declared_amount} "
    return f"{labels.printed_unit('kgCO2e')}/{amount}{labels.printed_unit(now.declared_unit)}"


def change_in_words(now: Live) -> Text:
    """How the total moved since the page was opened."""
    if now.change is None:
        return Text("", "")
    if not now.change:
        return Text("与打开本页时相同", "as when the page was opened")
    size = numerals.shown(abs(now.change), 3)
    if now.change > 0:
        return Text(f"▲ 比打开本页时增加 {size}", f"▲ {size} more than when the page was opened")
    return Text(f"▼ 比打开本页时减少 {size}", f"▼ {size} less than when the page was opened")


def _refusal(code: str, text: Text, status: int, **more: Any) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": text.in_(language())}, **more}, status=status)


def _conflict(request: HttpRequest, code: str, number: int, conflict: Conflict, base: int) -> JsonResponse:
    draft = queries.version(code, number, viewer=viewer(request))
    clashes = clashing(conflict, catalogue.in_use(draft.model))
    fields = {
        each.key: {
            "name": each.name.in_(language()),
            "mine": each.mine,
            "theirs": each.theirs,
            "mine_shown": each.mine_shown.in_(language()),
            "theirs_shown": each.theirs_shown.in_(language()),
            "by": each.by,
            "at": each.when,
        }
        for each in clashes
    }
    elsewhere = _elsewhere(request, code, number, base, conflict.fields)
    return _refusal("conflict", conflict.text, 409, revision=conflict.revision, fields=fields, elsewhere=elsewhere)


def _elsewhere(request: HttpRequest, code: str, number: int, base: int, mine: Mapping[str, object]) -> dict[str, Any]:
    """What others changed since ``base`` in fields that are not ``mine``."""
    draft = queries.version(code, number, viewer=viewer(request))
    model = catalogue.in_use(draft.model)
    since = queries.changed_since(code, number, base, viewer=viewer(request))
    return {
        key: {
            "value": change.after or "",
            "name": answer_name(key, model).in_(language()),
            "shown": answer_value(key, change.after, model).in_(language()),
            "by": change.by,
            "at": timezone.localtime(change.at).strftime("%H:%M:%S"),
        }
        for key, change in since.items()
        if key not in mine
    }


def _defaults(now: Live, model: ProductModel) -> dict[str, str]:
    shown = {key: shown_default(model.model.fields[key], value) for key, value in now.defaults.items()}
    return {key: text.in_(language()) for key, text in shown.items() if text is not None}


def _factor(row: factors.Row) -> dict[str, Any]:
    other = row.name.en if language() == "zh" else row.name.zh
    return {
        "reference": row.reference,
        "name": row.name.in_(language()),
        "other": other,
        "value": numerals.entered(row.value),
        "unit": labels.printed_unit(row.unit),
        "kind": labels.name("kind", row.kind).in_(language()),
        "geography": labels.name("geography", row.geography).in_(language()),
        "year": row.year,
        "source": row.source,
        "publisher": row.publisher,
        "state": row.state,
        "state_name": labels.name("state", row.state).in_(language()),
        "confidence": row.confidence,
        "confidence_name": labels.name("confidence", row.confidence).in_(language()),
        "reason": labels.name("found", row.found_by).in_(language()) if row.found_by else "",
        "address": reverse("factor", args=(row.id, row.version)),
    }
