"""A comparison as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import cast

from zuji.documents.chart_tables import Table, waterfall_table
from zuji.documents.charts import per_unit
from zuji.documents.numerals import Column, entered, places_for, shown
from zuji.documents.waterfall import DRIVERS, Step, signed, step_places, steps, waterfall
from zuji.engine.comparison import Comparison, Effect, Side
from zuji.engine.quantities import decimal_text, exact_sum
from zuji.engine.study import STAGES
from zuji.engine.text import Language, Text, same
from zuji.registry.footprints.comparing import Compared
from zuji.registry.footprints.queries import Sheet
from zuji.web.labels import printed_unit
from zuji.web.pages.footprints.charts import for_screen, process_names, provenance

Option = dict[str, object]
TITLE = Text("差值的来源", "Where the difference comes from")
DESCRIPTION = Text(
    "瀑布图：从一个版本的总量，经各驱动因素，到另一版本的总量。",
    "Waterfall: from the total of one version, driver by driver, to that of the other.",
)
CAUSES = {
    "activity": Text("用量", "amount"),
    "factor": Text("因子", "factor"),
    "gwp": Text("增温潜势", "GWP set"),
    "structure": Text("每声明单位的需要量", "needed per declared unit"),
    "allocation": Text("分担份额", "shares"),
    "declared_unit": Text("数量", "amount"),
    "added": Text("新增", "added"),
    "removed": Text("删除", "removed"),
}
OWN = Text("自有因子", "own factor")
INSTEAD = {
    "gap": Text("另一版本中为缺口", "a gap in the other version"),
    "cut_off": Text("另一版本中被取舍", "cut off in the other version"),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """A life cycle stage in both versions."""

    code: str
    before: str
    after: str
    change: str
    full: Decimal


@dataclass(frozen=True, slots=True)
class Change:
    """One effect in the table of changes."""

    driver: Text
    cause: Text
    label: Text
    process: Text | None
    before: Text
    after: Text
    value: str
    full: Decimal
    instead: Text | None


def both_steps(found: Compared) -> tuple[Step, ...]:
    """The steps from the one version to the other. ``found`` has a comparison."""
    return steps(cast("Comparison", found.comparison), version(found.before), version(found.after))


def version(sheet: Sheet) -> Text:
    """What a version is called."""
    edition, on = sheet.row.edition, sheet.row.calculated_on.isoformat()
    return Text(f"{edition.zh} {on}", f"{edition.en.capitalize()}, {on}")


def option(found: Compared, language: Language) -> Option:
    """The waterfall as the page draws it."""
    return cast("Option", for_screen(waterfall(both_steps(found), per_unit(found.after.calculated.result), language)))


def height(found: Compared) -> int:
    """Of the waterfall, in CSS pixels."""
    return 70 + 38 * (2 + len(cast("Comparison", found.comparison).by_driver))


def table(found: Compared, language: Language) -> Table:
    """The numbers of the waterfall."""
    return waterfall_table(both_steps(found), per_unit(found.after.calculated.result), language)


def about(found: Compared, language: Language) -> tuple[str, ...]:
    """Where the numbers of both come from."""
    return tuple(
        line for sheet in (found.before, found.after) for line in (version(sheet).in_(language), *provenance(sheet.calculated, language))
    )


def stages(found: Compared) -> tuple[tuple[Stage, ...], Stage]:
    """The stages of either version, each column rounded together, and the totals."""
    one, other = (sheet.calculated.result for sheet in (found.before, found.after))
    zero = Decimal(0)
    codes: list[str] = [stage for stage in STAGES if stage in one.by_stage or stage in other.by_stage]
    parts = [({code: result.by_stage.get(code, zero) for code in codes}, result.total) for result in (one, other)]
    places = shown_places(found)
    columns = [Column(values, total, places=places) for values, total in parts]
    rows = []
    for code in codes:
        exact = exact_sum([parts[1][0][code], -parts[0][0][code]])
        change = signed(columns[1].rounded(code) - columns[0].rounded(code), places, exact=exact)
        rows.append(Stage(code, columns[0].text(code), columns[1].text(code), change, exact))
    exact = exact_sum([other.total, -one.total])
    shown_change = columns[1].rounded(*codes) - columns[0].rounded(*codes)
    return tuple(rows), Stage("", columns[0].total, columns[1].total, signed(shown_change, places, exact=exact), exact)


def shown_places(found: Compared) -> int:
    """The decimals of every total and change on the page."""
    totals = [Fraction(sheet.calculated.result.total) for sheet in (found.before, found.after)]
    drivers = found.comparison.by_driver.values() if found.comparison else ()
    return step_places(totals, drivers)


def changes(found: Compared) -> tuple[Change, ...]:
    """Every effect, the largest first; as shown, those of one driver sum to what the waterfall shows only with all their digits."""
    comparison = found.comparison
    if comparison is None:
        return ()
    names = process_names(found.before.calculated.study) | process_names(found.after.calculated.study)
    places = places_for(max((abs(effect.value) for effect in comparison.effects), default=Decimal(1)), 4)
    return tuple(_change(effect, names, places) for effect in comparison.effects)


def _change(effect: Effect, names: dict[str, Text], places: int) -> Change:
    rounded = Decimal(0) if abs(effect.value) * 2 < Decimal(1).scaleb(-places) else effect.value
    return Change(
        driver=DRIVERS[effect.driver],
        cause=CAUSES[effect.cause],
        label=effect.label,
        process=names.get(effect.process) if effect.process and effect.cause != "structure" else None,
        before=_side(effect.before),
        after=_side(effect.after),
        value=signed(rounded, places, exact=effect.value),
        full=effect.value,
        instead=INSTEAD.get(effect.instead),
    )


def _side(side: Side) -> Text:
    amount = [] if side.amount is None else [f"{_amount(side.amount)} {printed_unit(side.unit)}"]
    named = OWN if side.reference.startswith("own-") else same(side.reference)
    return Text(*(" · ".join([*amount, *([name] if name else [])]) or "—" for name in named))


def _amount(amount: Fraction) -> str:
    """An amount as it was entered where it is short, else to four figures."""
    try:
        text = decimal_text(amount)
    except ValueError:
        return shown(amount)
    return entered(text) if len(text) <= 8 else shown(amount)


def gap_changes(before: Sheet, after: Sheet) -> tuple[Sequence[Text], Sequence[Text]]:
    """The gaps of the first version that the second does not have, and the other way round."""
    one, other = ({gap.item: gap.label for gap in sheet.calculated.result.gaps} for sheet in (before, after))
    return [one[k] for k in sorted(one.keys() - other.keys())], [other[k] for k in sorted(other.keys() - one.keys())]
