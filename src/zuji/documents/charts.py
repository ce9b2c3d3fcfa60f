"""Charts as ECharts options: plain dictionaries that a page and a report draw alike.

Every option is JSON; every label carries its number, so that no chart speaks by colour alone. Values in an option are
floats for drawing only; what is written are the decimal strings of the result.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from zuji.documents import theme
from zuji.documents.echarts import svg
from zuji.documents.numerals import Column, Percentages, percent, shown
from zuji.documents.parts import LISTED, ranked, shares_of, values_of
from zuji.documents.wording import STAGES, chart_name, clipped, term
from zuji.engine.results import Contribution, Result
from zuji.engine.simulation import Simulation
from zuji.engine.study import STAGES as STAGE_ORDER
from zuji.engine.text import Language, Text

__all__ = [
    "OTHER", "UNIT", "bins_of", "frequencies", "histogram", "named_bars", "per_unit", "range_bars", "sensitivity_bars", "stage_bar", "svg",
    "top_contributions",
]  # fmt: skip

OTHER = Text("其余", "Other")
_CUMULATIVE = Text("累计", "cum.")
_DRAWS = Text("抽样次数", "number of draws")
BINS = 30
UNIT = "kgCO₂e"
Option = dict[str, object]


def stage_bar(result: Result, language: Language) -> Option:
    """One stacked bar of the total by life cycle stage; credits and removals lie left of zero."""
    column = Column(result.by_stage, result.total)
    shares = Percentages(result.by_stage, result.total)
    size = sum((abs(v) for v in result.by_stage.values()), Decimal(0)) or Decimal(1)
    series = []
    for stage, value in _ordered(result.by_stage):
        share = shares.text(stage)
        name = f"{term(STAGES, stage, language)}  {column.text(stage)}" + (f"  ({share})" if share else "")
        wide = abs(value) / size > Decimal("0.09")
        bar = _bar(name, stage, [float(value)])
        bar["label"] = {**_label(theme.STAGE_LABELS.get(stage, theme.INK)), "show": wide, "position": "inside", "formatter": share or ""}
        series.append(bar)
    return {
        **_canvas(),
        "grid": {"left": 8, "right": 24, "top": 12, "height": 54, "containLabel": False},
        "legend": _legend(top=104),
        "xAxis": _value_axis(per_unit(result), gap=24),
        "yAxis": {"type": "category", "data": [""], "axisLine": {"lineStyle": {"color": theme.GREY}}, "axisTick": {"show": False}},
        "series": series,
    }


def top_contributions(result: Result, language: Language, most: int = LISTED) -> Option:
    """The largest contributions as bars, coloured by stage, with their share and the share of all so far; the rest as one bar."""
    ordered, column, shares = ranked(result), values_of(result), shares_of(result)
    rows, others = ordered[:most], [c.item for c in ordered[most:]]
    names = [chart_name(f"{i}. {c.label.in_(language)}", 178) for i, c in enumerate(rows, 1)]
    texts = [
        _pair(column.text(c.item), shares.text(c.item)) + after
        for c, after in zip(rows, _cumulated(rows, result.total, language), strict=True)
    ]
    stages = [c.stage for c in rows]
    values = [c.value for c in rows]
    if others:
        names.append(OTHER.in_(language))
        texts.append(_pair(column.together(others), shares.together(others)))
        stages.append("")
        values.append(result.total - sum(values, Decimal(0)))
    series = []
    for stage in [s for s in (*STAGE_ORDER, "") if s in stages]:
        data = [
            {"value": float(v), "label": {"formatter": t}} if s == stage else None for v, s, t in zip(values, stages, texts, strict=True)
        ]
        bar = _bar(term(STAGES, stage, language) if stage else OTHER.in_(language), stage, data)
        bar["label"] = {**_label(theme.INK), "show": True, "position": "right"}
        series.append(bar)
    return {
        **_canvas(),
        "grid": {"left": 190, "right": 160, "top": 36, "bottom": 34, "containLabel": False},
        "legend": _legend(top=0),
        "xAxis": _value_axis(per_unit(result), gap=22),
        "yAxis": {
            "type": "category",
            "data": names,
            "inverse": True,
            "axisLine": {"lineStyle": {"color": theme.GREY}},
            "axisTick": {"show": False},
            "axisLabel": {"color": theme.INK, "fontSize": 11, "margin": 8, "interval": 0},
        },
        "series": series,
    }


def sensitivity_bars(result: Result, rows: Sequence[tuple[str, Decimal, Decimal]]) -> Option:
    """From the lowest to the highest total for each changed assumption, around the total of the study."""
    return range_bars(rows, result.total, per_unit(result))


def range_bars(rows: Sequence[tuple[str, Decimal, Decimal]], total: Decimal, unit: str) -> Option:
    """From the lowest to the highest total for each of some changes, the widest first, around the total; ``unit``: of all of them."""
    ordered = sorted(rows, key=lambda row: -(abs(row[2] - row[1])))
    names = [chart_name(label, 232) for label, _, _ in ordered]
    lows = [min(low, high) for _, low, high in ordered]
    highs = [max(low, high) for _, low, high in ordered]
    edges = [*lows, *highs, total]
    room = (max(edges) - min(edges)) or Decimal(1)
    bars: list[object] = [
        {"value": float(high - low), "label": {"formatter": f"{shown(low)} – {shown(high)}"}} for low, high in zip(lows, highs, strict=True)
    ]
    hidden: Option = {
        "type": "bar",
        "stack": "range",
        "data": [float(low) for low in lows],
        "itemStyle": {"color": "transparent"},
        "silent": True,
    }
    visible = _bar("", "production", bars)
    visible["stack"] = "range"
    visible["label"] = {**_label(theme.INK), "show": True, "position": "right"}
    total_label: Option = {**_label(theme.ACCENT), "formatter": shown(total), "position": "start"}
    visible["markLine"] = {
        "symbol": "none",
        "lineStyle": {"color": theme.ACCENT, "width": 1.2, "type": "solid"},
        "label": total_label,
        "data": [{"xAxis": float(total)}],
    }
    axis = _value_axis(unit, gap=12)
    axis.update(min=float(min(edges) - room / 10), max=float(max(edges) + room / 10), axisLabel={"show": False})
    return {
        **_canvas(),
        "grid": {"left": 246, "right": 120, "top": 22, "bottom": 30, "containLabel": False},
        "xAxis": axis,
        "yAxis": {
            "type": "category",
            "data": names,
            "inverse": True,
            "axisLine": {"lineStyle": {"color": theme.GREY}},
            "axisTick": {"show": False},
            "axisLabel": {"color": theme.INK, "fontSize": 11, "interval": 0},
        },
        "series": [hidden, visible],
    }


def bins_of(simulation: Simulation, bins: int = BINS) -> list[tuple[Decimal, Decimal, int]]:
    """Ranges of equal width from the lowest to the highest drawn total, and how many draws fall into each; they sum to all draws."""
    low, high = simulation.percentile(0), simulation.percentile(100)
    width = (high - low) / bins or 1.0
    counts = [0] * bins
    for total in simulation.totals.tolist():
        counts[min(int((total - low) / width), bins - 1)] += 1
    edges = [Decimal(repr(low + k * width)) for k in range(bins + 1)]
    return [(edges[k], edges[k + 1], count) for k, count in enumerate(counts)]


def histogram(result: Result, simulation: Simulation, language: Language) -> Option:
    """How often the drawn totals fall where; the bins that hold the middle 95 % are darker, those outside are hatched."""
    inner = (simulation.percentile(2.5), simulation.percentile(97.5))
    return frequencies(bins_of(simulation), inner, per_unit(result), language)


def frequencies(found: Sequence[tuple[Decimal, Decimal, int]], inner: tuple[float, float], unit: str, language: Language) -> Option:
    """How many of something fall into each bin; bins whose middle lies outside ``inner`` are hatched."""
    middles = [(low + high) / 2 for low, high, _ in found]
    outside = {"color": theme.OTHER, "decal": theme.STAGE_PATTERNS["distribution"]}
    bars = [
        {"value": count, "itemStyle": {"color": theme.ACCENT} if inner[0] <= float(middle) <= inner[1] else outside}
        for (_, _, count), middle in zip(found, middles, strict=True)
    ]
    return {
        **_canvas(),
        "grid": {"left": 64, "right": 30, "top": 16, "bottom": 44, "containLabel": False},
        "xAxis": {
            "type": "category",
            "data": [shown(middle, 3) for middle in middles],
            "name": unit,
            "nameLocation": "middle",
            "nameGap": 26,
            "nameTextStyle": {"color": theme.INK, "fontSize": 11},
            "axisLine": {"lineStyle": {"color": theme.GREY}},
            "axisTick": {"show": False},
            "axisLabel": {"color": theme.INK, "fontSize": 11, "interval": 4},
        },
        "yAxis": {
            "type": "value",
            "name": _DRAWS.in_(language),
            "nameLocation": "middle",
            "nameGap": 40,
            "nameTextStyle": {"color": theme.INK, "fontSize": 11},
            "axisLabel": {"color": theme.INK, "fontSize": 11},
            "splitLine": {"lineStyle": {"color": theme.RULE}},
        },
        "series": [{"type": "bar", "barCategoryGap": "8%", "data": bars}],
    }


def named_bars(rows: Sequence[tuple[str, Decimal, str]], unit: str, *, rest: bool) -> Option:
    """A bar for each of some named values with its text; ``rest``: the last is what all others have together."""
    last = len(rows) - 1
    data = [
        {"value": float(value), "label": {"formatter": text}, **({"itemStyle": {"color": theme.OTHER}} if rest and k == last else {})}
        for k, (_, value, text) in enumerate(rows)
    ]
    bar = _bar("", "production", data)
    bar["label"] = {**_label(theme.INK), "show": True, "position": "right"}
    return {
        **_canvas(),
        "grid": {"left": 246, "right": 130, "top": 8, "bottom": 34, "containLabel": False},
        "xAxis": _value_axis(unit, gap=22),
        "yAxis": {
            "type": "category",
            "data": [chart_name(name, 232) for name, _, _ in rows],
            "inverse": True,
            "axisLine": {"lineStyle": {"color": theme.GREY}},
            "axisTick": {"show": False},
            "axisLabel": {"color": theme.INK, "fontSize": 11, "margin": 8, "interval": 0},
        },
        "series": [bar],
    }


def per_unit(result: Result) -> str:
    """The unit of every number of a result: ``kgCO₂e/t``, or with the declared amount where it is not 1."""
    amount, unit = result.declared_amount, clipped(result.declared_unit, 40)
    return f"{UNIT}/{unit}" if amount == "1" else f"{UNIT}/({amount} {unit})"


def _cumulated(rows: Iterable[Contribution], total: Decimal, language: Language) -> list[str]:
    word = _CUMULATIVE.in_(language)
    labels = []
    so_far = Decimal(0)
    for row in rows:
        so_far += row.value
        labels.append(f"  {word} {percent(so_far / total)}" if total else "")
    return labels


def _pair(value: str, share: str | None) -> str:
    return value + (f"  ({share})" if share else "")


def _ordered(by_stage: dict[str, Decimal]) -> list[tuple[str, Decimal]]:
    known = [(stage, by_stage[stage]) for stage in STAGE_ORDER if stage in by_stage]
    return known + [(stage, value) for stage, value in by_stage.items() if stage not in STAGE_ORDER]


def _canvas() -> Option:
    return {"animation": False, "textStyle": {"fontFamily": theme.CHART_FACES, "color": theme.INK}, "backgroundColor": "transparent"}


def _bar(name: str, stage: str, data: Sequence[object]) -> Option:
    style: Option = {"color": theme.STAGE_COLOURS.get(stage, theme.OTHER), "borderColor": "#ffffff", "borderWidth": 1}
    if stage in theme.STAGE_PATTERNS:
        style["decal"] = theme.STAGE_PATTERNS[stage]
    return {
        "type": "bar",
        "name": name,
        "stack": "total",
        "barMaxWidth": 46,
        "barCategoryGap": "32%",
        "itemStyle": style,
        "data": list(data),
    }


def _label(colour: str) -> Option:
    return {"color": colour, "fontSize": 11, "textBorderWidth": 0}


def _legend(top: int) -> Option:
    return {
        "top": top,
        "left": 8,
        "itemWidth": 16,
        "itemHeight": 10,
        "itemGap": 18,
        "textStyle": {"color": theme.INK, "fontSize": 11},
        "selectedMode": False,
    }


def _value_axis(name: str, gap: int) -> Option:
    return {
        "type": "value",
        "name": name,
        "nameLocation": "end" if not gap else "middle",
        "nameGap": gap,
        "nameTextStyle": {"color": theme.GREY, "fontSize": 11},
        "axisLabel": {"color": theme.GREY, "fontSize": 11, "hideOverlap": True},
        "splitLine": {"lineStyle": {"color": "#e6eaec"}},
        "axisLine": {"show": False},
    }
