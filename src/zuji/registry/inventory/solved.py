"""A solved database ready to be asked: opened and checked once a process, for it never changes."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from django.conf import settings

from zuji.engine.sparse.background import Background
from zuji.engine.sparse.needs import Floats
from zuji.engine.sparse.paths import Sankey, sankey
from zuji.engine.sparse.supply import Consumers, Supply, consumers_of, supply
from zuji.engine.sparse.system import System, arranged
from zuji.registry.factors.releases import open_release

_KEPT = 3


@dataclass(frozen=True, eq=False, slots=True)
class Opened:
    """A background with its system by consumer and by supplier."""

    background: Background
    system: System
    consumers: Consumers

    def demand(self, position: int) -> Floats:
        """One unit of one product."""
        wanted = np.zeros(self.system.size)
        wanted[position] = 1.0
        return wanted

    def supply(self, position: int) -> Supply:
        """How much of every product is made for one unit of one."""
        return supply(self.system, self.demand(position), consumers=self.consumers)

    def column(self, name: str) -> int:
        return self.background.columns.index(name)

    def flow(self, position: int, made: Supply, column: int, *, shown: int) -> Sankey:
        """Where the burden of one unit of a product goes through, loops included."""
        b = self.background
        return sankey(self.system, b.burdens[:, column], b.values[:, column], made, self.demand(position), shown=shown)


def opened(background: str) -> Opened:
    """The folder named by its hash. Raises :class:`~zuji.formats.background.BadRelease` where a file is not what it was."""
    return _opened(str(Path(settings.BACKGROUND) / background))


@lru_cache(maxsize=_KEPT)
def _opened(place: str) -> Opened:
    background = open_release(Path(place))
    system = arranged(background.needs, plan=background.plan)
    return Opened(background, system, consumers_of(system))
