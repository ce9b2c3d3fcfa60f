"""From the uncertainty that a file states to what can be drawn, or the reason that it cannot."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from zuji.engine.sparse.spread import LOGNORMAL, NORMAL, TRIANGULAR, UNIFORM
from zuji.formats.inventory import Exchange, Uncertainty

NotDrawn = Literal["incomplete", "impossible", "unsupported", "contradiction", "zero"]
"""Why an uncertainty is not drawn: it lacks a parameter; none has such parameters; we do not draw such; its amount lies outside; of nothing."""

_MOST_LN_GSD = Decimal(10)  # a factor of 22,000 each way: no amount is known so badly
_DEVIATIONS = 5  # one draw in 1.7 million lies beyond
_SLACK = Decimal("0.001")  # amounts are rounded where they are written
_NOISE = Decimal("0.000001")  # of a bound: what binary fractions leave in the last digits


@dataclass(frozen=True, slots=True)
class Drawable:
    """A spread relative to its amount, as :class:`~zuji.engine.sparse.spread.Spread` has it."""

    kind: int
    size: float = 0.0
    centre: float = 1.0
    low: float = 1.0
    high: float = 1.0


def drawable(exchange: Exchange) -> Drawable | NotDrawn | None:
    """How the amount of an exchange is drawn; None where nothing is stated or the stated spread is none."""
    stated, amount = exchange.uncertainty, exchange.amount
    if stated is None or amount is None:
        return None
    if stated.faulty:
        return "impossible"
    if stated.distribution == "other":
        return "unsupported"
    curved = stated.distribution in {"lognormal", "normal"}
    return _about(stated, amount) if curved else _between(stated, amount)


def _about(stated: Uncertainty, amount: Decimal) -> Drawable | NotDrawn | None:
    """A lognormal or a normal."""
    lognormal = stated.distribution == "lognormal"
    if stated.spread is None:
        return "incomplete"
    if stated.spread < (1 if lognormal else 0) or (lognormal and stated.spread.ln() > _MOST_LN_GSD):
        return "impossible"
    deviation = stated.spread.ln() if lognormal else stated.spread
    centre = amount if stated.centre is None else stated.centre
    if not amount:
        return "zero" if deviation else None
    ratio = centre / amount
    if lognormal and (ratio <= 0 or abs(ratio.ln()) > _DEVIATIONS * deviation + _SLACK):
        return "contradiction"
    if not lognormal and abs(centre - amount) > _DEVIATIONS * deviation + _SLACK * abs(amount):
        return "contradiction"
    if not deviation:
        return None
    if ratio <= 0:
        return "unsupported"
    return Drawable(LOGNORMAL if lognormal else NORMAL, float(deviation if lognormal else deviation / abs(centre)), float(ratio))


def _between(stated: Uncertainty, amount: Decimal) -> Drawable | NotDrawn | None:
    """A uniform or a triangular."""
    low, high = stated.minimum, stated.maximum
    mode = amount if stated.centre is None else stated.centre
    if low is None or high is None:
        return "incomplete"
    noise = _NOISE * max(abs(low), abs(high))
    triangular = stated.distribution == "triangular"
    if low > high or (triangular and stated.centre is not None and not low - noise <= mode <= high + noise):
        return "impossible"
    slack = _SLACK * max(abs(low), abs(high))
    if not low - slack <= amount <= high + slack:
        return "contradiction"
    if low == high:
        return None
    if not amount:
        return "zero"
    least, most = sorted((float(low / amount), float(high / amount)))
    return Drawable(TRIANGULAR if triangular else UNIFORM, 0.0, min(max(float(mode / amount), least), most), least, most)


def told(stated: Uncertainty) -> str:
    """An uncertainty in a line, for messages: its distribution and the parameters that the file gives."""
    parameters = {"centre": stated.centre, "spread": stated.spread, "min": stated.minimum, "max": stated.maximum}
    shown = ", ".join(f"{name} {value:.6g}" for name, value in parameters.items() if value is not None)
    return f"{stated.stated or stated.distribution} ({shown})" if shown else stated.stated or stated.distribution
