"""Units as inventory databases spell them, by their dimension and size: the unit table, and above it the spellings of the formats."""

import csv
import io
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources

from zuji.engine.errors import UnknownUnit
from zuji.engine.units import parse_unit


@dataclass(frozen=True, slots=True)
class Measured:
    """A unit's dimension (``mass``, ``energy``, ``mass*length`` …) and its size in the canonical unit of that dimension."""

    dimension: str
    scale: Fraction


@cache
def _spellings() -> dict[str, tuple[Fraction, str]]:
    text = resources.files("zuji.library").joinpath("units", "inventory.csv").read_text(encoding="utf-8")
    return {row["written"]: (Fraction(row["factor"]), row["unit"]) for row in csv.DictReader(io.StringIO(text))}


@cache
def measured(written: str) -> Measured | None:
    """The unit that a database spells so; None where it is not known, which is never guessed.

    >>> measured("ton kilometer").dimension
    'mass*length'
    """
    known = _spellings().get(written) or _spellings().get(written.lower())
    factor, unit = known or (Fraction(1), written)
    if unit.startswith("["):
        return Measured(unit.strip("[]"), factor)
    try:
        found = parse_unit(unit)
    except UnknownUnit:
        return None
    return Measured(found.dimension, factor * found.scale)


@cache
def engine_unit(written: str) -> tuple[Fraction, str] | None:
    """How many of which unit of our own table a database's unit is; None where it is not known or measures nothing that a factor is per.

    >>> engine_unit("ton kilometer"), engine_unit("kBq")
    ((Fraction(1, 1), 't*km'), None)
    """
    factor, unit = _spellings().get(written) or _spellings().get(written.lower()) or (Fraction(1), written)
    found = measured(written)
    return None if found is None or unit.startswith("[") else (factor, unit)


def ratio(source: str, target: str) -> Fraction | None:
    """How many of ``target`` one of ``source`` is; None where they measure different things or one is not known."""
    if source == target:
        return Fraction(1)
    one, other = measured(source), measured(target)
    if one is None or other is None or one.dimension != other.dimension:
        return None
    return one.scale / other.scale
