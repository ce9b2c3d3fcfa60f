"""The uncertainty of an exchange's amount.

EcoSpold 1 (ecoinvent report 4, ch. 3.4.3): uncertaintyType 1 lognormal, 2 normal, 3 triangular, 4 uniform; standardDeviation95 is the square of
the geometric standard deviation for a lognormal and twice the standard deviation for a normal; minValue, mostLikelyValue and maxValue.
"""

from zuji.formats.intake import Element, Parameters
from zuji.formats.inventory import Uncertainty
from zuji.formats.inventory.uncertainty import half, of_square


def uncertainty(element: Element) -> Uncertainty | None:
    """What an exchange states; None where it states nothing."""
    kind = (element.get("uncertaintyType") or "").strip()
    held = Parameters()
    names = ("standardDeviation95", "minValue", "mostLikelyValue", "maxValue")
    doubled, minimum, likely, maximum = (held.read(name, element.get(name)) for name in names)
    match kind:
        case "1":
            return held.checked(Uncertainty("lognormal", spread=of_square(doubled)))
        case "2":
            return held.checked(Uncertainty("normal", spread=half(doubled)))
        case "3":
            return held.checked(Uncertainty("triangular", likely, minimum=minimum, maximum=maximum))
        case "4":
            return held.checked(Uncertainty("uniform", minimum=minimum, maximum=maximum))
    if kind in {"", "0"} and doubled is None and minimum is None and maximum is None and held.silent:
        return None
    return held.checked(Uncertainty("other", minimum=minimum, maximum=maximum, stated=f"uncertaintyType {kind}".strip()))
