"""Opening a dossier from a candidate that the platform found: who may propose it for whom, and where it leads."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from zuji.engine.text import Text
from zuji.registry.accounts import queries as accounts
from zuji.registry.accounts.queries import Member
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.governance.handing_over import Handed
from zuji.registry.refusals import Refused
from zuji.web import telling
from zuji.workflow.permissions import Permission

LONGEST = 18
_NOBODY = Text("请选择提交单位：您须是该单位的编辑。", "Choose the organisation that proposes it; you have to be an editor of it.")


def proposers(who: Viewer) -> list[Member]:
    """The organisations for which somebody may propose a factor."""
    members = accounts.memberships(who.user) if who.user is not None else []
    return [member for member in members if who.may(Permission.EDIT, enterprise=member.enterprise)]


def handed_over(request: HttpRequest, who: Viewer, hand_over: Callable[[Member], Handed], *, back: str) -> HttpResponse:
    """Open a dossier for the organisation that the form names, and go on to it; ``back`` is the page that says why not."""
    uscc = request.POST.get("enterprise", "")[:LONGEST]
    chosen = next((member for member in proposers(who) if member.uscc == uscc), None)
    if chosen is None:
        telling.refused(request, _NOBODY)
        return redirect(back)
    try:
        handed = hand_over(chosen)
    except Refused as refused:
        telling.refused(request, refused.text)
        return redirect(back)
    told = Text("已建立因子档案草稿，请补全后提交。", "A draft dossier is opened: complete it, then submit it.")
    known = Text("这一候选值已有因子档案。", "There is a dossier of this candidate already.")
    telling.done(request, told if handed.new else known)
    return redirect("dossier-edit", handed.code)
