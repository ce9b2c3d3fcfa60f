from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from zuji.documents.charts import svg
from zuji.documents.standalone import described, standalone
from zuji.documents.supply_flow import Flow, loops_cut, supply_sankey, supply_table
from zuji.engine.text import Text
from zuji.formats.gate.assembly import SETS
from zuji.registry.inventory import queries as inventory
from zuji.registry.inventory.standing import STANDING
from zuji.registry.refusals import Refused
from zuji.web.asking import language, viewer, whole_number
from zuji.web.pages.footprints.charts import for_screen
from zuji.web.pages.footprints.files import SVG, csv_answer, download, drawing_answer
from zuji.web.pages.inventory import citing, presenting, spreads

WIDTH = 1100  # of the drawing: it has the whole width of the page
MOST_PAGES = 10_000
MOST_DATASETS = 100_000_000
_TITLE = Text("排放沿供应网络的流向", "How emissions flow through the supply network")
_DESCRIPTION = Text(
    "桑基图：左为各过程的直接排放，右为产品，带宽为排放量；循环被切开，两端注明。",
    "Sankey: direct emissions of the processes on the left, the product on the right, widths are emissions; loops are cut open and both ends say so.",
)


def releases(request: HttpRequest) -> HttpResponse:
    """The databases that were imported."""
    return render(request, "inventory/list.html", {"section": "factors", "releases": inventory.releases(viewer=viewer(request))})


def release(request: HttpRequest, code: str) -> HttpResponse:
    """A release: what came in, what did not and why, how much is covered; its datasets, searched and paged."""
    asked = request.GET
    sheet = inventory.release(code, viewer=viewer(request))
    query, standing = asked.get("q", ""), asked.get("standing", "")
    page = whole_number(asked.get("page", "1"), least=1, most=MOST_PAGES)
    found = inventory.datasets(code, viewer=viewer(request), query=query, standing=standing, page=page)
    shown = {
        "section": "factors",
        "release": sheet,
        "found": found,
        "query": query,
        "standing": standing,
        "standings": [(name, STANDING[name], count) for name, count in found.counts.items()],
        "all": sum(found.counts.values()),
        "whole": [(STANDING[name], count) for name, count in sheet.standings.items()],
        "coverage": presenting.coverage(sheet),
        "reasons": presenting.reasons(sheet),
        "loops": presenting.loops(sheet),
        "names": {name: words.name for name, words in STANDING.items()},
        "cited": citing.of_release(sheet, request.build_absolute_uri(request.path), localdate().isoformat()),
    }
    return render(request, "inventory/release.html", shown)


def dataset(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A dataset: its number by part, what is behind it, its exchanges and their suppliers, what the gate found."""
    asking = viewer(request)
    sheet = inventory.dataset(code, known_number(number), viewer=asking)
    gwp = request.GET.get("gwp", "")
    gwp = gwp if gwp in SETS else SETS[-1]
    behind, refusal = None, None
    try:
        behind = inventory.behind(code, number, viewer=asking, gwp=gwp)
    except Refused as refused:
        refusal = refused.text
    shown: dict[str, object] = {
        "section": "factors",
        "dataset": sheet,
        "lines": spreads.lines(sheet),
        "release": sheet.release,
        "standing": STANDING[sheet.standing],
        "gwp": gwp,
        "sets": SETS,
        "behind": behind,
        "refusal": refusal,
        "lacks": presenting.LACKS,
        "how": presenting.HOW,
        "flow_kinds": presenting.FLOW_KINDS,
        "exports": presenting.EXPORTS if sheet.exportable else (),
        "cited": citing.of_dataset(sheet, request.build_absolute_uri(request.path), localdate().isoformat()),
    }
    if behind is not None:
        found = inventory.intensities(code, sheet.uuid, viewer=asking)
        flow = presenting.flow(behind, sheet)
        ribbons = supply_table(flow, language())
        shown |= {
            "intensity": found,
            "total": presenting.parts(found, language()).total[1 + SETS.index(gwp)],
            "parts": presenting.parts(found, language()),
            "contributions": presenting.contributions(behind, sheet.unit, language()),
            "ribbons": ribbons,
            "loops": loops_cut(flow),
            "chart": {"title": _TITLE, "width": WIDTH, "height": _height(flow)},
            "provenance": presenting.provenance(sheet, found, gwp, language()),
        }
    return render(request, "inventory/dataset.html", shown)


def flow_option(request: HttpRequest, code: str, number: int, gwp: str) -> JsonResponse:
    """The drawing for the browser."""
    _, flow, _ = _drawn(request, code, number, gwp)
    return JsonResponse(for_screen(supply_sankey(flow, language())), json_dumps_params={"ensure_ascii": False})


def flow_drawing(request: HttpRequest, code: str, number: int, gwp: str) -> HttpResponse:
    """The same, drawn; ``?download`` gives a file with its title and where its numbers come from."""
    sheet, flow, about = _drawn(request, code, number, gwp)
    height, title = _height(flow), _TITLE.in_(language())
    option = for_screen(supply_sankey(flow, language()))
    drawing = described(svg(option, WIDTH, height), title, f"{sheet.product.in_(language())} {_DESCRIPTION.in_(language())}")
    if "download" in request.GET:
        whole = standalone(drawing, (WIDTH, height), f"{sheet.product.in_(language())} · {title}", about)
        return download(whole.encode(), f"{code}.{number}.{gwp}.svg", SVG)
    return drawing_answer(drawing, public=False)


def table(request: HttpRequest, code: str, number: int, gwp: str, table: str) -> HttpResponse:
    """The numbers of a table for a spreadsheet: ``flow``, ``contributions`` or ``parts``."""
    sheet, flow, about = _drawn(request, code, number, gwp)
    if table == "flow":
        made = supply_table(flow, language())
    elif table == "contributions":
        behind = inventory.behind(code, number, viewer=viewer(request), gwp=gwp)
        assert behind is not None  # _drawn has found it
        made = presenting.contributions(behind, sheet.unit, language())
    elif table == "parts":
        made = presenting.parts(inventory.intensities(code, sheet.uuid, viewer=viewer(request)), language())
    else:
        raise Http404
    return csv_answer(made, (sheet.name.in_(language()), *about), f"{code}.{number}.{table}.csv")


def _drawn(request: HttpRequest, code: str, number: int, gwp: str) -> tuple[inventory.DatasetSheet, Flow, tuple[str, ...]]:
    """A dataset with its drawing. Raises :class:`Http404` for a set that is none, and where there is no number, or none to be trusted."""
    asking = viewer(request)
    sheet = inventory.dataset(code, known_number(number), viewer=asking)
    try:
        behind = inventory.behind(code, number, viewer=asking, gwp=gwp) if gwp in SETS else None
    except Refused:
        behind = None
    if behind is None:
        raise Http404
    found = inventory.intensities(code, sheet.uuid, viewer=asking)
    return sheet, presenting.flow(behind, sheet), presenting.provenance(sheet, found, gwp, language())


def _height(flow: Flow) -> int:
    return 260 + 26 * min(14, len(flow.nodes))


def known_number(number: int) -> int:
    """A number that the database can compare; a longer one names nothing."""
    if number > MOST_DATASETS:
        raise Http404
    return number
