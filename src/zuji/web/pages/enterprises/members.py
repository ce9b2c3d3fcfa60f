from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zuji.engine.text import Text
from zuji.registry.accounts import operations, queries
from zuji.registry.refusals import NotFound, Refused
from zuji.web import letters, telling
from zuji.web.asking import viewer
from zuji.web.forms import Form
from zuji.web.limits import too_often
from zuji.web.pages.enterprises import lines


def listed(request: HttpRequest, uscc: str) -> HttpResponse:
    """Members and invitations, and the form that invites. The link of a new invitation is shown on this answer and never again."""
    who = viewer(request)
    found = queries.enterprise(viewer=who, uscc=uscc)
    form = Form((lines.EMAIL, lines.MEMBER_ROLE))
    shown: dict[str, object] = {"found": found, "form": form}
    if request.method == "POST":
        limited = too_often(request, "letter", str(who.user))
        if limited:
            return limited
        try:
            made = operations.invite(viewer=who, enterprise=found.enterprise, **form.take(request))
        except Refused as refused:
            form.refuse(refused)
        else:
            form.values = {}
            letter = letters.invitation(enterprise=made.enterprise, by=_name(request), link=_link(request, made.mailed))
            shown |= {"made": made, "link": _link(request, made.token), "mailed": letters.send(made.email, letter)}
    shown["members"] = queries.members(viewer=who, uscc=uscc)
    shown["invitations"] = queries.invitations(viewer=who, uscc=uscc)
    return render(request, "enterprises/members.html", shown)


def member(request: HttpRequest, uscc: str, user: int) -> HttpResponse:
    """One member: another role, or removal."""
    who = viewer(request)
    found = queries.enterprise(viewer=who, uscc=uscc)
    row = next((row for row in queries.members(viewer=who, uscc=uscc) if row.user == user), None)
    if row is None:
        raise NotFound
    form = Form((lines.MEMBER_ROLE,), values={"role": row.role})
    if request.method == "POST":
        try:
            operations.change_role(viewer=who, enterprise=found.enterprise, user=user, **form.take(request))
        except Refused as refused:
            form.refuse(refused)
        else:
            telling.done(request, Text("角色已更改。", "The role was changed."))
            return redirect("enterprise" if user == who.user else "members", uscc)
    return render(request, "enterprises/member.html", {"found": found, "row": row, "form": form})


def remove(request: HttpRequest, uscc: str, user: int) -> HttpResponse:
    """Somebody acts for the enterprise no more."""
    who = viewer(request)
    found = queries.enterprise(viewer=who, uscc=uscc)
    try:
        operations.remove_member(viewer=who, enterprise=found.enterprise, user=user)
    except Refused as refused:
        telling.refused(request, refused.text)
    else:
        telling.done(
            request, Text("成员已移除，其会话与接口客户端已失效。", "The member was removed; their sessions and API clients have ended.")
        )
    return redirect("members", uscc)


def revoke_invitation(request: HttpRequest, uscc: str, invitation: int) -> HttpResponse:
    """A link leads nowhere from now on."""
    who = viewer(request)
    found = queries.enterprise(viewer=who, uscc=uscc)
    try:
        operations.revoke_invitation(viewer=who, enterprise=found.enterprise, invitation=invitation)
    except Refused as refused:
        telling.refused(request, refused.text)
    else:
        telling.done(request, Text("邀请已撤销。", "The invitation was revoked."))
    return redirect("members", uscc)


def _name(request: HttpRequest) -> str:
    return request.user.get_full_name() if request.user.is_authenticated else ""


def _link(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("invitation", args=[token]))
