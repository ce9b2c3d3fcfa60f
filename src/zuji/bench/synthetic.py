"""Made-up databases and supply networks of the size and shape of real ones, from a seed. No number in them means anything.

The database has the published shape of ecoinvent: 23,496 processes, about twelve non-zeros a column, 74 % of the processes in one loop, some
hubs that thousands need, most links local, units that differ by ten orders of magnitude, some negative amounts.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zuji.engine.sparse.needs import Floats, Needs

Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False, slots=True)
class Database:
    """``needs``; ``emissions``: kgCO2e of each characterised exchange per unit of the product of its process in ``emitters``."""

    needs: Needs
    emitters: Numbers
    emissions: Floats

    @property
    def burdens(self) -> Floats:
        return np.bincount(self.emitters, self.emissions, self.needs.rows).astype(np.float64)


def ecoinvent_like(size: int = 23_496, *, seed: int = 1, hubs: int = 250) -> Database:
    """The database; smaller ``size`` for a quick run."""
    random = np.random.Generator(np.random.PCG64(seed))
    core, sources = int(size * 0.74), int(size * 0.02)
    counts = np.clip(np.round(random.lognormal(np.log(13.6) - 0.18, 0.6, size)), 1, 150).astype(np.int64)
    counts[core : core + sources] = 0
    consumers = np.repeat(np.arange(size), counts)
    chance = random.random(len(consumers))
    popularity = 1.0 / (np.arange(1, hubs + 1) + 12.0)
    hub = random.permutation(np.sort(random.choice(core, min(hubs, core), replace=False)))
    suppliers = hub[random.choice(len(hub), len(consumers), p=popularity[: len(hub)] / popularity[: len(hub)].sum())]
    steps = 1 + np.floor(-np.log(random.random(len(consumers)))).astype(np.int64)
    steps = np.where(random.random(len(consumers)) < 0.9, -steps, steps)
    anchor = np.where(consumers < core, consumers, consumers * 7919 % core)
    suppliers = np.where(chance < 0.35, (anchor + steps) % core, suppliers)
    suppliers = np.where(chance > 0.96, core + random.integers(0, max(1, sources), len(consumers)), suppliers)
    consumers = np.concatenate([consumers, (np.arange(core) + 1) % core])  # everything in the loop is needed by its neighbour
    suppliers = np.concatenate([suppliers, np.arange(core)])
    consumers, suppliers = consumers[consumers != suppliers], suppliers[consumers != suppliers]
    share = random.lognormal(0.0, 2.0, len(consumers))
    share *= (0.75 * random.beta(5, 2, size))[consumers] / np.bincount(consumers, share, size)[consumers]
    units = 10.0 ** random.normal(0.0, 1.7, size)
    amounts = share * units[consumers] / units[suppliers]
    amounts = np.where(random.random(len(amounts)) < 0.01, -amounts, amounts)
    emitters = np.repeat(np.arange(size), random.integers(1, 5, size))
    emissions = units[emitters] * random.lognormal(0.0, 1.0, len(emitters))
    return Database(Needs.from_triplets(consumers, suppliers, amounts, rows=size), emitters, emissions)


def foreground(products: int, background: int, *, seed: int = 2) -> Needs:
    """Products of twenty to forty inputs from a database."""
    random = np.random.Generator(np.random.PCG64(seed))
    consumers = np.repeat(np.arange(products), random.integers(20, 41, products))
    return Needs.from_triplets(
        consumers, random.integers(0, background, len(consumers)), random.lognormal(0, 1, len(consumers)), rows=products, columns=background
    )


def network(products: int, *, back: float = 0.0, seed: int = 3) -> tuple[Needs, Floats]:
    """Enterprises' products with six inputs from one another: suppliers come earlier, but for a share ``back`` of arcs, which close loops.

    A supplier's consumers are as uneven as in supply chains, one or two for most, thousands for some. The order of products says nothing.
    """
    random = np.random.Generator(np.random.PCG64(seed))
    consumers = np.repeat(np.arange(1, products), 6)
    window = products // 20
    reach = (window * random.random(len(consumers))).astype(np.int64)
    reach = np.where(random.random(len(consumers)) < 0.8, reach // 64 * 64, reach)  # four in five go to one in 64
    suppliers = consumers - 1 - reach
    suppliers = np.where(suppliers < 0, (consumers * random.random(len(consumers))).astype(np.int64), suppliers)
    suppliers = np.where((suppliers % 64 > 0) & (random.random(len(consumers)) < 0.8), suppliers // 64 * 64, suppliers)
    suppliers[::6] = consumers[::6] - 1  # everything has a consumer
    turned = random.random(len(consumers)) < back
    ahead = (consumers + (products - consumers) * random.random(len(consumers))).astype(np.int64)
    suppliers = np.where(turned, np.minimum(ahead, products - 1), suppliers)
    consumers, suppliers = consumers[consumers != suppliers], suppliers[consumers != suppliers]
    share = random.lognormal(0.0, 1.0, len(consumers))
    share *= random.uniform(0.4, 0.9, products)[consumers] / np.bincount(consumers, share, products)[consumers]
    names = random.permutation(products)
    return Needs.from_triplets(names[consumers], names[suppliers], share, rows=products), random.lognormal(0.0, 1.0, products)
