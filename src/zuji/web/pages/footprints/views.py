from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from zuji.documents.charts import svg
from zuji.engine.results import as_json as result_as_json
from zuji.registry.footprints import queries as footprints
from zuji.web.asking import language, viewer
from zuji.web.pages.footprints import presenting
from zuji.web.pages.footprints.charts import CHARTS, WIDTH, option, process_names

_MEDIA = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
# What is drawn of a stored result never changes under one version of the software; a browser asks again after an hour.
_PUBLIC_CACHE = "public, max-age=3600"


def demonstrations(request: HttpRequest) -> HttpResponse:
    """The published demonstrations."""
    return render(request, "footprints/list.html", {"section": "footprints", "studies": footprints.demonstrations()})


def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """A footprint with everything behind it."""
    found = footprints.sheet(code, viewer=viewer(request))
    of = found.calculated
    result, study = of.result, of.study
    shown = {
        "section": "footprints",
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
        "manifest": presenting.manifest(result),
        "processes": process_names(study),
        "sensitivities": presenting.swings(of),
        "spread": presenting.spread(of),
        "charts": {name: {"title": chart.title, "width": WIDTH, "height": chart.height(of)} for name, chart in CHARTS.items()},
        "address": request.build_absolute_uri(request.path),
    }
    return render(request, "footprints/sheet.html", shown)


def as_json(request: HttpRequest, code: str) -> JsonResponse:
    """The result as the command line prints it."""
    of = footprints.calculated(code, viewer=viewer(request))
    return JsonResponse(result_as_json(of.result, language()), json_dumps_params={"ensure_ascii": False, "indent": 2})


def study(request: HttpRequest, code: str) -> HttpResponse:
    """The study as it was handed in."""
    study_id, text = footprints.study(code, viewer=viewer(request))
    return _download(text.encode(), f"{study_id}.yaml", "application/yaml; charset=utf-8")


def report(request: HttpRequest, code: str, report_language: str, form: str) -> HttpResponse:
    """A report that was written when the footprint was stored."""
    if form not in _MEDIA:
        raise Http404
    study_id, content = footprints.document(code, form=form, language=report_language, viewer=viewer(request))
    return _download(content, f"{study_id}.{report_language}.{form}", _MEDIA[form])


def chart_option(request: HttpRequest, code: str, chart: str) -> JsonResponse:
    """A chart for the browser to draw."""
    of = footprints.calculated(code, viewer=viewer(request))
    if chart not in CHARTS:
        raise Http404
    response = JsonResponse(option(chart, of, language()), json_dumps_params={"ensure_ascii": False})
    if of.public:
        response.headers["Cache-Control"] = _PUBLIC_CACHE
    return response


def chart_drawing(request: HttpRequest, code: str, chart: str) -> HttpResponse:
    """The same chart, drawn."""
    of = footprints.calculated(code, viewer=viewer(request))
    if chart not in CHARTS:
        raise Http404
    drawing = svg(option(chart, of, language()), WIDTH, CHARTS[chart].height(of))
    response = HttpResponse(drawing, content_type="image/svg+xml")
    # Opened as a page of its own, a drawing may load and run nothing.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if of.public:
        response.headers["Cache-Control"] = _PUBLIC_CACHE
    return response


def _download(content: bytes, name: str, media: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response
