"""Where a footprint comes from: its supply paths, and its flow through a network with loops."""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from zuji.engine.sparse.needs import Floats
from zuji.engine.sparse.supply import Supply
from zuji.engine.sparse.system import System

REST = -1  # the place of everything that is not shown: 其余


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of supply: the product itself first. ``direct``: what the last process of the chain emits for it, kgCO2e."""

    products: tuple[int, ...]
    amount: float
    direct: float


@dataclass(frozen=True, slots=True)
class Paths:
    """The largest paths, and the ``rest`` (其余): everything on longer or smaller ones. The paths and the rest sum to the total."""

    paths: tuple[Path, ...]
    rest: float
    total: float


def structural_paths(
    system: System, burdens: Any, intensities: Any, product: int, *, amount: float = 1.0, most: int = 200, smallest: float = 0.001
) -> Paths:
    """Decompose ``amount`` units of a product into supply paths, the largest first; a loop is a path that comes by again.

    Structural path analysis (Defourny and Thorbecke, Economic Journal 94, 1984; for life cycle inventories Suh and Heijungs, Int. J. LCA 12,
    2007), best first: of all paths that are open, the one with the largest burden behind it is opened next, until ``most`` are open or none
    has ``smallest`` of the total behind it. What is behind a path is its amount times the intensity, so the rest is exact, not estimated.
    ``burdens``, ``intensities``: one category, shape (products,).
    """
    h, f = np.asarray(burdens, dtype=np.float64), np.asarray(intensities, dtype=np.float64)
    total = amount * float(f[product])
    found: list[Path] = []
    rest: list[float] = []
    order = 0
    waiting: list[tuple[float, int, float, tuple[int, ...]]] = [(-abs(total), 0, amount, (product,))]
    while waiting and len(found) < most and -waiting[0][0] >= smallest * abs(total):
        _, _, here, chain = heapq.heappop(waiting)
        found.append(Path(chain, here, here * float(h[chain[-1]])))
        suppliers, amounts = system.needs.row(chain[-1])
        for supplier, need in zip(suppliers.tolist(), amounts.tolist(), strict=True):
            order += 1
            heapq.heappush(waiting, (-abs(here * need * float(f[supplier])), order, here * need, (*chain, supplier)))
    rest = [here * float(f[chain[-1]]) for _, _, here, chain in waiting]
    found.sort(key=lambda path: (-abs(path.direct), path.products))
    return Paths(tuple(found), float(np.sum(rest)) if rest else 0.0, total)


@dataclass(frozen=True, slots=True)
class Node:
    """A product in a flow diagram, or the rest. ``through``: the burden that passes it, its own and that behind it; ``own``: what it emits."""

    product: int
    through: float
    own: float


@dataclass(frozen=True, slots=True)
class Link:
    """A burden that ``consumer`` carries because it needs ``supplier``; kgCO2e."""

    consumer: int
    supplier: int
    value: float


@dataclass(frozen=True, slots=True)
class Sankey:
    """A flow that is conserved at every node: demanded of it and carried by its consumers = emitted by it and carried by its suppliers.

    What the nodes emit, the rest (product :data:`REST`, 其余) among them, sums to the ``total``. Links of a loop pass a node more than
    once, so ``through`` may exceed the total.
    """

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    total: float


def sankey(system: System, burdens: Any, intensities: Any, made: Supply, demand: Any, *, shown: int = 12) -> Sankey:
    """The flow of the burden of a demand through the ``shown`` products that most of it passes, and the rest.

    The burden of product j is an absorbing Markov chain: of what comes to j, the share h/f stays there and the share w·f'/f goes on to each
    supplier (Kemeny and Snell, Finite Markov Chains, 1960, ch. 3; for supply networks Duchin and Levine, Journal of Industrial Ecology 14,
    2010). With x the supply, x·f passes a product, loops included, and no path is cut: products that are not shown are joined to one node that
    takes from the shown and gives back to them. ``made``: the supply of ``demand``; one category.
    """
    h, f, x = np.asarray(burdens, dtype=np.float64), np.asarray(intensities, dtype=np.float64), made.values
    wanted = np.asarray(demand, dtype=np.float64)
    needs = system.needs
    through: Floats = x * f
    biggest = np.argsort(-np.abs(through), kind="stable")[:shown]
    kept = biggest[np.abs(through[biggest]) > 0]
    place = np.full(system.size, REST, dtype=np.int64)
    place[kept] = kept
    rows = np.repeat(np.arange(system.size), np.diff(needs.starts))
    carried = x[rows] * needs.amounts * f[needs.suppliers]
    sums: dict[tuple[int, int], float] = {}
    ends: Iterable[tuple[int, int, float]] = zip(place[rows].tolist(), place[needs.suppliers].tolist(), carried.tolist(), strict=True)
    for consumer, supplier, value in ends:
        if value != 0.0 and not consumer == supplier == REST:
            sums[consumer, supplier] = sums.get((consumer, supplier), 0.0) + value
    links = tuple(Link(consumer, supplier, value) for (consumer, supplier), value in sorted(sums.items(), key=lambda item: -abs(item[1])))
    own = x * h
    nodes = [Node(int(j), float(through[j]), float(own[j])) for j in kept]
    left = place == REST
    into = float((wanted * f)[left].sum()) + sum(link.value for link in links if link.supplier == REST)
    nodes.append(Node(REST, into, float(own[left].sum())))
    return Sankey(tuple(nodes), links, float(own.sum()))
