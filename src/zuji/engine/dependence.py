"""What a total depends on: the exact list of its factor versions, and the coefficient of each.

With runs and amounts as they are, the total is ``constant + Σ activity × value``: ``activity`` is how much of a factor's unit one declared unit
takes (dTotal/dValue), ``value`` the factor in kgCO2e per that unit under the study's GWP set. No factor enters the technosphere or a share of
allocation, so loops, allocation and credits change the coefficients and never the form: a replaced factor gives the new total exactly, without a
solution. Whether a factor may stand in another's place at all is asked by :func:`obstacle`.
Source: Heijungs & Suh, The Computational Structure of Life Cycle Assessment (2002), ch. 6 (perturbation of intervention coefficients is linear).
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from zuji.engine.errors import EngineError
from zuji.engine.factors import FactorSource, FactorVersion
from zuji.engine.impact import CO2E, GwpSet
from zuji.engine.solution import Solution, run_value
from zuji.engine.units import convert, parse_unit

Obstacle = Literal["withdrawn", "kind", "gwp", "gas", "validity", "unit", "state"]
_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Use:
    """One factor version in a total: ``activity`` in its ``per`` unit and per declared unit, ``value`` in kgCO2e per that unit."""

    reference: str
    activity: Fraction
    per: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Dependence:
    """A total in kgCO2e per declared unit as ``constant`` (the study's own emissions) and its factors, by reference."""

    constant: Fraction
    uses: tuple[Use, ...]

    @property
    def total(self) -> Fraction:
        """The exact total."""
        return self.with_values({})

    def with_values(self, values: Mapping[str, Fraction]) -> Fraction:
        """The exact total with other values for some factors: kgCO2e per unit of activity of the factor that they replace."""
        return self.constant + sum((use.activity * values.get(use.reference, use.value) for use in self.uses), _ZERO)


def dependence(solution: Solution) -> Dependence:
    """What the total of a solution depends on; its :attr:`Dependence.total` is the solution's, exactly."""
    activities: dict[str, Fraction] = {}
    factors: dict[str, FactorVersion] = {}
    for line in solution.system.factor_lines:
        reference = line.factor.reference
        factors[reference] = line.factor
        activities[reference] = activities.get(reference, _ZERO) + solution.runs[line.process] * line.amount
    constant = sum((solution.runs[line.process] * run_value(line, solution.gwp) for line in solution.system.emission_lines), _ZERO)
    uses = (Use(name, activities[name], factors[name].per, value_of(factors[name], solution.gwp)) for name in sorted(activities))
    return Dependence(constant, tuple(uses))


def value_of(factor: FactorVersion, gwp: GwpSet) -> Fraction:
    """A factor in kgCO2e per unit of activity under a GWP set. Raises :class:`EngineError` where the set has no value for a gas."""
    return sum((kg for _, kg in parts_of(factor, gwp)), _ZERO)


def parts_of(factor: FactorVersion, gwp: GwpSet) -> list[tuple[tuple[str, str | None], Fraction]]:
    """((gas, kind), kgCO2e per unit of activity) of a factor, one for each of its parts."""
    return [
        ((part.gas, part.kind), part.kg if part.gas == CO2E else part.kg * gwp.value(gwp.gas(part.gas), part.kind)) for part in factor.parts
    ]


def obstacle(old: FactorVersion, new: FactorVersion | None, *, gwp: GwpSet, start: datetime.date, end: datetime.date) -> Obstacle | None:
    """Why ``new`` cannot simply stand in the place of ``old`` in a study of that GWP set and data period; None: it can.

    On the safe side: whatever is not None goes to the exact engine, which has the last word and says it in sentences.
    """
    if new is None:
        return "withdrawn"
    if new.kind != old.kind:
        return "kind"
    if new.state not in {"current", "caution"}:
        return "state"
    if new.gwp is not None and any(p.gas == CO2E for p in new.parts) and new.gwp.split("@")[0] != gwp.name:
        return "gwp"
    if (new.valid_to is not None and new.valid_to < start) or (new.valid_from is not None and new.valid_from > end):
        return "validity"
    try:
        value_of(new, gwp)
    except EngineError:
        return "gas"
    try:
        per_old_unit(old, new)
    except EngineError:
        return "unit"
    return None


def per_old_unit(old: FactorVersion, new: FactorVersion) -> Fraction:
    """How many units of activity of ``new`` one unit of ``old`` is: 1/1000 from tonnes to kilograms the other way round.

    Raises:
        EngineError: their units are of different dimensions.
    """
    return Fraction(1) if old.per == new.per else convert(Fraction(1), parse_unit(old.per), parse_unit(new.per))


class Replacing(FactorSource):
    """Gives new versions in the place of old ones, and everything else as ``source`` does. ``new`` by the old reference; None: there is none."""

    def __init__(self, source: FactorSource, new: Mapping[str, FactorVersion | None]) -> None:
        self._source, self._new = source, new

    def find(self, reference: str) -> FactorVersion | None:
        found = self._source.find(reference)
        return found if found is None else self._new.get(found.reference, found)

    def nearest(self, reference: str) -> tuple[str, ...]:
        return self._source.nearest(reference)
