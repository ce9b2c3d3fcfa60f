"""Units of measurement: exact, dimension-checked, in Chinese and English, each with what it counts (its basis)."""

from zuji.engine.units.conversion import Ratio, canonical, convert, convert_with, parse_ratio_unit, quantity_name
from zuji.engine.units.dimensions import Base, Powers, Unit, times
from zuji.engine.units.factor_units import FactorUnit, parse_factor_unit
from zuji.engine.units.parsing import canonical_for, in_base_units, nearest, parse_unit

__all__ = [
    "Base",
    "FactorUnit",
    "Powers",
    "Ratio",
    "Unit",
    "canonical",
    "canonical_for",
    "convert",
    "convert_with",
    "in_base_units",
    "nearest",
    "parse_factor_unit",
    "parse_ratio_unit",
    "parse_unit",
    "quantity_name",
    "times",
]
