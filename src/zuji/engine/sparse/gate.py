"""The gate before every solve: each loop must make more than it consumes.

A float solver returns plausible numbers where a loop consumes more than it makes; so no system exists without this proof.
"""

from collections.abc import Sequence

import numpy as np

from zuji.engine.errors import LoopGainTooHigh
from zuji.engine.sparse.compiled import compiled
from zuji.engine.sparse.needs import Floats, Places, Starts
from zuji.engine.text import Text

_MOST_SWEEPS = 20_000
_MEMBERS_SHOWN = 8


@compiled
def loop_scale(
    starts: Starts, inner: Starts, suppliers: Places, amounts: Floats, own: Floats, first: int, last: int, scale: Floats, most: int
) -> tuple[float, float, int]:
    """Sweep the homogeneous system over one loop until its gain is bounded on one side of 1: lowest and highest growth of a sweep, sweeps.

    Places ``first`` to ``last`` of a system in plan order; ``scale`` (all places) is overwritten there with a positive vector x. One sweep of
    Gauss-Seidel over |A| takes x to x'; its iteration matrix is that of a regular splitting of I − |A|. By Collatz and Wielandt its spectral
    radius lies between the least and the greatest x'/x, and by the theorem of Stein and Rosenberg it is on the same side of 1 as the radius
    of |A| (Varga, Matrix Iterative Analysis, 2000, theorems 2.2, 3.8 and 3.29). So a greatest growth below 1 proves the loop, whatever the
    units of its products; a least growth of 1 or more refutes it. From the 64th sweep on each is damped by one half, which takes the
    periodic part out and leaves the side of 1 unchanged.
    """
    for p in range(first, last):
        scale[p] = 1.0
    low, high, sweep = 0.0, np.inf, 0
    while sweep < most:
        sweep += 1
        low, high, top = np.inf, 0.0, 0.0
        damping = 1.0 if sweep < 64 else 0.5
        for p in range(first, last):
            total = 0.0
            for k in range(np.uint64(inner[p]), np.uint64(starts[p + 1])):
                total += abs(amounts[k]) * scale[np.uint64(suppliers[k])]
            new = damping * total / (1.0 - abs(own[p])) + (1.0 - damping) * scale[p]
            if not new <= 1e280:
                return np.inf, np.inf, sweep
            if scale[p] > 0.0:
                growth = new / scale[p]
                low = min(low, growth)
                high = max(high, growth)
            scale[p] = new
            top = max(top, new)
        if high < 1.0 or low >= 1.0:
            break
        for p in range(first, last):
            scale[p] /= top
    return low, high, sweep


def refuse_gains(
    starts: Starts, inner: Starts, suppliers: Places, amounts: Floats, own: Floats, loops: Sequence[tuple[int, int]], names: Sequence[str]
) -> float:
    """Raise :class:`LoopGainTooHigh` for a loop, or a product's need of itself, with a gain of 1 or more, naming its members.

    All arrays in plan order; ``loops`` are the first and last places of each; ``names[p]`` names place p. A loop that cannot be told from a
    gain of 1 in 20,000 sweeps is refused too: its result would be blown up beyond meaning. The value is the greatest proved growth of a
    Gauss-Seidel sweep over all loops, below 1: how fast an iteration converges.
    """
    greedy = np.flatnonzero(np.abs(own) >= 1.0)
    if len(greedy):
        p = int(greedy[0])
        raise _self_refusal(names[p], abs(float(own[p])))
    scale = np.ones(len(own))
    worst = 0.0
    for first, last in loops:
        _, high, _ = loop_scale(starts, inner, suppliers, amounts, own, first, last, scale, _MOST_SWEEPS)
        if not high < 1.0:
            raise _refusal(starts, inner, suppliers, amounts, scale, (first, last), names)
        worst = max(worst, high)
    return worst


def _self_refusal(name: str, gain: float) -> LoopGainTooHigh:
    return LoopGainTooHigh(
        Text(
            f"过程 {name} 每产出 1 单位产品自用 {gain:.6g} 单位，自用量达到或超过产出，没有有效解。请检查该过程对自身的用量和单位。",
            f"The process {name} uses {gain:.6g} of its own product per unit that it makes: as much as it makes or more, and no footprint "
            "exists. Check its input from itself and the unit.",
        ),
        (name, name),
    )


def _refusal(
    starts: Starts, inner: Starts, suppliers: Places, amounts: Floats, scale: Floats, loop: tuple[int, int], names: Sequence[str]
) -> LoopGainTooHigh:
    """Name the cycle that gains: from each product to the supplier with the largest part in the growing vector, which ends in a ring."""
    first, last = loop
    strongest = np.full(last - first, -1, np.int64)
    step = np.zeros(last - first)
    for p in range(first, last):
        here = slice(int(inner[p]), int(starts[p + 1]))
        part = np.abs(amounts[here]) * scale[suppliers[here]]
        if len(part) and np.isfinite(part).all():
            k = int(part.argmax())
            strongest[p - first] = int(suppliers[here][k]) - first
            step[p - first] = abs(float(amounts[here][k]))
    best_gain, best = 0.0, [0]
    for ring in _rings(strongest):
        gain = float(np.prod(step[ring]))
        if gain > best_gain:
            best_gain, best = gain, ring
    if best_gain >= 1.0:
        cycle = tuple(names[first + p] for p in [*best, best[0]])
        shown = " → ".join(cycle)
        return LoopGainTooHigh(
            Text(
                f"循环 {shown} 的增益为 {best_gain:.6g}，达到或超过 1：绕行一圈消耗的产品不少于产出，没有有效解。请检查循环中各行的用量和单位。",
                f"The loop {shown} has a gain of {best_gain:.6g}, 1 or more: going round once consumes as much as it makes, and no footprint "
                "exists. Check the amounts and units along it.",
            ),
            cycle,
        )
    size = np.where(np.isfinite(scale[first:last]), scale[first:last], np.inf)
    leading = [*best, *np.argsort(-size, kind="stable").tolist()]
    ordered = list(dict.fromkeys(names[first + p] for p in leading))
    more = len(ordered) - _MEMBERS_SHOWN
    listed = ", ".join(ordered[:_MEMBERS_SHOWN])
    return LoopGainTooHigh(
        Text(
            f"过程 {listed}{f' 等 {len(ordered)} 个' if more > 0 else ''} 相互循环，合计循环增益达到 1 或与 1 无法区分："
            "系统消耗的产品不少于其产出，没有有效解。请检查这些过程之间的用量和单位。",
            f"The processes {listed}{f' and {more} more' if more > 0 else ''} form loops whose combined gain reaches 1 or cannot be told from "
            "it: they consume as much of a product as they make, and no footprint exists. Check the amounts and units between them.",
        ),
        tuple(ordered),
    )


def _rings(following: Starts) -> list[list[int]]:
    """The cycles of a map from each place to one other (−1: none), each once, from its least place."""
    state = np.zeros(len(following), np.int64)
    rings = []
    for start in range(len(following)):
        trail, at = [], start
        while at >= 0 and state[at] == 0:
            state[at] = start + 1
            trail.append(at)
            at = int(following[at])
        if at >= 0 and state[at] == start + 1 and at in trail:
            ring = trail[trail.index(at) :]
            turn = ring.index(min(ring))
            rings.append(ring[turn:] + ring[:turn])
    return rings
