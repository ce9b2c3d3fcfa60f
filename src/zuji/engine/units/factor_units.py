"""Units of emission factors: kilograms of a gas per unit of activity."""

import functools
import re
from fractions import Fraction
from typing import NamedTuple

from zuji.engine.errors import UnknownUnit
from zuji.engine.excerpt import head
from zuji.engine.text import Text
from zuji.engine.units.conversion import split_strokes
from zuji.engine.units.definitions import gas_table, unit_table
from zuji.engine.units.dimensions import Base, Unit
from zuji.engine.units.parsing import parse_unit
from zuji.engine.units.spelling import normal

_MOST_CHARACTERS = 100


class FactorUnit(NamedTuple):
    """A factor's value times ``kg_per`` is kilograms of ``gas`` per ``per``; ``gas`` is "CO2e" where the gases are not stated."""

    gas: str
    kg_per: Fraction
    per: Unit


@functools.lru_cache(maxsize=4096)
def parse_factor_unit(text: str) -> FactorUnit:
    """The unit of an emission factor. All that stands behind the first stroke is below it: ``kgCH4/ha/day`` is per ha·day.

    ``per.text`` parses to the same unit again. Nitrogen emitted as N2O (``kgN2O-N``) becomes N2O by 44/28 (IPCC 2006 Vol. 4 eq. 11.1).
    Raises :class:`UnknownUnit`.

    >>> unit = parse_factor_unit("tCO2e/(t·km)")
    >>> unit.gas, unit.kg_per, unit.per.text
    ('CO2e', Fraction(1000, 1), 't·km')
    >>> parse_factor_unit("kgN2O-N/kgN").kg_per
    Fraction(11, 7)
    """
    over, *under = split_strokes(normal(text))
    if len(text) > _MOST_CHARACTERS or not under or not all(under):
        raise UnknownUnit(_not_a_factor_unit(text))
    mass, gas = _numerator(over, text)
    found = gas_table()[gas]
    return FactorUnit(found.name, mass * found.kg, parse_unit("·".join(_without_parentheses(part) for part in under)))


def _without_parentheses(part: str) -> str:
    """``(t·km)`` without its parentheses, unless a stroke inside needs them."""
    inner = part[1:-1]
    return inner if part.startswith("(") and part.endswith(")") and not re.search("[()/]", inner) else part


def _numerator(over: str, text: str) -> tuple[Fraction, str]:
    """Kilograms per mass unit, and the spelling of the gas; the mass unit is the longest that leaves a gas."""
    units, gases = unit_table().units, gas_table()
    for cut in range(len(over) - 1, 0, -1):
        unit, gas = units.get(over[:cut].strip()), over[cut:].strip().removeprefix("of ").strip("()")
        if unit is not None and unit.powers == ((Base("mass"), 1),) and gas in gases:
            return unit.scale, gas
    raise UnknownUnit(_not_a_factor_unit(text))


def _not_a_factor_unit(text: str) -> Text:
    return Text(
        f"“{head(text)}”不是排放因子的单位。请写成“质量+气体/活动单位”，例如 kgCO2e/kWh、kgCO2e/(t·km)、kgCH4/t。",
        f"'{head(text)}' is not the unit of an emission factor. Write the mass of a gas per unit of activity, "
        "such as kgCO2e/kWh, kgCO2e/(t·km) or kgCH4/t.",
    )
