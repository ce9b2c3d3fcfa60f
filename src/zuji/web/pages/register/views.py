from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zuji.registry.accounts import operations, queries
from zuji.registry.refusals import Refused
from zuji.web import letters
from zuji.web.forms import Form
from zuji.web.limits import too_often
from zuji.web.pages.account.signing_in import sign_in
from zuji.web.pages.enterprises import lines


def begin(request: HttpRequest) -> HttpResponse:
    """Person and enterprise in one form. The next step comes by mail, and looks the same for every address."""
    if request.user.is_authenticated:
        return redirect("further-enterprise")
    form = Form((lines.USCC, lines.NAME_ZH, lines.NAME_EN, lines.CITY, lines.PERSON, lines.EMAIL))
    if request.method == "POST":
        limited = too_often(request, "register", request.POST.get("email", "")[:254].lower())
        if limited:
            return limited
        try:
            begun = operations.begin_registration(**form.take(request))
        except Refused as refused:
            form.refuse(refused)
        else:
            letters.send(begun.email, _letter(request, begun))
            return redirect("register-sent")
    return render(request, "register/begin.html", {"form": form})


def sent(request: HttpRequest) -> HttpResponse:
    """What to do now. The same for everybody: it does not know who asks."""
    return render(request, "register/sent.html")


def complete(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the letter: choosing a password makes account and enterprise."""
    found = queries.registration(token)
    form = Form((lines.NEW_PASSWORD,))
    if request.method == "POST":
        taken = form.take(request)
        try:
            operations.complete_registration(token=token, **taken)
        except Refused as refused:
            form.refuse(refused)
        else:
            return sign_in(request, email=found.email, password=taken["password"])
    return render(request, "register/complete.html", {"form": form, "found": found})


def _letter(request: HttpRequest, begun: operations.Begun) -> letters.Letter:
    if begun.token is not None:
        return letters.registration(link=request.build_absolute_uri(reverse("register-complete", args=[begun.token])))
    return letters.known_already(
        sign_in=request.build_absolute_uri(reverse("account_login")), reset=request.build_absolute_uri(reverse("account_reset_password"))
    )
