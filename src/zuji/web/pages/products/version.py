from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zuji.engine.text import Text
from zuji.registry.footprints import operations as footprints
from zuji.registry.footprints import queries as results
from zuji.registry.footprints.answering import GroupStatus, Pointed, task_list
from zuji.registry.footprints.cases import case_of
from zuji.registry.footprints.live import live
from zuji.registry.footprints.refusals import NotCalculable
from zuji.registry.models import queries as catalogue
from zuji.registry.products import queries
from zuji.registry.products.queries import Draft
from zuji.registry.refusals import Refused
from zuji.rules.model_schema import Group
from zuji.rules.models import ProductModel
from zuji.web import telling
from zuji.web.asking import viewer
from zuji.web.pages.products.questions import Question, questions
from zuji.workflow.permissions import Permission


@dataclass(frozen=True, slots=True)
class Asked:
    """A version whose model is on offer, as every page of it begins."""

    draft: Draft
    model: ProductModel

    @property
    def may_edit(self) -> bool:
        return Permission.EDIT in self.draft.may and self.draft.state == "draft"


def asked(request: HttpRequest, code: str, number: int) -> Asked | HttpResponse:
    """The version, or the way to the page that explains why its model cannot be shown."""
    draft = queries.version(code, number, viewer=viewer(request))
    model = catalogue.pinned(draft.model)
    return redirect("move-model", code, number) if model is None else Asked(draft, model)


def overview(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The task list: what is asked, how far it is, what is wrong, what comes next."""
    found = asked(request, code, number)
    if isinstance(found, HttpResponse):
        return found
    who = viewer(request)
    groups = task_list(found.draft)
    rows = results.of_product(code, viewer=who, number=number)
    shown = {
        "draft": found.draft,
        "model": found.model,
        "may_edit": found.may_edit,
        "groups": groups,
        "complete": sum(1 for group in groups if group.status == "complete"),
        "next": _next(groups),
        "live": live(viewer=who, product=code, number=number, changes={}),
        "results": rows,
        "case": case_of(code, number, viewer=who),
        "current": next((row for row in rows if row.revision == found.draft.revision), None),
    }
    return render(request, "products/version.html", shown)


def check(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """All answers on one page, with what there is to say about each."""
    found = asked(request, code, number)
    if isinstance(found, HttpResponse):
        return found
    return _checked(request, found)


def calculate(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Calculate the saved answers and show the result; where they have none, the answers with what stands in the way."""
    try:
        footprint = footprints.calculate(viewer=viewer(request), product=code, number=number)
    except NotCalculable as refused:
        found = asked(request, code, number)
        return found if isinstance(found, HttpResponse) else _checked(request, found, refused=refused)
    except Refused as refused:
        telling.refused(request, refused.text)
        return redirect("version", code, number)
    return redirect("footprint", footprint)


def _checked(request: HttpRequest, found: Asked, refused: NotCalculable | None = None) -> HttpResponse:
    draft, model = found.draft, found.model
    live_now = live(viewer=viewer(request), product=draft.product, number=draft.number, changes={})
    findings = refused.findings if refused else live_now.findings
    statuses = {status.id: status for status in task_list(draft)}
    here = reverse("version-check", args=(draft.product, draft.number))
    shown = {
        "draft": draft,
        "model": model,
        "may_edit": found.may_edit,
        "groups": [(group, statuses[group.id], _answered(draft, model, group, findings)) for group in model.groups],
        "live": live_now,
        "errors": _labelled(findings, model, "error"),
        "warnings": _labelled(findings, model, "warning"),
        "elsewhere": [each for each in findings if each.group is None and each.severity not in {"error", "warning"}],
        "refused": refused.text if refused else None,
        **twins(here),
    }
    return render(request, "products/check.html", shown, status=422 if refused else 200)


def _answered(draft: Draft, model: ProductModel, group: Group, findings: Sequence[Pointed]) -> list[Question]:
    return [question for question in questions(draft, model, group, draft.answers, findings=findings) if question.shown]


def _labelled(findings: Sequence[Pointed], model: ProductModel, severity: str) -> list[tuple[Pointed, Text | None]]:
    """Findings of a severity, each with the question that it is about, where it is about one."""
    fields = model.model.fields
    return [(each, fields[each.field].label.text if each.field in fields else None) for each in findings if each.severity == severity]


def _next(groups: Sequence[GroupStatus]) -> GroupStatus | None:
    """The page to go on with: one with errors first, then the first that is not filled in."""
    wrong = next((group for group in groups if group.status == "has_errors"), None)
    return wrong or next((group for group in groups if group.status != "complete"), None)


def twins(path: str) -> dict[str, str]:
    """The addresses of a page in both languages, where it is shown in answer to a form sent elsewhere."""
    plain = path.removeprefix("/en")
    return {"address_zh": plain, "address_en": f"/en{plain}"}


def not_saved(refused: Refused) -> Text:
    """Above a page whose form was refused as a whole."""
    return Text(f"没有保存：{refused.text.zh}", f"Not saved: {refused.text.en}")
