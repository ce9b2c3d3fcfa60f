from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zuji.engine.text import Text
from zuji.registry.national import queries
from zuji.web.asking import viewer, whole_number

KINDS = {
    "": Text("全部", "all"),
    "national": Text("国家值优先", "the national value goes first"),
    "ours": Text("本省值优先", "ours goes first"),
    "alone": Text("本平台没有", "nothing of ours"),
}
MOST_PAGES = 10_000


def divergences(request: HttpRequest) -> HttpResponse:
    """National values beside ours: the ratio, which goes first and by which rule; rows with errors, each with what is wrong."""
    takes = request.GET.get("takes", "")
    takes = takes if takes in KINDS else ""
    page = whole_number(request.GET.get("page", "1"), least=1, most=MOST_PAGES)
    found = queries.report(viewer=viewer(request), takes=takes, page=page)
    counts = {"": sum(found.counts.values()), **found.counts}
    shown = {
        "section": "authority",
        "found": found,
        "takes": takes,
        "kinds": [(code, words, counts.get(code, 0)) for code, words in KINDS.items()],
        "heading": KINDS[takes],
    }
    return render(request, "national/divergences.html", shown)
