"""The pages of a dataset's analyses, their drawings and tables."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from zuji.documents import supply_charts
from zuji.documents.chart_tables import Table, waterfall_table
from zuji.documents.charts import Option, svg
from zuji.documents.standalone import described, standalone
from zuji.documents.waterfall import waterfall
from zuji.engine.text import Language, Text
from zuji.formats.gate.assembly import SETS
from zuji.registry.inventory import analysis as analysing
from zuji.registry.inventory import queries as inventory
from zuji.registry.inventory.analysis import Analysis, Changed
from zuji.registry.refusals import Refused
from zuji.web.asking import language, viewer, whole_number
from zuji.web.pages.footprints.charts import for_screen
from zuji.web.pages.footprints.files import SVG, csv_answer, download, drawing_answer
from zuji.web.pages.inventory import explaining, presenting
from zuji.web.pages.inventory.views import MOST_DATASETS, known_number

WIDTH = 900
_SHOWN_FOUND = 8


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart on a page: where its option, its drawing and its table are, and the table itself; ``folded``: opened by who wants it, for it is long."""

    title: Text
    height: int
    option: str
    drawing: str
    download: str
    csv: str
    table: Table
    width: int = WIDTH
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of a dataset's analyses: how it is drawn, how high, and its table; ``there`` says whether there is anything to draw."""

    title: Text
    description: Text
    there: Callable[[Analysis], bool]
    height: Callable[[Analysis], int]
    option: Callable[[Analysis, Language], Option]
    table: Callable[[Analysis, Language], Table]


def _paired_runs(found: Analysis) -> bool:
    return found.paired is not None and found.paired.found is not None


def _runs(found: Analysis) -> analysing.Paired:
    assert found.paired is not None
    return found.paired


def _heads(language: Language, *heads: Text) -> tuple[str, ...]:
    return tuple(head.in_(language) for head in heads)


CHARTS: dict[str, Chart] = {
    "paths": Chart(
        title=Text("供应路径", "Supply paths"),
        description=Text("每条路径末端过程的直接排放，一条横条一条路径。", "A bar for each path: what the last process of the path emits."),
        there=lambda _: True,
        height=lambda found: supply_charts.part_bars_height(explaining.paths(found)),
        option=lambda found, lang: supply_charts.part_bars(explaining.paths(found), explaining.unit_of(found), lang),
        table=lambda found, lang: supply_charts.part_table(
            explaining.paths(found), _heads(lang, Text("路径", "Path"), Text(explaining.unit_of(found), explaining.unit_of(found))), lang
        ),
    ),
    "swings": Chart(
        title=Text("各数变动时的总量", "The total when a number moves"),
        description=Text("每个数一条横条，从最低总量到最高总量。", "A bar for each number from the lowest to the highest total."),
        there=lambda found: any(one.low is not None and one.high is not None for one in found.swings),
        height=lambda found: 82 + 37 * max(1, len(found.swings)),
        option=lambda found, lang: supply_charts.swing_bars(
            explaining.swings(found), presenting.exact(found.total), explaining.unit_of(found), lang
        ),
        table=lambda found, lang: supply_charts.swing_table(
            explaining.swings(found), _heads(lang, *explaining.swing_heads(found, explaining.unit_of(found))), lang
        ),
    ),
    "budget": Chart(
        title=Text("方差来自哪些数", "Where the variance comes from"),
        description=Text("每个数一条横条，长度为其占总方差的百分比。", "A bar for each number: its share of the variance in per cent."),
        there=lambda found: found.budget is not None and bool(found.budget.shares),
        height=lambda found: supply_charts.part_bars_height(explaining.budget(found)),
        option=lambda found, lang: supply_charts.part_bars(explaining.budget(found), "%", lang),
        table=lambda found, lang: supply_charts.part_table(
            explaining.budget(found), _heads(lang, Text("数", "Number"), Text("占方差，%", "Of the variance, %")), lang
        ),
    ),
    "paired": Chart(
        title=Text("逐次比较的差值", "The difference run by run"),
        description=Text(
            "直方图：每次模拟中本数据集减去所比较数据集；中间 95 % 之外有点纹。",
            "Histogram: this dataset less the other in every run; outside the middle 95 % it is dotted.",
        ),
        there=_paired_runs,
        height=lambda _: 300,
        option=lambda found, lang: supply_charts.run_bars(_runs(found).runs, explaining.unit_of(found), lang),
        table=lambda found, lang: supply_charts.run_table(_runs(found).runs, explaining.unit_of(found), lang),
    ),
}


def analyses(request: HttpRequest, code: str, number: int, gwp: str) -> HttpResponse:
    """What is behind a dataset's number; with ``?against=``, compared with another; ``?find=`` looks for one."""
    asking = viewer(request)
    sheet = inventory.dataset(code, known_number(number), viewer=asking)
    found, refusal = None, None
    try:
        found = _found(request, code, number, gwp)
    except Refused as refused:
        refusal = refused.text
    words = request.GET.get("find", "").strip()
    candidates = inventory.datasets(code, viewer=asking, query=words, size=200).rows if words else ()
    shown: dict[str, object] = {
        "section": "factors",
        "dataset": sheet,
        "release": sheet.release,
        "gwp": gwp,
        "sets": SETS,
        "found": found,
        "refusal": refusal,
        "find": words,
        "candidates": [row for row in candidates if row.value is not None and row.unit == sheet.unit and row.number != number][
            :_SHOWN_FOUND
        ],
        "others": analysing.other_releases(code, number, viewer=asking),
    }
    if found is not None:
        of = language()
        shown["charts"] = {name: _shown(name, chart, found) for name, chart in CHARTS.items() if chart.there(found)}
        shown["provenance"] = _provenance(sheet, found, of)
        shown["verdict"] = explaining.verdict(found.paired) if found.paired and found.paired.found else None
    return render(request, "inventory/analyses.html", shown)


def _shown(name: str, chart: Chart, found: Analysis) -> Shown:
    key = (found.release.code, found.row.number, found.column.partition("/")[0], name)
    asked = f"against={found.paired.other.number}" if name == "paired" and found.paired else ""
    option, drawing, csv = (reverse(f"inventory-chart{kind}", args=key) for kind in ("", "-drawing", "-table"))
    with_asked = f"?{asked}" if asked else ""
    return Shown(
        title=chart.title,
        height=chart.height(found),
        option=option + with_asked,
        drawing=drawing + with_asked,
        download=f"{drawing}?{asked}{'&' if asked else ''}download",
        csv=csv + with_asked,
        table=chart.table(found, language()),
        folded=name == "paired",
    )


def chart_option(request: HttpRequest, code: str, number: int, gwp: str, chart: str) -> JsonResponse:
    """A chart for the browser."""
    found, drawn = _drawn(request, code, number, gwp, chart)
    return JsonResponse(for_screen(drawn.option(found, language())), json_dumps_params={"ensure_ascii": False})


def chart_drawing(request: HttpRequest, code: str, number: int, gwp: str, chart: str) -> HttpResponse:
    """The same, drawn; ``?download`` gives a file with its title and where its numbers come from."""
    found, drawn = _drawn(request, code, number, gwp, chart)
    about = _provenance(inventory.dataset(code, number, viewer=viewer(request)), found, language())
    name = Text(*(f"{product} · {title}" for product, title in zip(found.row.product, drawn.title, strict=True)))
    return _drawing(
        request, drawn.option(found, language()), drawn.height(found), (name, drawn.description), about, f"{code}.{number}.{chart}"
    )


def chart_table(request: HttpRequest, code: str, number: int, gwp: str, chart: str) -> HttpResponse:
    """The numbers of a chart for a spreadsheet."""
    found, drawn = _drawn(request, code, number, gwp, chart)
    sheet = inventory.dataset(code, number, viewer=viewer(request))
    about = (sheet.name.in_(language()), *_provenance(sheet, found, language()))
    return csv_answer(drawn.table(found, language()), about, f"{code}.{number}.{chart}.csv")


_CHANGE_TITLE = Text("两个版本的差值来自哪里", "Where the difference of the two releases comes from")
_CHANGE_DESCRIPTION = Text(
    "瀑布图：从一个版本的数值，经各因素，到另一版本的数值。",
    "Waterfall: from the number of one release, driver by driver, to that of the other.",
)


def since(request: HttpRequest, code: str, number: int, gwp: str, earlier: str) -> HttpResponse:
    """Why a dataset's number differs from that in another release."""
    sheet = inventory.dataset(code, known_number(number), viewer=viewer(request))
    shown: dict[str, object] = {"section": "factors", "dataset": sheet, "release": sheet.release, "gwp": gwp, "earlier": earlier}
    try:
        found = analysing.change(code, number, earlier, viewer=viewer(request), gwp=gwp)
    except Refused as refused:
        return render(request, "inventory/since.html", shown | {"refusal": refused.text})
    unit = supply_charts.per(sheet.unit)
    made = explaining.steps(found)
    places = [reverse(f"inventory-since-{kind}", args=(code, number, gwp, earlier)) for kind in ("option", "drawing", "table")]
    shown |= {
        "found": found,
        "names": (explaining.edition(found.earlier), explaining.edition(found.later)),
        "steps": made,
        "changes": explaining.changes(found, unit, language()),
        "causes": [(explaining.CAUSE_NAMES[cause], explaining.CAUSE_MEANINGS[cause]) for cause in found.by_cause],
        "chart": Shown(
            title=_CHANGE_TITLE,
            height=_change_height(found),
            option=places[0],
            drawing=places[1],
            download=f"{places[1]}?download",
            csv=places[2],
            table=waterfall_table(made, unit, language()),
        ),
        "provenance": _both(found),
    }
    return render(request, "inventory/since.html", shown)


def since_option(request: HttpRequest, code: str, number: int, gwp: str, earlier: str) -> JsonResponse:
    """The waterfall for the browser."""
    _, _, option = _changed(request, code, number, gwp, earlier)
    return JsonResponse(for_screen(option), json_dumps_params={"ensure_ascii": False})


def since_drawing(request: HttpRequest, code: str, number: int, gwp: str, earlier: str) -> HttpResponse:
    """The same, drawn."""
    sheet, found, option = _changed(request, code, number, gwp, earlier)
    name = Text(*(f"{product} · {title}" for product, title in zip(sheet.product, _CHANGE_TITLE, strict=True)))
    return _drawing(request, option, _change_height(found), (name, _CHANGE_DESCRIPTION), _both(found), f"{code}.{number}.since.{earlier}")


def since_table(request: HttpRequest, code: str, number: int, gwp: str, earlier: str) -> HttpResponse:
    """Every listed change for a spreadsheet."""
    sheet, found, _ = _changed(request, code, number, gwp, earlier)
    made = explaining.changes(found, supply_charts.per(sheet.unit), language())
    return csv_answer(made, (sheet.name.in_(language()), *_both(found)), f"{code}.{number}.since.{earlier}.csv")


def _found(request: HttpRequest, code: str, number: int, gwp: str) -> Analysis | None:
    against = whole_number(request.GET.get("against", ""), least=0, most=MOST_DATASETS)
    return analysing.analysis(code, known_number(number), viewer=viewer(request), gwp=gwp, against=against)


def _drawn(request: HttpRequest, code: str, number: int, gwp: str, chart: str) -> tuple[Analysis, Chart]:
    """A chart and what it is drawn of. Raises :class:`Http404` where there is nothing to draw, or nothing to be trusted."""
    drawn = CHARTS.get(chart)
    try:
        found = _found(request, code, number, gwp) if drawn else None
    except Refused:
        found = None
    if drawn is None or found is None or not drawn.there(found):
        raise Http404
    return found, drawn


def _changed(request: HttpRequest, code: str, number: int, gwp: str, earlier: str) -> tuple[inventory.DatasetSheet, Changed, Option]:
    sheet = inventory.dataset(code, known_number(number), viewer=viewer(request))
    try:
        found = analysing.change(code, number, earlier, viewer=viewer(request), gwp=gwp)
    except Refused as refused:
        raise Http404 from refused
    return sheet, found, waterfall(explaining.steps(found), supply_charts.per(sheet.unit), language())


def _drawing(
    request: HttpRequest, option: Option, height: int, words: tuple[Text, Text], about: tuple[str, ...], name: str
) -> HttpResponse:
    title, description = (text.in_(language()) for text in words)
    drawing = described(svg(for_screen(option), WIDTH, height), title, description)
    if "download" in request.GET:
        return download(standalone(drawing, (WIDTH, height), title, about).encode(), f"{name}.svg", SVG)
    return drawing_answer(drawing, public=False)


def _provenance(sheet: inventory.DatasetSheet, found: Analysis, of: Language) -> tuple[str, ...]:
    return presenting.sourced(sheet.release, found.background, found.column.partition("/")[0], found.residual, of)


def _both(found: Changed) -> tuple[str, ...]:
    words = [f"{row.name} {row.edition}".strip() + f" · {row.code} · {row.licence}" for row in (found.earlier, found.later)]
    return (*words, found.column)


def _change_height(found: Changed) -> int:
    return 70 + 38 * (2 + len(found.by_cause))
