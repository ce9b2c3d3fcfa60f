from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from zuji.documents.charts import svg
from zuji.documents.standalone import described, standalone
from zuji.registry.footprints import queries as footprints
from zuji.registry.footprints.comparing import Compared, compared
from zuji.web.asking import language, viewer
from zuji.web.pages.compare import presenting
from zuji.web.pages.footprints.charts import WIDTH
from zuji.web.pages.footprints.files import SVG, csv_answer, download, drawing_answer


def choose(request: HttpRequest, code: str) -> HttpResponse:
    """The other versions of a footprint; with one of them chosen, on to the comparison: the earlier version first."""
    row = footprints.sheet(code, viewer=viewer(request)).row
    others = footprints.siblings(code, viewer=viewer(request))
    chosen = next((other for other in others if other.code == request.GET.get("other")), None)
    if chosen is not None:
        first, second = sorted((row, chosen), key=lambda each: (each.version or 0, each.number))
        return redirect("compare", first.code, second.code)
    return render(request, "compare/choose.html", {"section": "footprints" if row.public else "account", "row": row, "siblings": others})


def side_by_side(request: HttpRequest, before: str, after: str) -> HttpResponse:
    """Two footprints, and what makes them differ."""
    found = compared(before, after, viewer=viewer(request))
    stages, total = presenting.stages(found)
    shown: dict[str, Any] = {
        "section": "footprints" if found.after.row.public else "account",
        "found": found,
        "sheets": (found.before, found.after),
        "stages": stages,
        "total": total,
    }
    if found.comparison is not None:
        closed, opened = presenting.gap_changes(found.before, found.after)
        shown |= {
            "chart": {"title": presenting.TITLE, "width": WIDTH, "height": presenting.height(found)},
            "drivers": presenting.table(found, language()),
            "changes": presenting.changes(found),
            "about": presenting.about(found, language()),
            "closed": closed,
            "opened": opened,
        }
    return render(request, "compare/side_by_side.html", shown)


def chart_option(request: HttpRequest, before: str, after: str) -> JsonResponse:
    """The waterfall for the browser to draw."""
    return JsonResponse(presenting.option(_explained(request, before, after), language()), json_dumps_params={"ensure_ascii": False})


def chart_drawing(request: HttpRequest, before: str, after: str) -> HttpResponse:
    """The waterfall, drawn; ``?download`` gives a file with its title and where its numbers come from."""
    found = _explained(request, before, after)
    height, title = presenting.height(found), presenting.TITLE.in_(language())
    drawing = described(svg(presenting.option(found, language()), WIDTH, height), title, presenting.DESCRIPTION.in_(language()))
    if "download" not in request.GET:
        return drawing_answer(drawing, public=found.before.calculated.public and found.after.calculated.public)
    name = found.after.row.title.in_(language())
    whole = standalone(drawing, (WIDTH, height), f"{name} · {title}", presenting.about(found, language()))
    return download(whole.encode(), f"{found.after.row.study_id}.drivers.svg", SVG)


def chart_table(request: HttpRequest, before: str, after: str) -> HttpResponse:
    """The steps of the waterfall for a spreadsheet, with all their digits."""
    found = _explained(request, before, after)
    title = f"{found.after.row.title.in_(language())} · {presenting.TITLE.in_(language())}"
    about = (title, *presenting.about(found, language()))
    return csv_answer(presenting.table(found, language()), about, f"{found.after.row.study_id}.drivers.csv")


def _explained(request: HttpRequest, before: str, after: str) -> Compared:
    """Two footprints with their difference; where there is none, nothing can be drawn."""
    found = compared(before, after, viewer=viewer(request))
    if found.comparison is None:
        raise Http404
    return found
