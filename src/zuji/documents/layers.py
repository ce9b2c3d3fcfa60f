"""Layered placing of a product system (after Sugiyama, Tagawa & Toda, IEEE Trans. SMC 11 (1981) 109): suppliers above what they supply.

Loops are broken where a search from the reference process first meets them again; long arrows pass the layers between
through points of their own, so that none runs behind a box.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

MOST_IN_A_LAYER = 4
_SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Layers:
    """Rows from top to bottom; a node that is no process is a bend of an arrow. ``paths`` are the arrows as nodes from top to bottom."""

    rows: tuple[tuple[str, ...], ...]
    paths: tuple[tuple[str, ...], ...]
    back: tuple[tuple[str, str], ...]


def layered(processes: Sequence[str], links: Iterable[tuple[str, str]], reference: str) -> Layers:
    """Place processes; ``links`` are (supplier, consumer)."""
    known = set(processes)
    forward, back = _without_loops(processes, sorted({(s, c) for s, c in links if s in known and c in known and s != c}), reference)
    depth = _depths(processes, forward)
    rows = _narrowed(processes, depth)
    place = {node: k for k, row in enumerate(rows) for node in row}
    paths = []
    for number, (supplier, consumer) in enumerate(forward):
        bends = [f"bend:{number}:{k}" for k in range(place[supplier] + 1, place[consumer])]
        for k, bend in enumerate(bends, place[supplier] + 1):
            rows[k].append(bend)
        paths.append((supplier, *bends, consumer))
    _untangle(rows, paths)
    return Layers(tuple(tuple(row) for row in rows), tuple(paths), tuple(back))


def _without_loops(
    processes: Sequence[str], links: list[tuple[str, str]], reference: str
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    suppliers: dict[str, list[str]] = {p: [s for s, c in links if c == p] for p in processes}
    back: list[tuple[str, str]] = []
    done: set[str] = set()
    for root in [reference, *processes]:
        stack = [(root, iter(suppliers.get(root, ())))] if root not in done else []
        open_: list[str] = [root]
        while stack:
            node, rest = stack[-1]
            supplier = next(rest, None)
            if supplier is None:
                stack.pop()
                done.add(open_.pop())
            elif supplier in open_:
                back.append((supplier, node))
            elif supplier not in done:
                stack.append((supplier, iter(suppliers[supplier])))
                open_.append(supplier)
    return [link for link in links if link not in back], back


def _depths(processes: Sequence[str], links: list[tuple[str, str]]) -> dict[str, int]:
    """The longest way to a process that supplies nobody; the reference process has 0."""
    depth = dict.fromkeys(processes, 0)
    for _ in processes:
        for supplier, consumer in links:
            depth[supplier] = max(depth[supplier], depth[consumer] + 1)
    return depth


def _narrowed(processes: Sequence[str], depth: dict[str, int]) -> list[list[str]]:
    rows: list[list[str]] = []
    for level in range(max(depth.values(), default=0), -1, -1):
        row = [p for p in processes if depth[p] == level]
        count = -(-len(row) // MOST_IN_A_LAYER)
        rows.extend(row[len(row) * k // count : len(row) * (k + 1) // count] for k in range(count))
    return rows


def _untangle(rows: list[list[str]], paths: list[tuple[str, ...]]) -> None:
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for path in paths:
        for upper, lower in pairwise(path):
            above.setdefault(lower, []).append(upper)
            below.setdefault(upper, []).append(lower)
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        neighbours = above if down else below
        for row in rows if down else reversed(rows):
            place = {node: k / max(1, len(r) - 1) for r in rows for k, node in enumerate(r)}
            row.sort(key=lambda node: _middle(node, neighbours, place))


def _middle(node: str, neighbours: dict[str, list[str]], place: dict[str, float]) -> float:
    near = neighbours.get(node)
    return sum(place[n] for n in near) / len(near) if near else place[node]
