"""The unit table: what ``library/units`` defines, as exact rationals.

``units.txt`` is in the syntax of pint's definition files (Grecco et al., pint) and is read here rather than by pint: importing pint takes
about half a second, longer than most calculations, and bases such as "kg P2O5" are not part of its model. The tests read the same
file with pint and compare every scale exactly.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from importlib import resources

from zuji.engine.units.dimensions import NONE, Base, Powers, as_fraction, powers_of, times
from zuji.engine.units.spelling import normal


@dataclass(frozen=True, slots=True)
class Measured:
    """An exact multiple of a product of the base units."""

    scale: Fraction
    powers: Powers

    def times(self, other: "Measured", exponent: int = 1) -> "Measured":
        """The product with a power of another."""
        return Measured(self.scale * other.scale**exponent, times(self.powers, other.powers, exponent))


@dataclass(frozen=True, slots=True)
class Basis:
    """What a quantity may count instead of the plain thing, and the dimensions on which it may stand."""

    name: str
    dimensions: frozenset[str]


@dataclass(frozen=True, slots=True)
class UnitTable:
    """Every name that the definition files give: units, bases of measure, and the symbol of each base dimension."""

    units: dict[str, Measured] = field(default_factory=dict)
    symbols: dict[Base, str] = field(default_factory=dict)
    bases: dict[str, Basis] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gas:
    """A gas in a factor's numerator; ``kg`` of it per kilogram as written (44/28 for N2O-N)."""

    name: str
    kg: Fraction


def _lines(file: str) -> Iterator[str]:
    """The lines of a definition file without comments."""
    text = resources.files("zuji").joinpath("library", "units", file).read_text(encoding="utf-8")
    for line in text.splitlines():
        if (stripped := line.strip()) and not stripped.startswith("#"):
            yield stripped


def definition(line: str) -> tuple[tuple[str, ...], str, str]:
    """Names, the definition and the symbol of a line in pint's syntax; ``_`` stands for no symbol."""
    name, defined, *others = (part.strip() for part in line.split("="))
    symbol = others[0] if others and others[0] != "_" else name
    return tuple(dict.fromkeys((name, symbol, *(alias for alias in others if alias != "_")))), defined, symbol


def _base(bracketed: str) -> Base:
    """``[volume_normal]`` is the base volume on the basis normal; a currency is a dimension of its own."""
    dimension, _, basis = bracketed.strip("[]").partition("_")
    return Base(f"currency:{basis}") if dimension == "currency" else Base(dimension, basis or None)


def _evaluate(defined: str, units: dict[str, Measured]) -> Measured:
    """A definition: numbers and earlier units joined by ``*`` and ``/`` from left to right, as pint reads them."""
    result = Measured(Fraction(1), NONE)
    for sign, word in re.findall(r"([*/]?)\s*([^\s*/]+)", defined):
        one = units[word] if word in units else Measured(Fraction(word), NONE)
        result = result.times(one, -1 if sign == "/" else 1)
    return result


@functools.cache
def unit_table() -> UnitTable:
    """The unit table of the definition files. Read once; a name defined twice is a fault of the files and raises ValueError."""
    table = UnitTable()
    for line in _lines("units.txt"):
        names, defined, symbol = definition(line)
        if defined.startswith("["):
            base = _base(defined)
            table.symbols[base] = symbol
            measured = Measured(Fraction(1), ((base, 1),))
        else:
            measured = _evaluate(defined, table.units)
        for name in names:
            if name in table.units:
                raise ValueError(f"unit {name!r} is defined twice")
            table.units[name] = measured
    for line in _lines("bases.txt"):
        name, dimensions, *aliases = (part.strip() for part in line.split("|"))
        basis = Basis(name, frozenset(d.strip() for d in dimensions.split(",")))
        for spelling in (name, *aliases):
            if spelling in table.bases:
                raise ValueError(f"basis {spelling!r} is defined twice")
            table.bases[spelling] = basis
    return table


@functools.cache
def gas_table() -> dict[str, Gas]:
    """Every spelling of a gas that a factor's numerator may name."""
    table: dict[str, Gas] = {}
    for line in _lines("gases.txt"):
        name, ratio, *aliases = (part.strip() for part in line.split("|"))
        for spelling in (name,) if ratio == "1" and not aliases else ((name, *aliases) if ratio == "1" else tuple(aliases)):
            table[normal(spelling)] = Gas(name, Fraction(ratio))
    return table


@functools.cache
def shown_products() -> tuple[str, ...]:
    """Products of units that are shown whole, such as t·km."""
    return tuple(_lines("shown.txt"))


def symbol_of(base: Base) -> str:
    """The canonical unit of one base: kg, kWh, kg P2O5, kWh(life), Nm3, CNY, USD(2022)."""
    symbols = unit_table().symbols
    if base in symbols:
        return symbols[base].replace("_", "-")
    if base.dimension.startswith("currency:"):
        return base.dimension.removeprefix("currency:")
    plain = symbols[Base(base.dimension)]
    return f"{plain} {base.basis}" if base.dimension == "mass" else f"{plain}({base.basis})"


def product_text(powers: Powers) -> str:
    """A product of bases in canonical units, written so that it parses back to the same product."""

    def factor(base: Base, exponent: int) -> str:
        symbol = symbol_of(base)
        if exponent == 1:
            return symbol
        return f"{symbol}{exponent}" if symbol == "m" and exponent in (2, 3) else f"({symbol})^{exponent}"

    over = [factor(base, exponent) for base, exponent in powers_of(powers) if exponent > 0]
    under = [factor(base, -exponent) for base, exponent in powers_of(powers) if exponent < 0]
    return as_fraction(over, under).replace("*", "·")
