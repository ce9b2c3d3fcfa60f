from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zuji.engine.text import Text
from zuji.registry.accounts import queries as accounts
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.republication import deciding, queries
from zuji.registry.republication.models import ACCEPTED, DISMISSED
from zuji.registry.republication.queries import Sheet
from zuji.web import telling
from zuji.web.asking import language, viewer, whole_number
from zuji.web.pages.cases.asked import Answer, carried_out, prose
from zuji.web.pages.compare.presenting import changes
from zuji.web.pages.footprints.charts import WIDTH
from zuji.web.pages.republication import charts, presenting

MOST_PAGES = 100_000
_REASON = Text("请写明不采纳的理由。", "State why it is not taken.")
_TAKEN = Text(
    "已采纳：新因子版本已写入产品草稿。请核对后提请签核。",
    "Taken: the new versions of the factors are in the draft of the product. Check it, then ask for sign-off.",
)


def listed(request: HttpRequest, uscc: str) -> HttpResponse:
    """The drafts that published factors made at an enterprise: those to be decided, then what became of the others."""
    who = viewer(request)
    found = accounts.enterprise(viewer=who, uscc=uscc)
    waiting, others = (
        queries.of_enterprise(uscc, viewer=who, undecided=undecided, page=whole_number(request.GET.get(name, ""), least=1, most=MOST_PAGES))
        for name, undecided in (("page", True), ("others", False))
    )
    shown = {
        "section": "account",
        "found": found,
        "waiting": waiting,
        "waiting_rows": [_line(row) for row in waiting.rows],
        "others": others,
        "other_rows": [_line(row) for row in others.rows],
    }
    return render(request, "republication/listed.html", shown)


def successor(request: HttpRequest, code: str, publication: str) -> HttpResponse:
    """One draft: the old total, the new one, what makes it change; who may edit takes it or leaves it aside."""
    who = viewer(request)
    found = queries.successor(code, publication, viewer=who)
    answer = Answer()
    if request.method == "POST":
        refused = carried_out(request, _acts(request, who, code, publication))
        found = queries.successor(code, publication, viewer=who)
        if refused is None or (found.decision is not None and found.decision.act == refused.act and found.decision.by == who.name):
            return _on(request, found)
        answer = refused
    return render(request, "republication/successor.html", _shown(found, answer))


def _acts(request: HttpRequest, who: Viewer, code: str, publication: str) -> dict[str, Callable[[], object]]:
    return {
        ACCEPTED: lambda: deciding.accept(viewer=who, footprint=code, publication=publication),
        DISMISSED: lambda: deciding.dismiss(
            viewer=who, footprint=code, publication=publication, reason=prose(request, "reason", missing=_REASON)
        ),
    }


def _on(request: HttpRequest, found: Sheet) -> HttpResponse:
    """After taking it, on to the draft of the product; after leaving it aside, this page anew."""
    if found.decision is not None and found.decision.version is not None and found.row.product is not None:
        telling.done(request, _TAKEN)
        return redirect("version", found.row.product, found.decision.version)
    return redirect("successor", found.row.footprint, found.row.publication)


def _shown(found: Sheet, answer: Answer) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "section": "account",
        "found": found,
        "row": found.row,
        "answer": answer,
        "decided_by": accounts.names([found.decision.by]).get(found.decision.by, "") if found.decision else "",
        "may_decide": found.may_edit and found.decision is None,
    }
    if found.comparison is not None and found.row.after is not None:
        steps = presenting.steps(found.comparison, found.names)
        change, share = presenting.change_text(found.row.before, found.row.after)
        shown |= {
            "change": change,
            "share": share,
            "full": found.row.change,
            "chart": {"title": presenting.TITLE, "width": WIDTH, "height": presenting.height(steps)},
            "steps": presenting.table(found, steps, language()),
            "changes": changes(found.compared),
            "about": charts.about(found),
        }
    return shown


def _line(row: queries.Row) -> tuple[queries.Row, str, str]:
    return (row, "", "") if row.after is None else (row, *presenting.change_text(row.before, row.after))
