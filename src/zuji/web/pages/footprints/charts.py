"""The charts of a result page: one option for the browser, and the same option drawn here for those without a script."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from zuji.documents import chart_tables, charts, sankey, treemap
from zuji.documents.chart_tables import Table
from zuji.engine.study import Study
from zuji.engine.text import Language, Text
from zuji.registry.footprints.queries import Calculated

Option = dict[str, object]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart by its name in the address; ``height`` in CSS pixels at a width of :data:`WIDTH`."""

    title: Text
    description: Text
    height: Callable[[Calculated], int]
    option: Callable[[Calculated, Language], Option]
    table: Callable[[Calculated, Language], Table]


WIDTH = 900
SCALE = 1.25
_LENGTHS = frozenset(
    {"fontSize", "left", "right", "top", "bottom", "width", "height", "margin", "nameGap", "nodeGap", "nodeWidth", "distance"}
    | {"itemWidth", "itemHeight", "itemGap", "lineHeight", "barWidth", "barMaxWidth"}
)


def option(name: str, of: Calculated, language: Language) -> Option:
    """The option of the chart ``name``, as the page draws it."""
    return cast("Option", for_screen(CHARTS[name].option(of, language)))


def process_names(study: Study) -> dict[str, Text]:
    """What the processes of a study are called."""
    return {process.id: process.name.text if process.name else Text(process.id, process.id) for process in study.processes}


def _flows(of: Calculated, language: Language) -> Option:
    return sankey.sankey(of.result, _names(of, language), language)


def _swings(of: Calculated, language: Language) -> Option:
    return charts.sensitivity_bars(of.result, [(row.label.in_(language), row.low, row.high) for row in of.analyses.sensitivity])


def _draws(of: Calculated, language: Language) -> Option:
    return charts.histogram(of.result, of.analyses.simulation, language) if of.analyses.simulation else {"series": []}


def for_screen(value: Any) -> Any:
    """A chart's option with its letters and margins enlarged: drawn for paper at 11 px, read on a screen at 14."""
    if isinstance(value, dict):
        return {
            key: round(item * SCALE, 1)
            if key in _LENGTHS and isinstance(item, int | float) and not isinstance(item, bool)
            else for_screen(item)
            for key, item in value.items()
        }
    return [for_screen(item) for item in value] if isinstance(value, list) else value


def _names(of: Calculated, language: Language) -> dict[str, str]:
    return {key: name.in_(language) for key, name in process_names(of.study).items()}


def _draws_table(of: Calculated, language: Language) -> Table:
    return chart_tables.draws_table(of.result, of.analyses.simulation, language) if of.analyses.simulation else Table((), ())


def provenance(of: Calculated, language: Language) -> tuple[str, ...]:
    """Where the numbers of a chart come from: snapshot, engine, GWP set, rule and day; the same under each chart, in each file."""
    result = of.result
    words = (
        (Text("快照", "Snapshot"), result.result_hash),
        (Text("引擎", "Engine"), str(result.manifest.get("engine", ""))),
        (Text("增温潜势", "GWP set"), str(result.manifest.get("gwp", "")).partition("+")[0]),
        (Text("规则", "Rule"), result.rule or "GB/T 24067"),
        (Text("核算日期", "Calculated on"), of.on.isoformat()),
    )
    first, *others = (f"{name.in_(language)}{'：' if language == 'zh' else ': '}{value}" for name, value in words)
    return first, " · ".join(others)


CHARTS: dict[str, Chart] = {
    "stages": Chart(
        title=Text("各生命周期阶段的贡献", "Contribution of each life cycle stage"),
        description=Text("一条按阶段堆叠的横条，抵减在零的左侧。", "One bar stacked by stage; credits lie left of zero."),
        height=lambda _: 175,
        option=lambda of, language: charts.stage_bar(of.result, language),
        table=lambda of, language: chart_tables.stage_table(of.result, language),
    ),
    "flows": Chart(
        title=Text("排放沿产品系统的流向", "How emissions flow through the product system"),
        description=Text(
            "桑基图：左为投入，右为产品，带宽为排放量。", "Sankey: inputs on the left, the product on the right, widths are emissions."
        ),
        height=lambda of: 360 + 15 * min(20, len(of.result.by_stage) + len(of.result.contributions)),
        option=_flows,
        table=lambda of, language: chart_tables.flow_table(of.result, _names(of, language), language),
    ),
    "contributions": Chart(
        title=Text("贡献最大的项目", "Largest contributions"),
        description=Text(
            "每项一条横条，按阶段着色，标有数值、占比和累计占比。",
            "A bar for each item, coloured by stage, with value, share and share so far.",
        ),
        height=lambda of: 112 + 36 * min(11, len(of.result.contributions)),
        option=lambda of, language: charts.top_contributions(of.result, language),
        table=lambda of, language: chart_tables.contribution_table(of.result, _names(of, language), language),
    ),
    "inputs": Chart(
        title=Text("各项投入的贡献与数据质量", "Inputs by contribution and data quality"),
        description=Text(
            "矩形树图：面积为贡献，颜色、图案和文字为数据质量；小于零的项不画，列在表中。",
            "Treemap: areas are contributions; colour, pattern and words say the data quality. What is below zero is not drawn and stands in the table.",
        ),
        height=lambda _: 420,
        option=lambda of, language: treemap.treemap(of.result, language),
        table=lambda of, language: chart_tables.treemap_table(of.result, language),
    ),
    "sensitivity": Chart(
        title=Text("各项变动 ±10 % 时的总量", "The total when an input moves by ±10 %"),
        description=Text(
            "每项一条横条，从最低总量到最高总量，竖线为本结果。",
            "A bar for each item from the lowest to the highest total; the line is this result.",
        ),
        height=lambda of: 82 + 37 * max(1, len(of.analyses.sensitivity)),
        option=_swings,
        table=lambda of, language: chart_tables.sensitivity_table(of.result, of.analyses.sensitivity, language),
    ),
    "draws": Chart(
        title=Text("抽样总量的分布", "Distribution of drawn totals"),
        description=Text("直方图：深色为中间 95 %，两端有点纹。", "Histogram: the middle 95 % is dark, the ends are dotted."),
        height=lambda _: 300,
        option=_draws,
        table=_draws_table,
    ),
}
