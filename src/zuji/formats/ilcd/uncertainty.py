"""The uncertainty of an exchange's amount.

ILCD_ProcessDataSet.xsd, relativeStandardDeviation95In: for a lognormal "the square of the geometric standard deviation (SDg^2)", for a normal
"the doubled standard deviation value (2*SD)", which amounts to an absolute one; empty for a uniform or triangular, which have a minimum and a
maximum. The schema defines a triangular as symmetric and has no place for a most likely value.
"""

from decimal import Decimal

from zuji.formats.ilcd.tree import Element, text
from zuji.formats.intake import Parameters
from zuji.formats.inventory import Exchange, Uncertainty
from zuji.formats.inventory.uncertainty import half, of_square

_SILENT = {"", "undefined"}
_NOT_CARRIED = "uncertainty"
_THOUSANDTH, _LARGEST = Decimal("0.001"), Decimal(100)  # common:Perc has five digits, three of them behind the point
_SAME = Decimal("1e-12")  # a root that was taken and squared again


def uncertainty(element: Element) -> Uncertainty | None:
    """What an exchange states; None where it states nothing."""
    kind = text(element, "uncertaintyDistributionType").lower()
    held = Parameters()
    names = ("minimumAmount", "maximumAmount", "relativeStandardDeviation95In")
    minimum, maximum, doubled = (held.read(name, text(element, name)) for name in names)
    match kind:
        case "log-normal":
            return held.checked(Uncertainty("lognormal", spread=of_square(doubled)))
        case "normal":
            return held.checked(Uncertainty("normal", spread=half(doubled)))
        case "uniform":
            return held.checked(Uncertainty("uniform", minimum=minimum, maximum=maximum))
        case "triangular":
            middle = (minimum + maximum) / 2 if minimum is not None and maximum is not None else None
            return held.checked(Uncertainty("triangular", middle, minimum=minimum, maximum=maximum))
    if kind in _SILENT and minimum is None and maximum is None and doubled is None and held.silent:
        return None
    return held.checked(
        Uncertainty("other", minimum=minimum, maximum=maximum, stated=kind if kind not in _SILENT else "a range without a distribution")
    )


def elements(exchange: Exchange, factor: Decimal = Decimal(1)) -> list[tuple[str, str]]:
    """The elements that state an exchange's uncertainty, in the order of the schema; ``factor`` turns amounts into the unit that is written.

    A centre of its own, and what is no distribution of ILCD, stay out: :func:`lost_uncertainty` says so.
    """
    stated = exchange.uncertainty
    if stated is None or lost_uncertainty(exchange, factor) == _NOT_CARRIED:
        return []
    if stated.distribution in {"uniform", "triangular"}:
        bounds = (("minimumAmount", stated.minimum), ("maximumAmount", stated.maximum))
        written = [(name, str(value * factor)) for name, value in bounds if value is not None]
        return [*written, ("uncertaintyDistributionType", stated.distribution)]
    kind = "log-normal" if stated.distribution == "lognormal" else "normal"
    doubled = _doubled(stated, factor)
    return [
        ("uncertaintyDistributionType", kind),
        *([("relativeStandardDeviation95In", format(doubled, "f"))] if doubled is not None else []),
    ]


def lost_uncertainty(exchange: Exchange, factor: Decimal = Decimal(1)) -> str:
    """What ILCD cannot carry of an exchange's uncertainty, in words of a list of losses; empty where it carries all of it.

    The field for the deviation is a percentage of the schemas: at most two digits before the point and three behind it.
    """
    stated = exchange.uncertainty
    if stated is None:
        return ""
    if stated.faulty or stated.distribution == "other":
        return _NOT_CARRIED
    if stated.distribution in {"uniform", "triangular"}:
        middle = None if stated.minimum is None or stated.maximum is None else (stated.minimum + stated.maximum) / 2
        peak = exchange.amount if stated.centre is None else stated.centre
        return "most likely value" if stated.distribution == "triangular" and peak != middle else ""
    if stated.spread is not None and (stated.spread < 0 or _doubled(stated, factor) is None):
        return _NOT_CARRIED
    if stated.centre is not None and stated.centre != exchange.amount:
        return "centre of the uncertainty"
    exact = None if stated.spread is None else _exactly_doubled(stated, factor)
    return "digits of the uncertainty" if exact is not None and abs(exact - (_doubled(stated, factor) or 0)) > exact * _SAME else ""


def _exactly_doubled(stated: Uncertainty, factor: Decimal) -> Decimal:
    """The square of the geometric standard deviation, or twice the standard deviation."""
    spread = stated.spread or Decimal(0)
    return spread * spread if stated.distribution == "lognormal" else 2 * spread * abs(factor)


def _doubled(stated: Uncertainty, factor: Decimal) -> Decimal | None:
    """The same within three digits behind the point; None where it does not fit, or would become nothing."""
    if stated.spread is None:
        return None
    exact = _exactly_doubled(stated, factor)
    rounded = exact.quantize(_THOUSANDTH) if exact < _LARGEST else exact
    return None if rounded >= _LARGEST or (exact and not rounded) else rounded
