"""Every change of a version: what stood where, who changed it and when; and bringing back what stood before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zuji.engine.text import Text
from zuji.registry.models import queries as catalogue
from zuji.registry.products import operations, queries
from zuji.registry.refusals import Refused
from zuji.web import telling
from zuji.web.asking import viewer, whole_number
from zuji.web.pages.products.naming import answer_name, answer_value
from zuji.workflow.permissions import Permission

MOST = 999_999_999


def history(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The changes, newest first, of all fields or of one."""
    who = viewer(request)
    draft = queries.version(code, number, viewer=who)
    model = catalogue.pinned(draft.model)
    key = request.GET.get("field", "")
    page = whole_number(request.GET.get("page", "1"), least=1, most=MOST)
    changes, pages = queries.history(code, number, viewer=who, key=key, page=page)
    rows = [
        (
            change,
            answer_name(change.key, model),
            answer_value(change.key, change.before, model),
            answer_value(change.key, change.after, model),
        )
        for change in changes
    ]
    shown = {
        "draft": draft,
        "rows": rows,
        "page": min(page, pages),
        "pages": pages,
        "field": key,
        "fields": sorted(
            ((each, answer_name(each, model)) for each in queries.changed_keys(code, number, viewer=who)), key=lambda pair: pair[0]
        ),
        "may_edit": Permission.EDIT in draft.may and draft.state == "draft",
    }
    return render(request, "products/history.html", shown)


def confirm_restore(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What bringing back a revision, or one field of it, would change."""
    who = viewer(request)
    draft = queries.version(code, number, viewer=who)
    who.demand(Permission.EDIT, enterprise=draft.enterprise, product=code)
    model = catalogue.pinned(draft.model)
    revision, key = whole_number(request.GET.get("revision", ""), least=0, most=draft.revision), request.GET.get("field", "")
    then = queries.answers_at(code, number, revision, viewer=who)
    wanted = {key} if key else {*then, *draft.answers}
    rows = [
        (answer_name(each, model), answer_value(each, draft.answers.get(each), model), answer_value(each, then.get(each), model))
        for each in sorted(wanted)
        if draft.answers.get(each) != then.get(each)
    ]
    named = answer_name(key, model) if key else None
    return render(request, "products/restore.html", {"draft": draft, "rows": rows, "revision": revision, "field": key, "named": named})


def restore(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Bring back what stood in a revision, in one field or in all."""
    who = viewer(request)
    draft = queries.version(code, number, viewer=who)
    who.demand(Permission.EDIT, enterprise=draft.enterprise, product=code)
    revision = whole_number(request.POST.get("revision", ""), least=-1, most=draft.revision)
    if revision < 0:
        telling.refused(request, Text("没有这样一次保存，什么都没有改。", "There is no such save; nothing was changed."))
        return redirect("version-history", code, number)
    try:
        saved = operations.restore(viewer=who, product=code, number=number, revision=revision, key=request.POST.get("field") or None)
    except Refused as refused:
        telling.refused(request, refused.text)
    else:
        count = len(saved.changed)
        telling.done(
            request,
            Text(
                f"已恢复第 {revision} 次保存时的内容，改动 {count} 项。",
                f"The answers of save {revision} are back; {count} fields changed.",
            ),
        )
    return redirect("version-history", code, number)
