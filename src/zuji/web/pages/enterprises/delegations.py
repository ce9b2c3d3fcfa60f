from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zuji.engine.text import Text
from zuji.registry.accounts import operations, queries
from zuji.registry.accounts.operations.delegations import LONGEST
from zuji.registry.products import queries as products
from zuji.registry.refusals import Refused
from zuji.web import letters, telling
from zuji.web.asking import viewer
from zuji.web.forms import Form, Line
from zuji.web.limits import too_often
from zuji.web.pages.enterprises import lines

ALL, CHOSEN = "all", "chosen"
SCOPE = Line(
    "scope",
    Text("哪些产品", "Which products"),
    kind="radio",
    options=(
        (ALL, Text("全部产品，含以后新建的", "All products, also later ones")),
        (CHOSEN, Text("只限下面选定的", "Only those chosen below")),
    ),
)


def listed(request: HttpRequest, uscc: str) -> HttpResponse:
    """What the enterprise has entrusted to consultants, and the form that entrusts more."""
    who = viewer(request)
    found = queries.enterprise(viewer=who, uscc=uscc)
    names = products.names(uscc, viewer=who)
    form = Form((lines.EMAIL, lines.OUTSIDE_ROLE, lines.last_day(LONGEST), SCOPE))
    chosen: list[str] = []
    if request.method == "POST":
        limited = too_often(request, "letter", str(who.user))
        if limited:
            return limited
        taken = form.take(request)
        chosen = [code for code in request.POST.getlist("products") if code in names]  # of this enterprise, and no other's
        scope = None if taken.pop("scope") == ALL else chosen
        try:
            operations.delegate(viewer=who, enterprise=found.enterprise, products=scope, **taken)
        except Refused as refused:
            form.refuse(refused)
        else:
            by = request.user.get_full_name() if request.user.is_authenticated else ""
            sign_in = request.build_absolute_uri(reverse("account"))
            letters.send(taken["email"], letters.delegation(enterprise=found.name, by=by, expires=taken["expires"], sign_in=sign_in))
            telling.done(request, Text("委托已生效。", "The delegation is in force."))
            return redirect("delegations", uscc)
    rows = [(row, [names[code] for code in row.products or () if code in names]) for row in queries.delegations(viewer=who, uscc=uscc)]
    return render(request, "enterprises/delegations.html", {"found": found, "form": form, "rows": rows, "names": names, "chosen": chosen})


def revoke(request: HttpRequest, uscc: str, delegation: int) -> HttpResponse:
    """The consultant sees nothing of it from the next request on."""
    who = viewer(request)
    found = queries.enterprise(viewer=who, uscc=uscc)
    try:
        operations.revoke_delegation(viewer=who, enterprise=found.enterprise, delegation=delegation)
    except Refused as refused:
        telling.refused(request, refused.text)
    else:
        telling.done(request, Text("委托已撤销。", "The delegation was revoked."))
    return redirect("delegations", uscc)
