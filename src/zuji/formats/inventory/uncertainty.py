"""How an amount is spread about its value, whichever way a format states that.

Formats state the same four distributions in other parameters: a lognormal by the square of its geometric standard deviation (ILCD, EcoSpold 1,
SimaPro), by the variance of the logarithm (EcoSpold 2), by its standard deviation (Brightway), or by the geometric standard deviation itself
(openLCA); a normal by twice its standard deviation, its variance, or the standard deviation. Here they are the same.
"""

from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from typing import Literal

Distribution = Literal["lognormal", "normal", "triangular", "uniform", "other"]

_CONTEXT = Context(prec=34)
_DIGITS = Context(prec=28)
_LARGEST_LOGARITHM = Decimal(50)  # beyond it no spread is one; what is cut there stays impossible
_LARGEST_MEDIAN = Decimal(690)  # ln 1e300: beyond it no amount is read either


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """In the unit of the amount. ``centre``: None where it is the amount itself.

    lognormal: ``centre`` is the median, ``spread`` the geometric standard deviation. normal: the mean and the standard deviation.
    uniform: between ``minimum`` and ``maximum``. triangular: the same, ``centre`` being the most likely value. other: what cannot be drawn.
    ``stated`` says what the file calls it, where that is more than the name; ``faulty``: a parameter is no number. All else the gate checks.
    """

    distribution: Distribution
    centre: Decimal | None = None
    spread: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    stated: str = ""
    faulty: bool = False


def of_square(squared: Decimal | None) -> Decimal | None:
    """The geometric standard deviation whose square is given. What is below zero stays so, for the gate to see."""
    return None if squared is None else _root(squared)


def of_deviation(deviation: Decimal | None) -> Decimal | None:
    """The geometric standard deviation of a lognormal by the standard deviation of its logarithm."""
    return None if deviation is None else _exponential(deviation, _LARGEST_LOGARITHM)


def median_of(logarithm: Decimal | None) -> Decimal | None:
    """The median of a lognormal by the mean of its logarithm."""
    return None if logarithm is None else _exponential(logarithm, _LARGEST_MEDIAN)


def of_variance(variance: Decimal | None) -> Decimal | None:
    """The geometric standard deviation of a lognormal by the variance of its logarithm."""
    return None if variance is None else of_deviation(_root(variance))


def deviation_of(variance: Decimal | None) -> Decimal | None:
    """The standard deviation by the variance."""
    return None if variance is None else _root(variance)


def half(doubled: Decimal | None) -> Decimal | None:
    """The standard deviation where a format states it twice."""
    return None if doubled is None else doubled / 2


def _exponential(value: Decimal, most: Decimal) -> Decimal:
    with localcontext(_CONTEXT):
        return _DIGITS.plus(min(max(value, -most), most).exp())


def _root(value: Decimal) -> Decimal:
    """The square root, with the sign of the value: a negative variance is not made into a possible one."""
    with localcontext(_CONTEXT):
        return _DIGITS.plus(abs(value).sqrt().copy_sign(value))
