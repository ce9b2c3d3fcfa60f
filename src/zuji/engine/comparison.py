"""Why two versions of a product's footprint differ: the difference by driver, whose parts sum to it exactly.

Each line that both versions have is a product of what can change (:mod:`zuji.engine.line_matching`); its difference is shared among what did
change by the Shapley value (:mod:`zuji.engine.shapley`), so that no order of the changes is preferred. A line of one version alone counts
whole, as added or removed. What allocation does is found by solving each version with the other's shares. Sources: ISO 14067:2018 6.3.3
(only like is compared with like); structural decomposition as in Dietzenbacher & Los 1998, doi 10.1080/09535319800000023.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from zuji.engine.errors import EngineError
from zuji.engine.line_matching import Traced, main_products, matched, output_unit, per_amount, traced
from zuji.engine.process_scales import mixed_scales
from zuji.engine.quantities import apportion, exact_sum, round_half_even
from zuji.engine.shapley import shapley
from zuji.engine.solution import Solution
from zuji.engine.study import Study
from zuji.engine.text import Text

QUANTUM = Fraction(1, 10**12)
CLAUSE = "ISO 14067:2018 6.3.3"
Driver = Literal["activity", "electricity", "factor", "gwp", "structure", "allocation", "declared_unit", "added", "removed"]
Cause = Literal["activity", "factor", "gwp", "structure", "allocation", "declared_unit", "added", "removed"]
DRIVERS: tuple[Driver, ...] = ("activity", "electricity", "factor", "gwp", "structure", "allocation", "declared_unit", "added", "removed")
_ZERO = Fraction(0)
_OF_LINE: tuple[Cause, ...] = ("activity", "factor", "gwp", "structure", "allocation", "declared_unit")


class NotComparable(EngineError):
    """Two footprints whose difference means nothing; ``reasons`` says why, each in both languages."""

    def __init__(self, reasons: Sequence[Text]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(Text("；".join(reason.zh for reason in reasons), "; ".join(reason.en for reason in reasons)))


@dataclass(frozen=True, slots=True)
class Side:
    """What stood on one side of a change: an amount in a unit, a factor's reference, or both."""

    amount: Fraction | None = None
    unit: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """One change and what it did to the total: ``exact``, and as ``value`` rounded so that all values sum to the rounded difference.

    ``instead`` says of a line that was added or removed what it is on the other side: a ``gap``, ``cut_off``, or nothing.
    """

    driver: Driver
    cause: Cause
    process: str
    label: Text
    before: Side
    after: Side
    exact: Fraction
    value: Decimal = Decimal(0)
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two totals in kgCO2e per declared unit, and the difference by driver. ``by_driver`` holds every driver that acts, in order."""

    before: Fraction
    after: Fraction
    total_before: Decimal
    total_after: Decimal
    by_driver: dict[Driver, Decimal]
    effects: tuple[Effect, ...]

    @property
    def change(self) -> Decimal:
        """The rounded difference: the sum of ``by_driver``, and of the effects."""
        return exact_sum([self.total_after, -self.total_before])


def compare(before: Solution, after: Solution, *, one_product: bool = False) -> Comparison:
    """The difference between two versions of one product, ``after`` less ``before``, by driver. Raises :class:`NotComparable`.

    ``one_product``: whether it is known already that both are of one product, whatever their studies are called.
    """
    units = (before.system.declared[1], after.system.declared[1])
    refuse_unlike(before.system.study, after.system.study, *units, one_product=one_product)
    world = _World(before, after)
    pairs, removed, added = matched(traced(before), traced(after))
    effects = [effect for one, other in pairs for effect in world.line(one, other)]
    effects += [_alone("removed", line, before, after) for line in removed]
    effects += [_alone("added", line, after, before) for line in added]
    gathered = [effect for effect in (*effects, *world.gathered()) if effect.exact]
    start, end = (round_half_even(solution.total, QUANTUM) for solution in (before, after))
    rounded = _rounded(gathered, exact_sum([end, -start]))
    by_driver = {d: exact_sum(e.value for e in rounded if e.driver == d) for d in DRIVERS if any(e.driver == d for e in rounded)}
    return Comparison(before.total, after.total, start, end, by_driver, rounded)


def refuse_unlike(before: Study, after: Study, unit_before: str, unit_after: str, *, one_product: bool = False) -> None:
    """Raise :class:`NotComparable` unless product, boundary, stages, dimension of the declared unit and product rule agree (ISO 14067:2018 6.3.3).

    Two studies are of one product where they have the same id, or where the caller knows it (``one_product``).
    """
    left = [", ".join(sorted(stage.stage for stage in study.excluded_stages)) or "—" for study in (before, after)]
    checks = (
        ("产品（研究编号）", "product (study id)", before.id, before.id if one_product else after.id),
        ("系统边界", "system boundary", before.boundary, after.boundary),
        ("边界外的生命周期阶段", "life cycle stages left out", *left),
        ("声明单位的量纲", "dimension of the declared unit", unit_before, unit_after),
        ("产品规则", "product rule", before.rule or "GB/T 24067", after.rule or "GB/T 24067"),
    )
    reasons = [Text(f"{zh}不同：{one} 与 {two}", f"different {en}: {one} and {two}") for zh, en, one, two in checks if one != two]
    if reasons:
        raise NotComparable(reasons)


class _World:
    """What both versions have in common beyond single lines: demand, scales, GWP sets."""

    def __init__(self, before: Solution, after: Solution) -> None:
        self.sides = (before, after)
        self.demand = tuple(solution.system.declared[0] for solution in self.sides)
        self.scales, self.apart = mixed_scales(before, after)
        self.sums: dict[tuple[Cause, str], Fraction] = {}

    def line(self, one: Traced, other: Traced) -> list[Effect]:
        """The effects of a line that both versions have; those of scale, allocation and declared unit are gathered for all lines."""
        factors = self._factors(one, other)
        amounts = (one.amount, other.amount)
        causes = [cause for cause in _OF_LINE if self._acts(cause, one.process, amounts, factors)]

        def value(changed: Collection[str]) -> Fraction:
            a, f, g, s, al, d = (int(cause in changed) for cause in _OF_LINE)
            return self.demand[d] * self.scales[s, al][one.process] * amounts[a] * factors[f, g]

        found = []
        for cause, exact in shapley(causes, value).items():
            if cause in {"activity", "factor", "gwp"}:
                found.append(self._effect(cause, one, other, exact))
            else:
                key = (cause, one.process if cause == "structure" else "")
                self.sums[key] = self.sums.get(key, _ZERO) + exact
        return found

    def _acts(self, cause: Cause, process: str, amounts: tuple[Fraction, Fraction], factors: Mapping[tuple[int, int], Fraction]) -> bool:
        """Whether a cause differs between the versions for this line: what does not differ contributes nothing, and need not be asked."""
        if cause == "activity":
            return amounts[0] != amounts[1]
        if cause in {"factor", "gwp"}:
            own = (1, 0) if cause == "factor" else (0, 1)
            return factors[0, 0] != factors[own] or factors[1, 1] != factors[1 - own[0], 1 - own[1]]
        if cause == "declared_unit":
            return self.demand[0] != self.demand[1]
        own = (1, 0) if cause == "structure" else (0, 1)
        ways = {key: scales[process] for key, scales in self.scales.items()}
        return ways[0, 0] != ways[own] or ways[1, 1] != ways[1 - own[0], 1 - own[1]]

    def _factors(self, one: Traced, other: Traced) -> dict[tuple[int, int], Fraction]:
        """kgCO2e per unit of amount with the factor and the GWP set of either version; a factor that an amount of zero hides is the other's."""
        parts = (one.parts or other.parts or (), other.parts or one.parts or ())
        sets = (self.sides[0].gwp, self.sides[1].gwp)
        own = {(k, k): per_amount(parts[k], sets[k]) for k in (0, 1)}
        if sets[0].digest == sets[1].digest:
            return {(f, g): own[f, f] for f in (0, 1) for g in (0, 1)}
        try:
            return own | {(f, 1 - f): per_amount(parts[f], sets[1 - f]) for f in (0, 1)}
        except EngineError:  # one set has no value for a gas of the other version: factor and set cannot be told apart
            return {(f, g): own[f, f] for f in (0, 1) for g in (0, 1)}

    def _effect(self, cause: Cause, one: Traced, other: Traced, exact: Fraction) -> Effect:
        driver: Driver = cause if cause == "gwp" or not (one.electricity or other.electricity) else "electricity"
        if cause == "activity":
            unit, size = _own_unit(self.sides[1], one.process)
            sides = [Side(line.amount * size, f"{line.unit}/{unit}") for line in (one, other)]
        elif cause == "factor":
            lines = zip((one, other), self.sides, strict=True)
            sides = [Side(per_amount(line.parts or (), of.gwp), f"kgCO2e/{line.unit}", line.reference) for line, of in lines]
        else:
            sides = [Side(reference=of.gwp.reference) for of in self.sides]
        return Effect(driver, cause, one.process, other.label, sides[0], sides[1], exact)

    def gathered(self) -> list[Effect]:
        """Scale by process, allocation and declared unit as a whole: they act on all lines at once."""
        found = []
        for (cause, process), exact in sorted(self.sums.items()):
            sides, label = [Side(), Side()], Text("声明单位", "declared unit")
            if cause == "structure":
                label, sides = _process_label(self.sides[1], process), self._scale_sides(process)
            elif cause == "allocation":
                names = [_process_label(self.sides[1], changed) for changed in self.apart]
                label = Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))
            else:
                sides = [Side(*of.system.declared) for of in self.sides]
            found.append(Effect(cause, cause, process, label, sides[0], sides[1], exact))
        return found

    def _scale_sides(self, process: str) -> list[Side]:
        """How much of a process's main product one declared unit takes."""
        unit, size = _own_unit(self.sides[1], process)
        return [Side(self.scales[k, k][process] * self.demand[k] / size, unit) for k in (0, 1)]


def _alone(driver: Literal["added", "removed"], line: Traced, own: Solution, other: Solution) -> Effect:
    """A line of one version alone: all that it carries. A credit is the allocation's, electricity the electricity's."""
    exact = own.by_line[line.id] * (1 if driver == "added" else -1)
    unit, size = _own_unit(own, line.process)
    side = Side(line.amount * size, f"{line.unit}/{unit}", line.reference)
    ends = (Side(), side) if driver == "added" else (side, Side())
    where = (line.process, line.label.zh)
    instead = "gap" if any((g.process, g.label.zh) == where for g in other.system.gap_lines) else ""
    if any((c.process, c.label.zh) == where for c in other.system.cut_lines):
        instead = "cut_off"
    named: Driver = "allocation" if line.credit else "electricity" if line.electricity else driver
    return Effect(named, driver, line.process, line.label, ends[0], ends[1], exact, instead=instead)


def _own_unit(solution: Solution, process: str) -> tuple[str, Fraction]:
    """The unit in which a process's main product was entered, and how much of the canonical unit it is."""
    product = main_products(solution)[process]
    return product.unit, output_unit(product)[1] / product.amount


def _process_label(solution: Solution, process: str) -> Text:
    named = next((p.name.text for p in solution.system.study.processes if p.id == process and p.name), None)
    return named or Text(process, process)


def _rounded(effects: Sequence[Effect], change: Decimal) -> tuple[Effect, ...]:
    """The effects with values that sum to the rounded difference: what rounding both totals leaves goes to the largest effect."""
    if not effects:
        return ()
    ordered = sorted(effects, key=lambda e: (-abs(e.exact), e.driver, e.cause, e.process, e.label, e.before.reference, e.after.reference))
    residue = Fraction(change) - sum((e.exact for e in effects), _ZERO)
    shifted = [(place, e.exact if place else e.exact + residue) for place, e in enumerate(ordered)]
    _, values = apportion(shifted, QUANTUM)
    return tuple(replace(e, value=value) for e, value in zip(ordered, values, strict=True))
