"""The waterfall of a comparison: from the total of one version, driver by driver, to that of the other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zuji.documents import theme
from zuji.documents.charts import Option
from zuji.documents.numerals import MINUS, places_for, written
from zuji.engine.comparison import Comparison, Driver
from zuji.engine.quantities import apportion, exact_sum, round_half_even
from zuji.engine.text import Language, Text

DRIVERS: dict[Driver, Text] = {
    "activity": Text("活动数据", "Activity data"),
    "electricity": Text("电力", "Electricity"),
    "factor": Text("因子", "Factors"),
    "gwp": Text("增温潜势", "GWP set"),
    "structure": Text("结构", "Structure"),
    "allocation": Text("分配", "Allocation"),
    "declared_unit": Text("声明单位", "Declared unit"),
    "added": Text("新增的行", "Lines added"),
    "removed": Text("删除的行", "Lines removed"),
}
_NOT_FROM_ZERO = Text("（横轴不从 0 开始）", " (axis does not begin at 0)")
_RISE = {
    "color": "#8a5a00",
    "decal": {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [1, 6], "rotation": 0.785, "color": "rgba(255,255,255,0.45)"},
}
_FALL = {"color": "#2f7d8b"}
_WHOLE = {"color": theme.ACCENT}


@dataclass(frozen=True, slots=True)
class Step:
    """A bar: a total (``driver`` None) or what a driver did. ``value`` is exact to 1e-12, ``text`` as shown; shown steps lead from total to total."""

    driver: str | None
    label: Text
    start: Decimal
    end: Decimal
    value: Decimal
    text: str


def steps(comparison: Comparison, before: Text, after: Text) -> tuple[Step, ...]:
    """The total of ``before``, every driver in order, the total of ``after``. Start, drivers and end are rounded together, so that they add up as shown."""
    changes = [(driver, DRIVERS[driver], value) for driver, value in comparison.by_driver.items()]
    return steps_between((before, comparison.total_before), (after, comparison.total_after), changes)


def steps_between(start: tuple[Text, Decimal], end: tuple[Text, Decimal], changes: Sequence[tuple[str, Text, Decimal]]) -> tuple[Step, ...]:
    """From one named total by named changes, each with a key of its own, to another. The changes sum to what is between the totals."""
    totals = [Fraction(total) for _, total in (start, end)]
    places = step_places(totals, [value for _, _, value in changes])
    quantum = Fraction(1, 10**places)
    ends = [round_half_even(total, quantum) for total in totals]
    texts = rounded_to([(key, value) for key, _, value in changes], exact_sum([ends[1], -ends[0]]), quantum)
    made = [Step(None, start[0], Decimal(0), start[1], start[1], written(ends[0], places))]
    at = start[1]
    for key, label, value in changes:
        made.append(Step(key, label, at, exact_sum([at, value]), value, signed(texts[key], places, exact=value)))
        at = exact_sum([at, value])
    made.append(Step(None, end[0], Decimal(0), end[1], end[1], written(ends[1], places)))
    return tuple(made)


def step_places(totals: Iterable[Fraction], changes: Iterable[Decimal]) -> int:
    """The decimals of all steps: four figures of the larger total, and more (up to three) where the largest change would have less than three."""
    places = places_for(max(map(abs, totals)))
    change = max(map(abs, changes), default=Decimal(0))
    return max(places, min(places_for(change, 3), places + 3)) if change else places


def rounded_to(parts: Sequence[tuple[str, Decimal]], total: Decimal, quantum: Fraction) -> dict[str, Decimal]:
    """The parts rounded so that they sum to ``total``, itself rounded already: what is over goes to the largest part."""
    if not parts:
        return {}
    over = Fraction(total) - sum((Fraction(value) for _, value in parts), Fraction(0))
    largest = max(parts, key=lambda part: abs(part[1]))[0]
    _, shown = apportion([(driver, Fraction(value) + (over if driver == largest else 0)) for driver, value in parts], quantum)
    return {driver: value for (driver, _), value in zip(parts, shown, strict=True)}


def signed(value: Decimal, places: int, *, exact: Decimal) -> str:
    """A change with its sign, plus or minus; one too small for the decimals is below the smallest step, never zero."""
    if not value:
        return "0" if not exact else f"{'+' if exact > 0 else MINUS}<{Decimal(1).scaleb(-places):f}"
    text = written(value, places)
    return text if text.startswith(MINUS) else f"+{text}"


def waterfall(made: Sequence[Step], unit: str, language: Language) -> Option:
    """The option. A bar that crosses zero is drawn on both of its sides; labels carry the sign, and a rise has a pattern of its own."""
    edges = [edge for step in made for edge in ((step.end,) if step.driver is None else (step.start, step.end))]
    low, high = min(edges), max(edges)
    floor = _floor(low, high)
    above_hidden: list[float] = []
    below_hidden: list[float] = []
    above: list[object] = []
    below: list[object] = []
    for step in made:
        bottom, top = min(step.start, step.end), max(step.start, step.end)
        style = _WHOLE if step.driver is None else _RISE if step.value > 0 else _FALL
        above_hidden.append(float(max(bottom, Decimal(0))))
        above.append({"value": float(max(top, Decimal(0)) - max(bottom, Decimal(0))), "itemStyle": style})
        below_hidden.append(float(min(top, Decimal(0))))
        below.append({"value": float(min(bottom, Decimal(0)) - min(top, Decimal(0))), "itemStyle": style})
    room = (high - (floor or min(low, Decimal(0)))) or Decimal(1)
    labels = [{"value": [float(max(step.start, step.end)), place], "label": {"formatter": step.text}} for place, step in enumerate(made)]
    axis: Option = {
        "type": "value",
        "name": unit + (_NOT_FROM_ZERO.in_(language) if floor else ""),
        "nameLocation": "middle",
        "nameGap": 24,
        "nameTextStyle": {"color": theme.GREY, "fontSize": 11},
        "axisLabel": {"color": theme.GREY, "fontSize": 11, "hideOverlap": True, "showMinLabel": not floor, "showMaxLabel": False},
        "splitLine": {"lineStyle": {"color": "#e6eaec"}},
        "max": float(max(high, Decimal(0)) + room / 20),
    }
    if floor:
        axis["min"] = float(floor)
    return {
        "animation": False,
        "textStyle": {"fontFamily": theme.CHART_FACES, "color": theme.INK},
        "backgroundColor": "transparent",
        "grid": {"left": 128, "right": 92, "top": 8, "bottom": 40, "containLabel": False},
        "xAxis": axis,
        "yAxis": {
            "type": "category",
            "data": [step.label.in_(language) for step in made],
            "inverse": True,
            "axisLine": {"lineStyle": {"color": theme.GREY}},
            "axisTick": {"show": False},
            "axisLabel": {"color": theme.INK, "fontSize": 11, "interval": 0},
        },
        "series": [
            _bars(above_hidden, hidden=True),
            _bars(above),
            _bars(below_hidden, hidden=True),
            _bars(below),
            {
                "type": "scatter",
                "data": labels,
                "symbolSize": 0.1,
                "itemStyle": {"color": theme.INK},
                "silent": True,
                "label": {"show": True, "position": "right", "color": theme.INK, "fontSize": 11, "distance": 5, "textBorderWidth": 0},
            },
        ],
    }


def _floor(low: Decimal, high: Decimal) -> Decimal | None:
    """Where the axis begins when the steps are small beside the totals; None where it holds zero."""
    spread = high - low
    return low - 2 * spread if spread and low > 3 * spread else None


def _bars(data: Sequence[object], *, hidden: bool = False) -> Option:
    bars: Option = {"type": "bar", "stack": "steps", "data": data, "barMaxWidth": 26, "barCategoryGap": "28%"}
    if hidden:
        bars |= {"itemStyle": {"color": "transparent"}, "silent": True}
    return bars
