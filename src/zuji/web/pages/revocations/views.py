from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.governance import operations, revocation_letters, revocations
from zuji.registry.governance.revocations import Sheet, Subject
from zuji.registry.refusals import NotFound, Refused
from zuji.registry.republication import previews
from zuji.registry.republication.operations import keep_preview
from zuji.registry.republication.previews import Proposed
from zuji.web import telling
from zuji.web.asking import viewer, whole_number
from zuji.web.pages.republication.officials import shown_preview
from zuji.workflow.factor import REVOCATION_REASONS

LONGEST = 4000
LONGEST_REFERENCE = 161
_CHOOSE = Text("没有收到要做什么，请重新点选。", "The form did not say what to do. Choose again.")


def listed(request: HttpRequest) -> HttpResponse:
    """Every revocation that was proposed, with what became of it."""
    who = viewer(request)
    page = whole_number(request.GET.get("page", "1"), least=1, most=100_000)
    found = revocations.listed(viewer=who, page=page)
    return render(request, "revocations/listed.html", {"section": "authority", "found": found, "publisher": "publisher" in who.duties})


def propose(request: HttpRequest) -> HttpResponse:
    """Name a version; see what its revocation would do; propose it."""
    who = viewer(request)
    reference = (request.POST if request.method == "POST" else request.GET).get("factor", "").strip()[:LONGEST_REFERENCE]
    refusal: Text | None = None
    found: Subject | None = None
    if reference:
        try:
            found = revocations.subject(reference, viewer=who)
        except NotFound:
            refusal = Text(f"没有已发布的因子版本“{reference}”。", f"No published factor version is called “{reference}”.")
    if found is not None and request.method == "POST":
        try:
            code = _proposed(request, found, who)
        except Refused as refused:
            refusal = refused.text
        else:
            telling.done(request, Text("已提议，等待另一位发布人确认。", "Proposed: another publisher is to confirm it."))
            return redirect("revocation", code)
    open_ = found is not None and not found.revoked and not found.waiting and found.obstacle is None
    made = previews.preview([Proposed(found.reference, found.new)], viewer=who) if found is not None and open_ else None
    shown = {
        "section": "authority",
        "reference": reference,
        "found": found,
        "digest": made.digest if made is not None else "",
        "impact": shown_preview(made.shown) if made is not None else None,
        "reasons": REVOCATION_REASONS,
        "typed": {name: request.POST.get(name, "")[:LONGEST] for name in ("reason", "reason_code")},
        "refusal": refusal,
    }
    return render(request, "revocations/new.html", shown, status=409 if refusal is not None and found is not None else 200)


def one(request: HttpRequest, revocation: str) -> HttpResponse:
    """One revocation on the preview on which it was proposed; another publisher confirms it, or drops it."""
    who = viewer(request)
    refusal: Text | None = None
    if request.method == "POST":
        try:
            _carry_out(request, who, revocation)
        except Refused as refused:
            refusal = refused.text
        else:
            telling.done(request, Text("已办理。", "Done."))
            return redirect("revocation", revocation)
    found = revocations.sheet(revocation, viewer=who)
    kept, moved = _kept(found, who)
    shown = {
        "section": "authority",
        "found": found,
        "impact": kept,
        "moved": moved,
        "may_confirm": "confirm" in found.may and kept is not None,
        "refusal": refusal,
        "typed": request.POST.get("reason", "")[:LONGEST],
    }
    return render(request, "revocations/one.html", shown, status=409 if refusal is not None else 200)


def letter(request: HttpRequest, revocation: str, letter_language: str) -> HttpResponse:
    """The letter about a revocation, as PDF: public, as the revocation is."""
    del request
    name, content = revocation_letters.revocation_letter(revocation, "en" if letter_language == "en" else "zh")
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response


def _proposed(request: HttpRequest, found: Subject, who: Viewer) -> str:
    """Propose what the form says, on the dry run that was shown. Raises Refused where footprints have moved since."""
    posted = request.POST
    if found.obstacle is not None:
        raise Refused(found.obstacle)
    made = keep_preview([Proposed(found.reference, found.new)], viewer=who)
    if made.digest != posted.get("preview", "")[:64]:
        raise Refused(
            Text(
                "打开本页之后有核算结果变动，影响预览已不同。请按新的预览再看一遍后提议。",
                "Footprints have changed since you opened this page, and so has the preview. Look at the new one, then propose.",
            )
        )
    return operations.propose_revocation(
        viewer=who,
        reference=found.reference,
        reason_code=posted.get("reason_code", "")[:24],
        reason=posted.get("reason", "")[:LONGEST],
        preview=made.digest,
        seen=posted.get("seen", "")[:64],
    )


def _carry_out(request: HttpRequest, who: Viewer, code: str) -> None:
    """Do the act that the form names. Raises Refused where it is not done, or the form names none."""
    posted = request.POST
    match posted.get("act", ""):
        case "confirm":
            preview, seen = posted.get("preview", "")[:64], posted.get("seen", "")[:64]
            operations.confirm_revocation(viewer=who, code=code, preview=preview, seen=seen)
        case "drop":
            operations.drop_revocation(viewer=who, code=code, reason=posted.get("reason", "")[:LONGEST])
        case _:
            raise Refused(_CHOOSE)


def _kept(found: Sheet, who: Viewer) -> tuple[dict[str, object] | None, bool]:
    """The dry run on which it was proposed (None: it was not kept), and whether one made now differs; nothing of that once it is decided."""
    try:
        kept = previews.kept_preview(found.preview, viewer=who)
    except NotFound:
        return None, False
    moved = False
    if found.row.state == "open" and not found.changed:
        moved = previews.preview([Proposed(found.row.reference, found.new)], viewer=who).digest != found.preview
    return shown_preview(kept.shown), moved
