"""The charts of a result page: one option for the browser, and the same option drawn here for those without a script."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from zuji.documents import charts, sankey
from zuji.engine.study import Study
from zuji.engine.text import Language, Text
from zuji.registry.footprints.queries import Calculated

Option = dict[str, object]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart by its name in the address; ``height`` in CSS pixels at a width of :data:`WIDTH`."""

    title: Text
    height: Callable[[Calculated], int]
    option: Callable[[Calculated, Language], Option]


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
    names = {key: name.in_(language) for key, name in process_names(of.study).items()}
    return sankey.sankey(of.result, names, language)


def _swings(of: Calculated, language: Language) -> Option:
    return charts.sensitivity_bars(of.result, [(row.label.in_(language), row.low, row.high) for row in of.analyses.sensitivity])


def _draws(of: Calculated, language: Language) -> Option:
    del language
    return charts.histogram(of.result, of.analyses.simulation) if of.analyses.simulation else {"series": []}


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


CHARTS: dict[str, Chart] = {
    "stages": Chart(
        title=Text("各生命周期阶段的贡献", "Contribution of each life cycle stage"),
        height=lambda _: 175,
        option=lambda of, language: charts.stage_bar(of.result, language),
    ),
    "flows": Chart(
        title=Text("排放沿产品系统的流向", "How emissions flow through the product system"),
        height=lambda of: 360 + 15 * min(20, len(of.result.by_stage) + len(of.result.contributions)),
        option=_flows,
    ),
    "contributions": Chart(
        title=Text("贡献最大的项目", "Largest contributions"),
        height=lambda of: 112 + 36 * min(11, len(of.result.contributions)),
        option=lambda of, language: charts.top_contributions(of.result, language),
    ),
    "sensitivity": Chart(
        title=Text("各项变动 ±10 % 时的总量", "The total when an input moves by ±10 %"),
        height=lambda of: 82 + 37 * max(1, len(of.analyses.sensitivity)),
        option=_swings,
    ),
    "draws": Chart(
        title=Text("抽样总量的分布", "Distribution of drawn totals"),
        height=lambda _: 300,
        option=_draws,
    ),
}
