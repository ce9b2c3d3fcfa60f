from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from zuji.documents.charts import svg
from zuji.documents.standalone import described, standalone
from zuji.documents.waterfall import Step
from zuji.registry.republication import queries
from zuji.registry.republication.queries import Sheet
from zuji.web.asking import language, viewer
from zuji.web.pages.footprints.charts import WIDTH, provenance
from zuji.web.pages.footprints.files import SVG, csv_answer, download, drawing_answer
from zuji.web.pages.republication import presenting


def option(request: HttpRequest, code: str, publication: str) -> JsonResponse:
    """The waterfall for the browser to draw."""
    found, steps = _explained(request, code, publication)
    return JsonResponse(presenting.option(found, steps, language()), json_dumps_params={"ensure_ascii": False})


def drawing(request: HttpRequest, code: str, publication: str) -> HttpResponse:
    """The waterfall, drawn; ``?download`` gives a file with its title and where its numbers come from."""
    found, steps = _explained(request, code, publication)
    height, title = presenting.height(steps), presenting.TITLE.in_(language())
    drawn = described(svg(presenting.option(found, steps, language()), WIDTH, height), title, presenting.DESCRIPTION.in_(language()))
    if "download" not in request.GET:
        return drawing_answer(drawn, public=False)
    whole = standalone(drawn, (WIDTH, height), f"{found.row.title.in_(language())} · {title}", about(found))
    return download(whole.encode(), f"{publication}.svg", SVG)


def table(request: HttpRequest, code: str, publication: str) -> HttpResponse:
    """The steps of the waterfall for a spreadsheet, with all their digits."""
    found, steps = _explained(request, code, publication)
    title = f"{found.row.title.in_(language())} · {presenting.TITLE.in_(language())}"
    return csv_answer(presenting.table(found, steps, language()), (title, *about(found)), f"{publication}.csv")


def about(found: Sheet) -> tuple[str, ...]:
    """Where the numbers come from."""
    changes = (f"{old} → {new or '—'}" for old, new in sorted(found.changes.items()))
    return (*provenance(found.footprint.calculated, language()), *changes)


def _explained(request: HttpRequest, code: str, publication: str) -> tuple[Sheet, tuple[Step, ...]]:
    """A draft with the steps from the old total to the new one; where there is no number, nothing can be drawn."""
    found = queries.successor(code, publication, viewer=viewer(request))
    if found.comparison is None:
        raise Http404
    return found, presenting.steps(found.comparison, found.names)
