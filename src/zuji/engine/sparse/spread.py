"""How the numbers of a database are spread about their values."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zuji.engine.errors import BadMatrix
from zuji.engine.sparse.needs import frozen
from zuji.engine.text import Text

EXACT, LOGNORMAL, NORMAL, UNIFORM, TRIANGULAR = range(5)

Single = NDArray[np.float32]
_Z_95 = 1.959963984540054  # the 97.5th percentile of the standard normal


@dataclass(frozen=True, eq=False, slots=True)
class Spread:
    """How each number of an array is spread about its value: ``kind`` (uint8), ``size`` (float32), and by kind the others, relative to the value.

    LOGNORMAL: ``centre`` is the median, ``size`` the standard deviation of the logarithm (ln GSD). NORMAL: ``centre`` is the mean, ``size``
    the standard deviation relative to it. UNIFORM: from ``low`` to ``high``. TRIANGULAR: the same, with ``centre`` the most likely value.
    The centre is 1 where a distribution is about the value itself.
    """

    kind: NDArray[np.uint8]
    size: Single
    centre: Single
    low: Single
    high: Single

    @classmethod
    def of(cls, kind: Any, size: Any, *, centre: Any = None, low: Any = None, high: Any = None) -> "Spread":
        """Raises :class:`BadMatrix` for another kind, a size that is negative or not finite, and bounds out of order."""
        kinds, sizes = np.asarray(kind, dtype=np.uint8), np.asarray(size, dtype=np.float32)
        ones = np.ones(kinds.shape, np.float32)
        at, least, most = (ones if held is None else np.asarray(held, dtype=np.float32) for held in (centre, low, high))
        if kinds.ndim != 1 or any(held.shape != kinds.shape for held in (sizes, at, least, most)):
            raise BadMatrix(Text("分布的种类与大小个数不同。", "There are not as many kinds as sizes of spreads."))
        finite = np.isfinite(sizes) & np.isfinite(at) & np.isfinite(least) & np.isfinite(most)
        peaked = (kinds == TRIANGULAR) & ((at < least) | (at > most))
        if bool((kinds > TRIANGULAR).any()) or not bool((finite & (sizes >= 0) & (least <= most)).all()) or bool(peaked.any()):
            raise BadMatrix(
                Text(
                    "分布种类不认识，大小不是非负数，或上下限颠倒。",
                    "A spread of an unknown kind, of a size that is negative or not a number, or with its bounds out of order.",
                )
            )
        return cls(frozen(kinds), frozen(sizes), frozen(at), frozen(least), frozen(most))

    @classmethod
    def exact(cls, entries: int) -> "Spread":
        """No spread at all."""
        return cls.of(np.full(entries, EXACT), np.zeros(entries))

    def at(self, places: Any) -> "Spread":
        """The spreads of some entries, in that order."""
        return Spread(self.kind[places], self.size[places], self.centre[places], self.low[places], self.high[places])

    def shift(self) -> Single:
        """What the value is multiplied with before its multiplier is drawn about 1: the centre of a lognormal or normal, else 1."""
        made: Single = np.where((self.kind == LOGNORMAL) | (self.kind == NORMAL), self.centre, np.float32(1))
        return made

    def bounded(self) -> NDArray[np.int64]:
        """Which entries are uniform or triangular."""
        return np.flatnonzero(self.kind >= UNIFORM)

    def deviations(self) -> NDArray[np.float64]:
        """The standard deviation of each, relative to the value; of a lognormal to first order, its median times the deviation of its logarithm."""
        size, centre, low, high = (held.astype(np.float64) for held in (self.size, self.centre, self.low, self.high))
        between = np.where(
            self.kind == UNIFORM,
            (high - low) ** 2 / 12,
            (low * low + high * high + centre * centre - low * high - low * centre - high * centre) / 18,
        )
        made: NDArray[np.float64] = np.where(
            self.kind == EXACT, 0.0, np.where(self.kind >= UNIFORM, np.sqrt(np.maximum(between, 0)), size * centre)
        )
        return made

    def ends(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The 2.5th and the 97.5th percentile of each, relative to the value; both 1 where it is exact."""
        size, centre, low, high = (held.astype(np.float64) for held in (self.size, self.centre, self.low, self.high))
        wide, found = high - low, []
        for z, q in ((-_Z_95, 0.025), (_Z_95, 0.975)):
            rising, falling = low + np.sqrt(q * wide * (centre - low).clip(0)), high - np.sqrt((1 - q) * wide * (high - centre).clip(0))
            peaked = np.where(q * wide < centre - low, rising, falling)
            made = [np.ones(len(size)), centre * np.exp(z * size), centre * (1 + z * size), low + q * wide, peaked]
            found.append(np.choose(self.kind, made))
        return found[0], found[1]
