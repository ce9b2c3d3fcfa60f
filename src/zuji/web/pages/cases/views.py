from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from zuji.engine.text import Text
from zuji.registry.accounts import queries as accounts
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.footprints import cases, submitting
from zuji.registry.footprints import queries as footprints
from zuji.registry.footprints.cases import Case
from zuji.registry.footprints.comparing import compared
from zuji.registry.footprints.reporting import reports
from zuji.registry.products import operations as products
from zuji.registry.products import queries as product_queries
from zuji.web.asking import viewer
from zuji.web.pages.cases.asked import Answer, carried_out, done_before, prose
from zuji.web.pages.cases.presenting import Movement, answers, evidence, movement, questionnaire, signed_checklist
from zuji.workflow.footprint import Act
from zuji.workflow.permissions import Permission

_REASON = Text("请写明撤回的原因，它会一直显示在案件页上。", "State the reason: it stays on the page of the case for good.")
_NEW = "new_version"


def case(request: HttpRequest, number: str) -> HttpResponse:
    """A submitted version: what was signed, by whom, and what became of it. Those who may withdraw it or begin the next version here."""
    who = viewer(request)
    found = cases.case(number, viewer=who)
    answer = Answer()
    if request.method == "POST":
        refused = carried_out(request, _acts(request, who, found))
        if refused is None:
            return _on(request, found)
        found, answer = cases.case(number, viewer=who), refused
        if not answer.faults and done_before(found.steps, answer.act, who.name):
            return redirect("case", number)
        if answer.act == _NEW and found.open_version and found.open_version > found.version:
            return redirect(questionnaire(found.product, found.open_version).version)
    shown = {
        "section": "account",
        "case": found,
        "answer": answer,
        "answers": answers(found.snapshot),
        "checklist": signed_checklist(found.snapshot),
        "evidence": evidence(found),
        "written": reports(found.footprint, viewer=who),
        "same_person": found.snapshot["prepared_by"] == found.snapshot["signed_by"],
        "may_edit": Permission.EDIT in found.may,
        "may_sign": Permission.SIGN_OFF in found.may,
        "pages": questionnaire(found.product, found.version),
        "open_pages": questionnaire(found.product, found.open_version) if found.open_version else None,
        "moved": _moved(found, who),
        "withdrawal": next((step for step in reversed(found.steps) if step.act == Act.WITHDRAW.value), None),
        "address": request.build_absolute_uri(request.path),
    }
    return render(request, "cases/case.html", shown)


def snapshot(request: HttpRequest, number: str) -> HttpResponse:
    """What was signed, byte by byte as its hash was made of it."""
    response = HttpResponse(cases.snapshot(number, viewer=viewer(request)), content_type="application/json")
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{number}.json") or "attachment"
    return response


def listed(request: HttpRequest, uscc: str) -> HttpResponse:
    """The cases of an enterprise."""
    who = viewer(request)
    found = accounts.enterprise(viewer=who, uscc=uscc)
    return render(request, "cases/listed.html", {"section": "account", "found": found, "cases": cases.of_enterprise(uscc, viewer=who)})


def choose(request: HttpRequest, code: str) -> HttpResponse:
    """Two results of a product to be compared; with both chosen, on to their comparison, the earlier one first."""
    who = viewer(request)
    found = product_queries.product(code, viewer=who)
    rows = footprints.of_product(code, viewer=who)
    order = {row.row.code: place for place, row in enumerate(reversed(rows))}
    chosen = [request.GET.get(name, "") for name in ("before", "after")]
    if all(each in order for each in chosen) and chosen[0] != chosen[1]:
        return redirect("compare", *sorted(chosen, key=lambda each: order[each]))
    signed = {row.footprint: row.number for row in cases.of_product(code, viewer=who)}
    shown = {
        "section": "account",
        "product": found,
        "pages": questionnaire(code, found.row.newest),
        "rows": [(row, signed.get(row.row.code, "")) for row in rows],
        "same": chosen[0] == chosen[1] != "",
    }
    return render(request, "cases/choose.html", shown)


def _acts(request: HttpRequest, who: Viewer, found: Case) -> dict[str, Callable[[], object]]:
    return {
        Act.WITHDRAW.value: lambda: submitting.withdraw(
            viewer=who, product=found.product, number=found.version, reason=prose(request, "reason", missing=_REASON)
        ),
        _NEW: lambda: products.new_version(viewer=who, product=found.product, base=found.version),
    }


def _on(request: HttpRequest, found: Case) -> HttpResponse:
    if request.POST.get("act") != _NEW:
        return redirect("case", found.number)
    newest = product_queries.product(found.product, viewer=viewer(request)).row.newest
    return redirect(questionnaire(found.product, newest).version)


def _moved(found: Case, who: Viewer) -> Movement | tuple[Text, ...] | None:
    """The difference to the case before; the reasons why there is none; None where there is no case before."""
    if found.earlier is None:
        return None
    both = compared(found.earlier.footprint, found.footprint, viewer=who)
    if both.comparison is None:
        return both.reasons
    names = [Text(f"第 {n} 版总量", f"Total of version {n}") for n in (found.earlier.version, found.version)]
    return movement(both.comparison, names[0], names[1])
