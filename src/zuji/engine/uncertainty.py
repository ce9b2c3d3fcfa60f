"""First-order uncertainty of the total, with decimal logarithms so that every machine prints the same digits.

Method: Taylor series of the logarithm (ISO/IEC Guide 98-3 clause 5; Ciroth et al., Int. J. LCA 9 (2004) 216; Hong et al., Int. J. LCA 15
(2010) 499): ln^2 GSD_total = sum (S_i ln GSD_i)^2 with S_i the contribution of input i over the total. Exact for products of lognormals.
Where the total is below zero, or the spread exceeds ``MOST_LN_GSD`` (a loop or a credit that amplifies it), a logarithm of the total
means nothing: the range is then that of a normal distribution with the same first-order variance.
Factors used on several lines are one random variable; activity data are independent of each other.
"""

import functools
from collections.abc import Iterable
from decimal import Context, Decimal, localcontext
from fractions import Fraction

from zuji.engine.factors import FactorVersion
from zuji.engine.quality import share
from zuji.engine.quantities import leading, parse_number, round_half_even
from zuji.engine.results import UncertaintyRange
from zuji.engine.solution import Solution
from zuji.engine.study import Uncertainty
from zuji.engine.system import FactorLine

Z_95 = Decimal("1.959963984540054")  # 97.5 % point of the standard normal distribution
CONTEXT = Context(prec=40)
GSD_QUANTUM = Fraction(1, 1_000_000)
MOST_LN_GSD = Decimal(10)


@functools.lru_cache(maxsize=4096)
def relative_spread(uncertainty: Uncertainty | None) -> Decimal | None:
    """Ln GSD of a lognormal, or the relative standard deviation of a normal; None where nothing is stated."""
    if uncertainty is None:
        return None
    with localcontext(CONTEXT):
        if uncertainty.distribution == "lognormal":
            return _decimal(parse_number(uncertainty.gsd or "1")).ln()
        return _decimal(parse_number(uncertainty.relative_sd or "0"))


def factor_spread(factor: FactorVersion) -> Decimal | None:
    """Ln GSD or the relative standard deviation of a factor; None where its publisher states none."""
    with localcontext(CONTEXT):
        return _decimal(factor.gsd).ln() if factor.gsd is not None else None if factor.relative_sd is None else _decimal(factor.relative_sd)


def analytic(solution: Solution, quantum: Fraction) -> UncertaintyRange:
    """The 95 % range of the total by first-order propagation; None in place of numbers where no spread is stated at all."""
    influences = list(_influences(solution))
    size = sum((abs(leading(atom.value)) for atom in solution.atoms), Fraction(0))
    covered = share(_covered(solution), size) or Decimal("0.000000")
    if not influences or solution.total == 0:
        return UncertaintyRange("not stated", None, None, None, covered)
    with localcontext(CONTEXT):
        total = _decimal(solution.total)
        variance = sum(((_decimal(value) / total) ** 2 * spread**2 for value, spread in influences), Decimal(0))
        deviation = variance.sqrt()
        if solution.total > 0 and deviation <= MOST_LN_GSD:
            gsd = deviation.exp()
            factor = (Z_95 * deviation).exp()
            low, high = total / factor, total * factor
        else:
            gsd = None
            half = Z_95 * deviation * abs(total)
            low, high = total - half, total + half
    return UncertaintyRange(
        method="analytic",
        low=round_half_even(Fraction(low), quantum),
        high=round_half_even(Fraction(high), quantum),
        gsd=None if gsd is None else round_half_even(Fraction(gsd), GSD_QUANTUM),
        coverage=covered,
    )


def _influences(solution: Solution) -> Iterable[tuple[Fraction, Decimal]]:
    """(dTotal/dln input, spread) of every uncertain input."""
    factors: dict[str, tuple[Fraction, Decimal]] = {}
    system = solution.system
    for line in system.direct_lines:
        value = leading(solution.line_value(line))
        spread = relative_spread(line.data.uncertainty)
        if spread is not None:
            yield value, spread
        if isinstance(line, FactorLine) and (of_factor := factor_spread(line.factor)) is not None:
            key = f"{line.factor.reference}+{line.factor.digest}"
            factors[key] = (factors.get(key, (Fraction(0), Decimal(0)))[0] + value, of_factor)
    yield from factors.values()
    for link in system.link_lines:
        spread = relative_spread(link.data.uncertainty)
        if spread is not None:
            yield solution.link_value(link), spread


def _covered(solution: Solution) -> Fraction:
    stated = (
        abs(leading(solution.line_value(line)))
        for line in solution.system.direct_lines
        if line.data.uncertainty is not None or (isinstance(line, FactorLine) and factor_spread(line.factor) is not None)
    )
    return sum(stated, Fraction(0))


def _decimal(value: Fraction) -> Decimal:
    with localcontext(CONTEXT):
        return Decimal(value.numerator) / Decimal(value.denominator)
