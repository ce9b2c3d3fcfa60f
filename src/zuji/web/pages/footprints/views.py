from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from zuji.documents.charts import svg
from zuji.documents.standalone import described, standalone
from zuji.engine.results import as_json as result_as_json
from zuji.registry.footprints import queries as footprints
from zuji.registry.footprints.reading import seen
from zuji.registry.footprints.reporting import reports
from zuji.registry.footprints.reproduction import reproduce
from zuji.web.asking import language, viewer
from zuji.web.pages.footprints import presenting
from zuji.web.pages.footprints.charts import CHARTS, WIDTH, option, process_names, provenance
from zuji.web.pages.footprints.files import PUBLIC_CACHE, SVG, csv_answer, download, drawing_answer
from zuji.web.pages.products.places import behind

_MEDIA = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def demonstrations(request: HttpRequest) -> HttpResponse:
    """The published demonstrations."""
    return render(request, "footprints/list.html", {"section": "footprints", "studies": footprints.demonstrations()})


def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """A footprint with everything behind it."""
    found = footprints.sheet(code, viewer=viewer(request))
    seen(code, viewer=viewer(request))
    of = found.calculated
    result, study = of.result, of.study
    shown = {
        "section": "footprints" if found.row.public else "account",
        "found": found,
        "row": found.row,
        "result": result,
        "study": study,
        "by_stage": presenting.by_stage(result),
        "by_kind": presenting.split(result.by_kind, result.total),
        "by_gas": presenting.split(result.by_gas, result.total),
        "contributions": presenting.contributions(result, study),
        "worst": presenting.worst(result, study),
        "findings": presenting.findings(result),
        "places": behind(code, result.findings, viewer=viewer(request)),
        "manifest": presenting.manifest(result),
        "processes": process_names(study),
        "sensitivities": presenting.swings(of),
        "spread": presenting.spread(of),
        "charts": {name: {"title": chart.title, "width": WIDTH, "height": chart.height(of)} for name, chart in CHARTS.items()},
        "provenance": provenance(of, language()),
        "inputs": CHARTS["inputs"].table(of, language()),
        "ribbons": CHARTS["flows"].table(of, language()),
        "bins": CHARTS["draws"].table(of, language()),
        "written": reports(code, viewer=viewer(request)),
        "siblings": footprints.siblings(code, viewer=viewer(request)),
        "address": request.build_absolute_uri(request.path),
    }
    return render(request, "footprints/sheet.html", shown)


def as_json(request: HttpRequest, code: str) -> JsonResponse:
    """The result as the command line prints it."""
    of = footprints.calculated(code, viewer=viewer(request))
    seen(code, viewer=viewer(request))
    return JsonResponse(result_as_json(of.result, language()), json_dumps_params={"ensure_ascii": False, "indent": 2})


def study(request: HttpRequest, code: str) -> HttpResponse:
    """The study as it was handed in."""
    study_id, text = footprints.study(code, viewer=viewer(request))
    seen(code, viewer=viewer(request))
    return download(text.encode(), f"{study_id}.yaml", "application/yaml; charset=utf-8")


def report(request: HttpRequest, code: str, report_language: str, form: str) -> HttpResponse:
    """A report that was written when the footprint was stored."""
    if form not in _MEDIA:
        raise Http404
    study_id, content = footprints.document(code, form=form, language=report_language, viewer=viewer(request))
    seen(code, viewer=viewer(request))
    return download(content, f"{study_id}.{report_language}.{form}", _MEDIA[form])


def chart_option(request: HttpRequest, code: str, chart: str) -> JsonResponse:
    """A chart for the browser to draw."""
    of = footprints.calculated(code, viewer=viewer(request))
    seen(code, viewer=viewer(request))
    if chart not in CHARTS:
        raise Http404
    response = JsonResponse(option(chart, of, language()), json_dumps_params={"ensure_ascii": False})
    if of.public:
        response.headers["Cache-Control"] = PUBLIC_CACHE
    return response


def chart_drawing(request: HttpRequest, code: str, chart: str) -> HttpResponse:
    """The same chart, drawn; ``?download`` gives a file with its title and where its numbers come from."""
    of = footprints.calculated(code, viewer=viewer(request))
    seen(code, viewer=viewer(request))
    if chart not in CHARTS:
        raise Http404
    drawn, height = CHARTS[chart], CHARTS[chart].height(of)
    words = drawn.title.in_(language()), f"{of.result.title.in_(language())}{drawn.description.in_(language())}"
    drawing = described(svg(option(chart, of, language()), WIDTH, height), *words)
    if "download" in request.GET:
        whole = standalone(drawing, (WIDTH, height), f"{of.result.title.in_(language())} · {words[0]}", provenance(of, language()))
        return download(whole.encode(), f"{of.result.study}.{chart}.svg", SVG)
    return drawing_answer(drawing, public=of.public)


def chart_table(request: HttpRequest, code: str, chart: str) -> HttpResponse:
    """The numbers of a chart for a spreadsheet, with all their digits."""
    of = footprints.calculated(code, viewer=viewer(request))
    seen(code, viewer=viewer(request))
    if chart not in CHARTS:
        raise Http404
    title = f"{of.result.title.in_(language())} · {CHARTS[chart].title.in_(language())}"
    return csv_answer(CHARTS[chart].table(of, language()), (title, *provenance(of, language())), f"{of.result.study}.{chart}.csv")


def brief(request: HttpRequest, code: str) -> HttpResponse:
    """The result on a page of a few kilobytes: what a code on a package leads to."""
    found = footprints.sheet(code, viewer=viewer(request))
    seen(code, viewer=viewer(request))
    of = found.calculated
    return render(request, "footprints/brief.html", {"row": found.row, "newest": found.newest, "result": of.result, "study": of.study})


def recalculated(request: HttpRequest, code: str) -> HttpResponse:
    """The stored number beside the one that the stored study and versions give now."""
    found = reproduce(code, viewer=viewer(request))
    return render(request, "footprints/reproduce.html", {"section": "footprints", "found": found, "row": found.row})
