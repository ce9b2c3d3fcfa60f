"""The uncertainty of an exchange's amount: type ``Uncertainty`` of the olca-schema, which states geometric mean and geometric standard deviation."""

from decimal import Decimal

from zuji.formats.intake import Parameters
from zuji.formats.inventory import Place, Uncertainty
from zuji.formats.olca.fields import NOTHING, Object, one, text


def uncertainty(exchange: Object, file: Place) -> Uncertainty | None:
    """What an exchange states; None where it states nothing."""
    held = one(exchange, "uncertainty", file)
    if held is NOTHING:
        return None
    kind = text(held, "distributionType")
    parameters = Parameters()

    def number(name: str) -> Decimal | None:
        return parameters.read(name, held.get(name))

    minimum, maximum = number("minimum"), number("maximum")
    match kind:
        case "LOG_NORMAL_DISTRIBUTION":
            return parameters.checked(Uncertainty("lognormal", number("geomMean"), number("geomSd")))
        case "NORMAL_DISTRIBUTION":
            return parameters.checked(Uncertainty("normal", number("mean"), number("sd")))
        case "TRIANGLE_DISTRIBUTION":
            return parameters.checked(Uncertainty("triangular", number("mode"), minimum=minimum, maximum=maximum))
        case "UNIFORM_DISTRIBUTION":
            return parameters.checked(Uncertainty("uniform", minimum=minimum, maximum=maximum))
        case "" | "NONE" | "NO_DISTRIBUTION":
            return None
    return parameters.checked(Uncertainty("other", minimum=minimum, maximum=maximum, stated=kind[:80]))
