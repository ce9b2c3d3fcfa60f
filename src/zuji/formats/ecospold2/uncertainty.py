"""The uncertainty of an exchange's amount.

EcoSpold 2 (element ``uncertainty``; Weidema et al., ecoinvent report 1(v3), ch. 10.1): lognormal and normal state a variance, and the variance
with the uncertainty that the pedigree matrix adds, which is the whole one and is taken; triangular and uniform state their bounds.
"""

from decimal import Decimal

from zuji.formats.intake import Element, Parameters, local
from zuji.formats.inventory import Uncertainty
from zuji.formats.inventory.uncertainty import deviation_of, of_variance


def uncertainty(element: Element) -> Uncertainty | None:
    """What an exchange states; None where it states nothing."""
    held = element.find("{*}uncertainty")
    stated = [one for one in held if local(one) not in {"pedigreeMatrix", "comment"}] if held is not None else []
    if held is None or not stated:
        pedigree = held is not None and held.find("{*}pedigreeMatrix") is not None
        return Uncertainty("other", stated="pedigreeMatrix alone") if pedigree else None
    kind = local(stated[0])
    parameters = Parameters()

    def number(name: str) -> Decimal | None:
        return parameters.read(name, stated[0].get(name))

    basic, whole = number("variance"), number("varianceWithPedigreeUncertainty")
    variance = basic if whole is None else whole
    minimum, maximum = number("minValue"), number("maxValue")
    match kind:
        case "lognormal":
            return parameters.checked(Uncertainty("lognormal", number("meanValue"), of_variance(variance)))
        case "normal":
            return parameters.checked(Uncertainty("normal", number("meanValue"), deviation_of(variance)))
        case "triangular":
            return parameters.checked(Uncertainty("triangular", number("mostLikelyValue"), minimum=minimum, maximum=maximum))
        case "uniform":
            return parameters.checked(Uncertainty("uniform", minimum=minimum, maximum=maximum))
    silent = kind == "undefined" and not any(number(name) for name in ("minValue", "maxValue", "standardDeviation95"))
    return None if silent else parameters.checked(Uncertainty("other", minimum=minimum, maximum=maximum, stated=kind))
