"""Drafts and dry runs as their pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zuji.documents.chart_tables import Table, waterfall_table
from zuji.documents.charts import per_unit
from zuji.documents.numerals import MINUS, percent, places_for, written
from zuji.documents.waterfall import Step, signed, step_places, waterfall
from zuji.engine.comparison import Comparison, Effect
from zuji.engine.quantities import apportion, exact_sum, round_half_even
from zuji.engine.text import Language, Text, same
from zuji.registry.republication.impact import Class
from zuji.registry.republication.queries import Sheet
from zuji.web.pages.footprints.charts import for_screen

TITLE = Text("变化的来源", "What makes it change")
DESCRIPTION = Text(
    "瀑布图：从原总量，经每个更新的因子，到新总量。", "Waterfall: from the old total, by each factor that was republished, to the new one."
)
_LONGEST = 18
_BEFORE, _AFTER = Text("原总量", "Old total"), Text("新总量", "New total")


@dataclass(frozen=True, slots=True)
class Bar:
    """A class of the histogram as it is drawn: ``share`` of the largest class in percent."""

    label: Text
    count: int
    share: int
    way: str


def steps(comparison: Comparison, names: Mapping[str, Text]) -> tuple[Step, ...]:
    """The old total, every factor with its change, the new total; rounded together, so that they add up as shown."""
    by_factor = _by_factor(comparison.effects)
    totals = [Fraction(comparison.total_before), Fraction(comparison.total_after)]
    places = step_places(totals, by_factor.values())
    quantum = Fraction(1, 10**places)
    ends = [round_half_even(total, quantum) for total in totals]
    texts = _together(by_factor, exact_sum([ends[1], -ends[0]]), quantum)
    made = [Step(None, _BEFORE, Decimal(0), comparison.total_before, comparison.total_before, written(ends[0], places))]
    at = comparison.total_before
    for reference, value in by_factor.items():
        end = exact_sum([at, value])
        label = names.get(reference, same(reference))
        made.append(Step("factor", label, at, end, value, signed(texts[reference], places, exact=value)))
        at = end
    made.append(Step(None, _AFTER, Decimal(0), comparison.total_after, comparison.total_after, written(ends[1], places)))
    return tuple(made)


def option(found: Sheet, made: Sequence[Step], language: Language) -> dict[str, object]:
    """The waterfall as the page draws it, with names that fit its axis."""
    short = [replace(step, label=_short(step.label)) for step in made]
    return dict(for_screen(waterfall(short, per_unit(found.footprint.calculated.result), language)))


def table(found: Sheet, made: Sequence[Step], language: Language) -> Table:
    """The numbers of the waterfall."""
    return waterfall_table(made, per_unit(found.footprint.calculated.result), language)


def height(made: Sequence[Step]) -> int:
    """Of the waterfall, in CSS pixels."""
    return 70 + 38 * len(made)


def change_text(before: Decimal, after: Decimal) -> tuple[str, str]:
    """A change and its share of the old total, as shown."""
    change = exact_sum([after, -before])
    places = places_for(abs(change), 3) if change else 0
    share = percent(change / before) if before else None
    shown = share or "—"
    return signed(round_half_even(Fraction(change), Fraction(1, 10**places)), places, exact=change), shown if shown[
        :1
    ] in "−—<" else f"+{shown}"


def bars(classes: Sequence[Class]) -> tuple[Bar, ...]:
    """The classes of a histogram as they are drawn."""
    return histogram([{"above": each.low, "to": each.high, "footprints": each.count} for each in classes])


def histogram(classes: Sequence[Mapping[str, Any]]) -> tuple[Bar, ...]:
    """The classes of a dry run from the largest fall to the largest rise, without the empty ones at both ends."""
    counts = [each["footprints"] for each in classes]
    filled = [place for place, count in enumerate(counts) if count]
    if not filled:
        return ()
    most = max(counts)
    shown = classes[filled[0] : filled[-1] + 1]
    return tuple(Bar(_class(each["above"], each["to"]), each["footprints"], _share(each["footprints"], most), _way(each)) for each in shown)


def movers(found: Sequence[Mapping[str, Any]] | None) -> tuple[tuple[Text, str, str], ...] | None:
    """The enterprises that move most: name, code, and the change in percent with its sign; None where the reader is not shown them."""
    if found is None:
        return None
    return tuple((Text(**each["name"]), each["enterprise"], _signed(each["percent"])) for each in found)


def _signed(text: str) -> str:
    return text.replace("-", MINUS) if text.startswith("-") else f"+{text}"


def _share(count: int, most: int) -> int:
    return max(1, round(100 * count / most)) if count else 0


def _way(each: Mapping[str, Any]) -> str:
    return "same" if each["above"] == each["to"] == 0 else "fall" if each["to"] is not None and each["to"] <= 0 else "rise"


def _class(low: int | None, high: int | None) -> Text:
    if low == high == 0:
        return Text("不变", "no change")
    if low is None:
        return Text(f"降 {-(high or 0)}% 以上", f"falls by over {-(high or 0)}%")
    if high is None:
        return Text(f"升 {low}% 以上", f"rises by over {low}%")
    if high <= 0:
        return Text(f"降 {-high}%–{-low}%", f"falls by {-high}–{-low}%")
    return Text(f"升 {low}%–{high}%", f"rises by {low}–{high}%")


def _by_factor(effects: Sequence[Effect]) -> dict[str, Decimal]:
    """The change by the new version that brings it, the largest first."""
    found: dict[str, Decimal] = {}
    for effect in effects:
        reference = effect.after.reference or effect.before.reference
        found[reference] = exact_sum([found.get(reference, Decimal(0)), effect.value])
    return dict(sorted(found.items(), key=lambda each: (-abs(each[1]), each[0])))


def _together(parts: Mapping[str, Decimal], total: Decimal, quantum: Fraction) -> dict[str, Decimal]:
    """The parts rounded so that they sum to ``total``, itself rounded already: what is over goes to the largest, which comes first."""
    if not parts:
        return {}
    over = Fraction(total) - sum((Fraction(value) for value in parts.values()), Fraction(0))
    largest = next(iter(parts))
    _, shown = apportion([(name, Fraction(value) + (over if name == largest else 0)) for name, value in parts.items()], quantum)
    return dict(zip(parts, shown, strict=True))


def _short(text: Text) -> Text:
    return Text(
        *(each if len(each) <= most else each[: most - 1] + "…" for each, most in zip(text, (_LONGEST // 2, _LONGEST), strict=True))
    )
