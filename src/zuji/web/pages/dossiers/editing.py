"""A draft: opened, filled in, and laid before the gate."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zuji.engine.text import Text
from zuji.registry.accounts import queries as accounts
from zuji.registry.codes import new_code
from zuji.registry.governance import operations
from zuji.registry.governance import sheets as queries
from zuji.registry.refusals import NotFound, Refused
from zuji.web import telling
from zuji.web.asking import viewer, whole_number
from zuji.web.pages.dossiers import documents, fields

LONGEST_REFERENCE = 161


def begin(request: HttpRequest, uscc: str) -> HttpResponse:
    """A new draft: of a new factor, or with the content of a published version to correct or restore it."""
    enterprise = accounts.enterprise_by_uscc(uscc)
    if enterprise is None:
        raise NotFound
    found = accounts.enterprise(viewer=viewer(request), uscc=uscc)
    reference = (request.POST if request.method == "POST" else request.GET).get("reference", "").strip()[:LONGEST_REFERENCE]
    refusal = None
    if request.method == "POST":
        try:
            if reference:
                code = operations.restore(viewer=viewer(request), enterprise=enterprise, reference=reference)
            else:
                code = operations.open_dossier(viewer=viewer(request), enterprise=enterprise, code=_given(request))
        except NotFound:
            refusal = Text(f"没有已发布的因子版本“{reference}”。", f"No published factor version is called “{reference}”.")
        except Refused as refused:
            refusal = refused.text
        else:
            return redirect("dossier-edit", code)
    shown = {"found": found, "reference": reference, "refusal": refusal, "code": new_code(), "section": "dossiers"}
    return render(request, "dossiers/begin.html", shown)


def edit(request: HttpRequest, dossier: str) -> HttpResponse:
    """The fields of a draft with what is wrong with them; saving keeps them as they are typed, submitting seals them."""
    who = viewer(request)
    found = queries.sheet(dossier, viewer=who)
    if "edit" not in found.may and request.method != "POST":
        return redirect("dossier", dossier)
    typed = dict(found.fields)
    refusal: Text | None = None
    if request.method == "POST":
        typed = {line.name: request.POST.get(line.name, "")[: documents.LONGEST] for group in fields.GROUPS for line in group.lines}
        revision = whole_number(request.POST.get("revision", ""), least=0, most=999_999_999)
        try:
            operations.save_fields(viewer=who, dossier=dossier, changes=typed, revision=revision)
        except Refused as refused:
            refusal = refused.text  # nothing was kept; what was typed is shown again
        else:
            telling.done(request, Text("已保存。", "Saved."))
            return redirect("dossier" if request.POST.get("act") == "look" else "dossier-edit", dossier)
    faults = found.faults if typed == dict(found.fields) else ()
    shown = {
        "section": "dossiers",
        "found": found,
        "groups": fields.forms(typed, faults),
        "faults": [(fields.name_of(each.where), each) for each in faults],
        "refusal": refusal,
        "files": documents.choices(found, who),
    }
    return render(request, "dossiers/edit.html", shown)


def _given(request: HttpRequest) -> str:
    """The code that the form was given, so that it makes one draft however often it is sent."""
    code = request.POST.get("code", "")
    return code if code.isascii() and code.isalnum() and len(code) == len(new_code()) else ""
