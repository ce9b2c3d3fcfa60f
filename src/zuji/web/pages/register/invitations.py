from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zuji.engine.text import Text
from zuji.registry.accounts import operations, queries
from zuji.registry.accounts.entries import Unfit
from zuji.registry.refusals import Refused
from zuji.web import letters, telling
from zuji.web.asking import viewer
from zuji.web.forms import Form
from zuji.web.limits import too_often
from zuji.web.pages.account.signing_in import sign_in
from zuji.web.pages.enterprises import lines


def show(request: HttpRequest, token: str) -> HttpResponse:
    """What the link is for. Who came by the letter and has no account makes one here; who has one signs in and accepts."""
    found = queries.invitation(token)
    form = Form((lines.PERSON, lines.NEW_PASSWORD))
    if request.method == "POST":
        taken = form.take(request)
        try:
            operations.accept_as_new_person(token=token, **taken)
        except Unfit as refused:
            form.refuse(refused)
        else:
            return sign_in(request, email=found.email, password=taken["password"])
    return render(request, "invitations/show.html", {"form": form, "found": found, "token": token})


def accept(request: HttpRequest, token: str) -> HttpResponse:
    """The person who is signed in acts for the enterprise from now on."""
    try:
        uscc = operations.accept_invitation(viewer=viewer(request), token=token)
    except Refused as refused:
        telling.refused(request, refused.text)
        return redirect("invitation", token)
    telling.done(request, Text("您已加入企业。", "You act for this enterprise now."))
    return redirect("enterprise", uscc)


def mail(request: HttpRequest, token: str) -> HttpResponse:
    """Sends the letter to the invited address again, for somebody who has the copied link and no account."""
    limited = too_often(request, "letter", token)
    if limited:
        return limited
    made = operations.mail_again(token=token)
    found = queries.invitation(token)
    link = request.build_absolute_uri(reverse("invitation", args=[made.mailed]))
    letters.send(made.email, letters.invitation(enterprise=made.enterprise, by=found.by, link=link))
    telling.done(
        request,
        Text("邮件已发往受邀邮箱，请从邮件中的链接继续。", "A letter is on its way to the invited address. Continue with the link in it."),
    )
    return redirect("invitation", token)
