"""What is uncertain about a released database: each need and each emission with its own spread."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zuji.engine.errors import BadMatrix
from zuji.engine.sparse.needs import Floats, Places, frozen
from zuji.engine.sparse.spread import Spread
from zuji.engine.text import Text


@dataclass(frozen=True, eq=False, slots=True)
class Uncertain:
    """Spreads of a database. ``needs``: in the order of its amounts. ``emitters``, ``parts``, ``emissions``: for every single emission the process
    that emits it (int32), its place in :data:`~zuji.engine.sparse.background.PARTS` (uint8), and its kgCO2e per unit of product under each GWP set: (emissions, sets);
    ``direct``: the spread of each emission. What one process emits of a part under a set is the sum of its emissions.
    """

    needs: Spread
    emitters: Places
    parts: NDArray[np.uint8]
    emissions: Floats
    direct: Spread

    @classmethod
    def of(cls, needs: Spread, emitters: Sequence[int], parts: Sequence[int], emissions: Floats, direct: Spread) -> "Uncertain":
        """Raises :class:`BadMatrix` where there is not one of each for every emission."""
        owners, places = np.array(emitters, np.int32), np.array(parts, np.uint8)
        if not len(owners) == len(places) == len(emissions) == len(direct.kind):
            raise BadMatrix(Text("排放与其分布的个数不符。", "There is not one spread for each emission."))
        return cls(needs, frozen(owners), frozen(places), frozen(emissions), direct)

    @property
    def size(self) -> int:
        """How many numbers are uncertain."""
        return int((self.needs.kind != 0).sum() + (self.direct.kind != 0).sum())
