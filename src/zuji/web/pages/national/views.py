from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zuji.engine.text import Text
from zuji.registry.accounts.queries import Member
from zuji.registry.governance.handing_over import Handed
from zuji.registry.national import operations, queries
from zuji.web.asking import viewer, whole_number
from zuji.web.pages.dossiers.handing import handed_over, proposers

KINDS = {
    "": Text("全部", "all"),
    "national": Text("国家值优先", "the national value goes first"),
    "ours": Text("本省值优先", "ours goes first"),
    "alone": Text("本平台没有", "nothing of ours"),
}
MOST_PAGES = 10_000
LONGEST_ROW = 161


def divergences(request: HttpRequest) -> HttpResponse:
    """National values beside ours: the ratio, which goes first and by which rule; rows with errors, each with what is wrong."""
    takes = request.GET.get("takes", "")
    takes = takes if takes in KINDS else ""
    page = whole_number(request.GET.get("page", "1"), least=1, most=MOST_PAGES)
    who = viewer(request)
    found = queries.report(viewer=who, takes=takes, page=page)
    counts = {"": sum(found.counts.values()), **found.counts}
    shown = {
        "section": "authority",
        "found": found,
        "takes": takes,
        "kinds": [(code, words, counts.get(code, 0)) for code, words in KINDS.items()],
        "heading": KINDS[takes],
        "proposers": proposers(who),
    }
    return render(request, "national/divergences.html", shown)


def draft(request: HttpRequest) -> HttpResponse:
    """Open a dossier from a row, for an organisation of the person's."""
    who = viewer(request)
    number, _, version = request.POST.get("row", "")[:LONGEST_ROW].rpartition("@")

    def hand_over(member: Member) -> Handed:
        return operations.draft(viewer=who, number=number, version=version, uscc=member.uscc)

    return handed_over(request, who, hand_over, back="national")
