"""The ribbons of the Sankey drawing: what flows into a process leaves it, to the quantum.

Ribbons are rounded from the product back towards its inputs; each process's inflows are apportioned to exactly what leaves it. Within a loop
the ribbons between its processes are rounded first and the inflows from outside take up the residue. A process that is fed from within its
loop alone hands its residue on to the supplier that lies nearer to an inflow from outside. All widths are counted in whole quanta.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction

from zuji.engine.loops import strongly_connected
from zuji.engine.quantities import apportion, round_half_even
from zuji.engine.results import Flow
from zuji.engine.solution import Solution, technosphere

PRODUCT = "product"
_ONE = Fraction(1)
Pair = tuple[str, str]


def ribbons(solution: Solution, items: Mapping[Pair, Fraction], quantum: Fraction, total: Decimal) -> tuple[Flow, ...]:
    """All ribbons with a width. ``items`` maps (process, item id) to its exact contribution; nodes are ``process:ID``, ``item:ID``, ``product``."""
    groups = _groups(solution)
    inside: dict[Pair, int] = {}
    inflows: dict[str, list[tuple[str, Fraction]]] = {process: [] for process in groups}
    for (process, item), value in items.items():
        if value:  # a ribbon of no width could not take up a residue: nothing feeds it
            inflows[process].append((f"item:{item}", value / quantum))
    for (supplier, consumer), value in _links_between_processes(solution).items():
        if groups[supplier] == groups[consumer]:
            inside[supplier, consumer] = round(value / quantum)
        elif value:
            inflows[consumer].append((f"process:{supplier}", value / quantum))
    balance = dict.fromkeys(groups, 0)  # what still has to flow in from outside the loop
    balance[solution.system.products[solution.system.reference].process] = int(Fraction(total) / quantum)
    for (supplier, consumer), width in inside.items():
        balance[supplier] += width
        balance[consumer] -= width
    fed_within = _fed_within(inside, inflows)
    widths: dict[Pair, int] = {}
    for process in sorted(groups, key=lambda p: (-groups[p], -fed_within[p][0], p)):
        if inflows[process]:
            for source, width in _closed(inflows[process], balance[process]):
                widths[source, f"process:{process}"] = width
                if source.startswith("process:"):
                    balance[source.removeprefix("process:")] += width
        elif (nearer := fed_within[process][1]) is not None:
            inside[nearer, process] += balance[process]
            balance[nearer] += balance[process]
    widths |= {(f"process:{s}", f"process:{c}"): width for (s, c), width in inside.items()}
    flows = [Flow(s, t, round_half_even(width * quantum, quantum)) for (s, t), width in widths.items()]
    flows.append(Flow(f"process:{solution.system.products[solution.system.reference].process}", PRODUCT, total))
    return tuple(sorted((f for f in flows if f.value), key=lambda f: (-abs(f.value), f.source, f.target)))


def _fed_within(inside: Collection[Pair], inflows: Mapping[str, Collection[object]]) -> dict[str, tuple[int, str | None]]:
    """How many ribbons each process lies behind an inflow from outside its loop, and the supplier that is nearer to it."""
    consumers: dict[str, list[str]] = {}
    for supplier, consumer in sorted(inside):
        consumers.setdefault(supplier, []).append(consumer)
    found: dict[str, tuple[int, str | None]] = {process: (0, None) for process in sorted(inflows) if inflows[process]}
    waiting = list(found)
    for supplier in waiting:
        for consumer in consumers.get(supplier, []):
            if consumer not in found:
                found[consumer] = (found[supplier][0] + 1, supplier)
                waiting.append(consumer)
    return {process: found.get(process, (0, None)) for process in inflows}


def _closed(inflow: list[tuple[str, Fraction]], wanted: int) -> list[tuple[str, int]]:
    """The inflows rounded so that they sum to what is wanted: the residue of earlier roundings goes to the largest inflow."""
    residue = wanted - sum((v for _, v in inflow), Fraction(0))
    largest = max(range(len(inflow)), key=lambda k: (abs(inflow[k][1]), inflow[k][0]))
    shifted = [(key, value + residue if k == largest else value) for k, (key, value) in enumerate(inflow)]
    _, parts = apportion(shifted, _ONE)
    return [(key, int(part)) for (key, _), part in zip(shifted, parts, strict=True)]


def _links_between_processes(solution: Solution) -> dict[tuple[str, str], Fraction]:
    found: dict[tuple[str, str], Fraction] = {}
    for link in solution.system.link_lines:
        pair = (solution.system.products[link.supplier].process, link.process)
        found[pair] = found.get(pair, Fraction(0)) + solution.link_value(link)
    return found


def _groups(solution: Solution) -> dict[str, int]:
    """Each process's place in the supply order (suppliers first); processes of one loop share theirs."""
    system = solution.system
    processes = sorted({product.process for product in system.products})
    index = {process: k for k, process in enumerate(processes)}
    columns: list[dict[int, Fraction]] = [{} for _ in processes]
    for j, column in enumerate(technosphere(system)):
        for i, need in column.items():
            columns[index[system.products[j].process]][index[system.products[i].process]] = need
    groups: dict[str, int] = {}
    for place, members in enumerate(strongly_connected(columns)):
        for member in members:
            groups[processes[member]] = place
    return groups
