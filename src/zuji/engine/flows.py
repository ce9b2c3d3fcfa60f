"""The ribbons of the Sankey drawing: what flows into a process leaves it, to the quantum.

Ribbons are rounded from the product back towards its inputs; each process's inflows are apportioned to exactly what leaves it. Within a loop
the ribbons between its processes are rounded first and the inflows from outside take up the residue.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from zuji.engine.loops import strongly_connected
from zuji.engine.quantities import apportion, round_half_even
from zuji.engine.results import Flow
from zuji.engine.solution import Solution, technosphere

PRODUCT = "product"


def ribbons(solution: Solution, items: Mapping[tuple[str, str], Fraction], quantum: Fraction, total: Decimal) -> tuple[Flow, ...]:
    """All ribbons with a width. ``items`` maps (process, item id) to its exact contribution; nodes are ``process:ID``, ``item:ID``, ``product``."""
    links = _links_between_processes(solution)
    groups = _groups(solution)
    inside = {pair: round_half_even(value, quantum) for pair, value in links.items() if groups[pair[0]] == groups[pair[1]]}
    out: dict[str, Decimal] = {process: Decimal(0) for process in groups}
    for (supplier, _), value in inside.items():
        out[supplier] += value
    reference = solution.system.products[solution.system.reference].process
    out[reference] += total
    flows = [Flow(f"process:{s}", f"process:{c}", v) for (s, c), v in inside.items()]
    for process in sorted(groups, key=lambda p: (-groups[p], p)):
        inflow: list[tuple[str, Fraction]] = [(f"item:{item}", v) for (p, item), v in items.items() if p == process]
        inflow += [(f"process:{s}", v) for (s, c), v in links.items() if c == process and (s, c) not in inside]
        loop = sum((v for (_, c), v in inside.items() if c == process), Decimal(0))
        for source, value in _closed(inflow, Fraction(out[process] - loop), quantum):
            flows.append(Flow(source, f"process:{process}", value))
            if source.startswith("process:"):
                out[source.removeprefix("process:")] += value
    flows.append(Flow(f"process:{reference}", PRODUCT, total))
    return tuple(sorted((f for f in flows if f.value), key=lambda f: (-abs(f.value), f.source, f.target)))


def _closed(inflow: list[tuple[str, Fraction]], wanted: Fraction, quantum: Fraction) -> list[tuple[str, Decimal]]:
    """The inflows rounded so that they sum to what is wanted: the residue of earlier roundings goes to the largest inflow."""
    if not inflow:
        return []
    residue = wanted - sum((v for _, v in inflow), Fraction(0))
    largest = max(range(len(inflow)), key=lambda k: (abs(inflow[k][1]), inflow[k][0]))
    shifted = [(key, value + residue if k == largest else value) for k, (key, value) in enumerate(inflow)]
    _, parts = apportion(shifted, quantum)
    return [(key, part) for (key, _), part in zip(shifted, parts, strict=True)]


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
