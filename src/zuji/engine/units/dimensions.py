"""Dimensions as products of bases, and a unit as an exact multiple of such a product.

A base is a dimension together with what it counts: the mass of P2O5 in a fertiliser is a base of its own beside plain mass, so that
"kg P2O5/kg" times "kg" is "kg P2O5" and nothing else turns the one into the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple


class Base(NamedTuple):
    """A base dimension; ``basis`` is None for the plain one."""

    dimension: str
    basis: str | None = None


Powers = tuple[tuple[Base, int], ...]
NONE: Powers = ()

_ORDER = ("currency", "count", "mass", "energy", "volume", "length", "time")
_POWER_NAMES = {("length", 2): "area", ("length", 3): "volume"}


def _place(base: Base) -> tuple[int, str, str]:
    kind = base.dimension.split(":")[0]
    return (_ORDER.index(kind) if kind in _ORDER else len(_ORDER), base.dimension, base.basis or "")


def powers_of(pairs: Iterable[tuple[Base, int]]) -> Powers:
    """The normal form of a product of bases: each base once, no zero exponents, in a fixed order."""
    summed: dict[Base, int] = {}
    for base, exponent in pairs:
        summed[base] = summed.get(base, 0) + exponent
    return tuple(sorted(((b, e) for b, e in summed.items() if e), key=lambda pair: _place(pair[0])))


def times(one: Powers, other: Powers, exponent: int = 1) -> Powers:
    """``one`` × ``other`` ^ ``exponent``.

    >>> mass, volume = ((Base("mass"), 1),), ((Base("length"), 3),)
    >>> dimension_text(times(mass, volume, -1))
    'mass/volume'
    """
    return powers_of((*one, *((base, e * exponent) for base, e in other)))


def as_fraction(over: list[str], under: list[str]) -> str:
    """A product over a product, with parentheses where the part below has several factors."""
    below = under[0] if len(under) == 1 else f"({'*'.join(under)})"
    return ("*".join(over) or "1") + (f"/{below}" if under else "")


def dimension_text(powers: Powers) -> str:
    """The stable name of a dimension without its bases: "mass", "mass*length", "energy/volume", "dimensionless"."""
    if not powers:
        return "dimensionless"

    def name(base: Base, exponent: int) -> str:
        named = _POWER_NAMES.get((base.dimension, exponent))
        return named or (base.dimension if exponent == 1 else f"{base.dimension}^{exponent}")

    return as_fraction([name(b, e) for b, e in powers if e > 0], [name(b, -e) for b, e in powers if e < 0])


def basis_text(powers: Powers) -> str | None:
    """What the factors of a product count: "P2O5" for kg P2O5, "P2O5/-" for kg P2O5/kg, None where all are plain.

    Together with :func:`dimension_text` it tells any two dimensions apart.
    """
    if all(base.basis is None for base, _ in powers):
        return None
    return as_fraction([b.basis or "-" for b, e in powers if e > 0], [b.basis or "-" for b, e in powers if e < 0])


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement: ``text`` as written, ``scale`` to the canonical unit of its dimension, and what it measures.

    ``powers`` is the product of bases behind :attr:`dimension` and :attr:`basis`; ``canonical_text`` is the unit in which amounts of
    this dimension are shown (kg, kWh, m3, t·km, kg P2O5 …), and ``scale`` the number of those that one of this unit is.
    """

    text: str
    scale: Fraction
    powers: Powers
    canonical_text: str

    @property
    def dimension(self) -> str:
        """The stable name of the dimension, such as "mass", "energy/volume", "currency:CNY"."""
        return dimension_text(self.powers)

    @property
    def basis(self) -> str | None:
        """What the amount counts where that is not the plain thing, such as "P2O5", "normal", "life"."""
        return basis_text(self.powers)
