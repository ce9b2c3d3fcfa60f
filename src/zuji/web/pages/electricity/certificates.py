from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zuji.engine.text import Text
from zuji.registry.accounts import queries as accounts
from zuji.registry.accounts.queries import EnterpriseHome
from zuji.registry.electricity import operations, queries
from zuji.registry.electricity.queries import Sheet
from zuji.registry.refusals import NotFound, Refused
from zuji.web import telling
from zuji.web.asking import viewer, whole_number
from zuji.web.forms import Form
from zuji.web.pages.electricity import lines
from zuji.web.uploads import keep_upload
from zuji.workflow.permissions import Permission

MOST_PAGES = 10_000


def _of(request: HttpRequest, uscc: str, certificate: str) -> tuple[EnterpriseHome, Sheet]:
    who = viewer(request)
    return accounts.enterprise(viewer=who, uscc=uscc), queries.certificate(certificate, viewer=who, uscc=uscc)


def _may_edit(request: HttpRequest, found: EnterpriseHome) -> bool:
    return viewer(request).may(Permission.EDIT, enterprise=found.enterprise)


def listed(request: HttpRequest, uscc: str) -> HttpResponse:
    """The certificates of an enterprise."""
    who = viewer(request)
    found = accounts.enterprise(viewer=who, uscc=uscc)
    page = whole_number(request.GET.get("page", "1"), least=1, most=MOST_PAGES)
    rows, count = queries.of_enterprise(uscc, viewer=who, page=page)
    shown = {
        "found": found,
        "rows": rows,
        "count": count,
        "page": page,
        "pages": max(1, -(-count // queries.PAGE)),
        "edits": _may_edit(request, found),
    }
    return render(request, "electricity/certificates.html", shown)


def new(request: HttpRequest, uscc: str) -> HttpResponse:
    """Register a certificate."""
    who = viewer(request)
    found = accounts.enterprise(viewer=who, uscc=uscc)
    sites = [(str(row.site), row.name) for row in accounts.sites(viewer=who, uscc=uscc) if not row.closed]
    form = Form(lines.certificate(sites))
    if request.method == "POST":
        taken = form.take(request)
        taken.pop("file")
        try:
            file = keep_upload(request, enterprise=found.enterprise)
            code = operations.register(viewer=who, enterprise=found.enterprise, written=operations.Written(**taken), evidence=file)
        except Refused as refused:
            form.refuse(refused)
        else:
            telling.done(request, Text("证书已登记。", "The certificate is registered."))
            return redirect("certificate", uscc, code)
    return render(request, "electricity/register.html", {"found": found, "form": form, "sites": sites})


def one(request: HttpRequest, uscc: str, certificate: str) -> HttpResponse:
    """A certificate, and what is claimed of it."""
    found, sheet = _of(request, uscc, certificate)
    return render(request, "electricity/certificate.html", {"found": found, "sheet": sheet, "edits": _may_edit(request, found)})


def claim(request: HttpRequest, uscc: str, certificate: str) -> HttpResponse:
    """Claim a part of it for the draft of a product version."""
    found, sheet = _of(request, uscc, certificate)
    form = Form(
        lines.claim(sheet), values={"start": sheet.row.start.isoformat(), "end": sheet.row.end.isoformat(), "volume": sheet.row.left}
    )
    if request.method == "POST":
        taken = form.take(request)
        chosen = taken.pop("version")
        product, _, number = chosen.partition(".")
        try:
            operations.claim(
                viewer=viewer(request),
                certificate=certificate,
                enterprise=found.enterprise,
                product=product if product in {code for code, _, _ in sheet.drafts} else "",  # what is not offered is not looked up
                number=whole_number(number, least=0, most=MOST_PAGES),
                **taken,
            )
        except Refused as refused:
            form.refuse(refused)
        except NotFound:
            form.refusal = Text("请选择一个填报中的产品版本。", "Choose the draft of a product version.")
        else:
            telling.done(request, Text("已认领。", "The claim is made."))
            return redirect("certificate", uscc, certificate)
    return render(request, "electricity/claim.html", {"found": found, "sheet": sheet, "form": form})


def release(request: HttpRequest, uscc: str, certificate: str, claim: str) -> HttpResponse:
    """Give a claim up."""
    found, sheet = _of(request, uscc, certificate)
    row = next((row for row in sheet.claims if row.code == claim), None)
    if row is None:
        raise NotFound

    def do(reason: str) -> None:
        operations.release(viewer=viewer(request), claim=claim, certificate=certificate, reason=reason)

    return _reasoned(request, found, sheet, do, Text("认领已释放。", "The claim was given up."), "release")


def void(request: HttpRequest, uscc: str, certificate: str) -> HttpResponse:
    """Make a wrong registration void."""
    found, sheet = _of(request, uscc, certificate)

    def do(reason: str) -> None:
        operations.void(viewer=viewer(request), certificate=certificate, enterprise=found.enterprise, reason=reason)

    return _reasoned(request, found, sheet, do, Text("登记已作废。", "The registration is void."), "void")


def _reasoned(request: HttpRequest, found: EnterpriseHome, sheet: Sheet, do: Callable[[str], None], said: Text, act: str) -> HttpResponse:
    form = Form(lines.REASON)
    if request.method == "POST":
        try:
            do(form.take(request)["reason"])
        except Refused as refused:
            form.refuse(refused)
        else:
            telling.done(request, said)
            return redirect("certificate", found.uscc, sheet.row.code)
    return render(request, "electricity/reasoned.html", {"found": found, "sheet": sheet, "form": form, "act": act})
