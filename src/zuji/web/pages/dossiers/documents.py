"""The documents behind a draft: chosen from those of the enterprise or uploaded, and read by those who decide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from zuji.engine.text import Text
from zuji.registry.accounts import queries as accounts
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.evidence import operations as evidence
from zuji.registry.evidence import queries as kept
from zuji.registry.evidence.queries import Altered
from zuji.registry.governance import operations
from zuji.registry.governance import sheets as queries
from zuji.registry.refusals import Refused
from zuji.web import telling
from zuji.web.asking import viewer

LONGEST = 20_000
_LONGEST_PAGE = 60


def choices(found: queries.Sheet, who: Viewer) -> list[kept.Row]:
    """The files of the submitter that are not behind the draft yet."""
    enterprise = accounts.enterprise_by_uscc(found.row.uscc)
    behind = {each.sha256 for each in found.evidence}
    return [] if enterprise is None else [row for row in kept.of_enterprise(enterprise, viewer=who) if row.sha256 not in behind]


def add(request: HttpRequest, dossier: str) -> HttpResponse:
    """Put a file behind a draft (an uploaded one, or one that is here), or take one away."""
    who = viewer(request)
    found = queries.sheet(dossier, viewer=who)
    try:
        if request.POST.get("act") == "detach":
            operations.detach(viewer=who, dossier=dossier, file=request.POST.get("file", "")[:40])
            telling.done(request, Text("已取下。", "Taken away."))
        else:
            file = _file(request, found, who)
            operations.attach(viewer=who, dossier=dossier, file=file, page=request.POST.get("page", "")[:_LONGEST_PAGE])
            telling.done(request, Text("已附上。", "Attached."))
    except Refused as refused:
        telling.refused(request, refused.text)
    return redirect("dossier-edit", dossier)


def read(request: HttpRequest, dossier: str, file: str) -> HttpResponse:
    """A document as it was handed in: saved by the browser, never shown in the site's own place. That it was opened is recorded."""
    try:
        found = operations.open_document(viewer=viewer(request), dossier=dossier, file=file)
    except Altered as altered:
        return render(request, "evidence/altered.html", {"why": altered.text, "code": file}, status=500)
    response = HttpResponse(found.content, content_type=found.row.media)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.row.name) or "attachment"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _file(request: HttpRequest, found: queries.Sheet, who: Viewer) -> str:
    uploaded = request.FILES.get("upload")
    if uploaded is None:
        chosen = request.POST.get("file", "")[:40]
        if not chosen:
            raise Refused(Text("请选择文件。", "Choose a file."))
        return chosen
    if "edit" not in found.may:  # before the bytes are kept: nothing is half done
        raise Refused(Text("内容已封存，或您不能修改。", "The content is sealed, or not yours to change."))
    enterprise = accounts.enterprise_by_uscc(found.row.uscc)
    return evidence.keep(viewer=who, enterprise=enterprise or 0, name=uploaded.name or "", chunks=uploaded.chunks())
