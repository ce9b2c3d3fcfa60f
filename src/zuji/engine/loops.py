"""Loops between processes, and the test that each of them delivers more than it consumes.

A technosphere matrix A says in column j what one unit of product j needs of each product i. The supply series d + Ad + A²d + … converges,
and a footprint exists, exactly when the spectral radius of A is below 1. A float solver returns a plausible negative number where it does
not; so this gate stands before every solve and is decided in exact arithmetic.
"""

import itertools
from collections.abc import Mapping, Sequence
from fractions import Fraction

import flint
import numpy as np
from numpy.typing import NDArray

from zuji.engine.errors import LoopGainTooHigh
from zuji.engine.quantities import decimal_text
from zuji.engine.text import Text

_LONGEST_CYCLE = 40
_LARGEST_SEARCHED = 150
_MEMBERS_SHOWN = 8


def strongly_connected(columns: Sequence[Mapping[int, Fraction]]) -> list[list[int]]:
    """The components of processes that need one another, suppliers before the processes that they supply.

    Tarjan's algorithm (SIAM J. Comput. 1, 1972), without recursion. Members are sorted within a component; the order depends only on
    the indices. A zero coefficient is no edge.

    >>> strongly_connected([{1: Fraction(1)}, {2: Fraction(1)}, {1: Fraction(1, 2)}])
    [[1, 2], [0]]
    """
    edges = [sorted(i for i, need in column.items() if need) for column in columns]
    number: dict[int, int] = {}
    lowest: dict[int, int] = {}
    waiting: list[int] = []
    in_waiting: set[int] = set()
    found: list[list[int]] = []
    for root in range(len(columns)):
        if root in number:
            continue
        path = [(root, iter(edges[root]))]
        number[root] = lowest[root] = len(number)
        waiting.append(root)
        in_waiting.add(root)
        while path:
            node, following = path[-1]
            after = next(following, None)
            if after is None:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[node])
                if lowest[node] == number[node]:
                    members = [waiting.pop()]
                    while members[-1] != node:
                        members.append(waiting.pop())
                    in_waiting.difference_update(members)
                    found.append(sorted(members))
            elif after not in number:
                number[after] = lowest[after] = len(number)
                waiting.append(after)
                in_waiting.add(after)
                path.append((after, iter(edges[after])))
            elif after in in_waiting:
                lowest[node] = min(lowest[node], number[after])
    return found


def refuse_gain(columns: Sequence[Mapping[int, Fraction]], names: Sequence[str]) -> None:
    """Raise :class:`LoopGainTooHigh` for a loop that needs as much of a product as it makes, or more; of several, the first by name.

    Criterion, exact, for each component with |A| entry by entry: (I − |A|) x = 1 has a solution with every x > 0. For a non-negative A
    this is equivalent to a spectral radius below 1 (Hawkins and Simon, Econometrica 17, 1949; Berman and Plemmons, Nonnegative Matrices
    in the Mathematical Sciences, ch. 6, theorem 2.3): if x > 0 and |A|x = x − 1 < x then the radius is below 1 by
    Collatz-Wielandt, and if it is below 1 then x = 1 + |A|1 + |A|²1 + … ≥ 1. A gain of exactly 1 is refused: the system is singular.

    Negative coefficients (credits of system expansion) count by absolute value. With signs, a loop could pass because a credit cancels
    a consumption although the supply series of neither converges; by absolute value the series converges in whatever order it is summed.
    """
    for members in sorted(strongly_connected(columns), key=lambda loop: min((names[k], k) for k in loop)):
        inside = set(members)
        inner = {j: {i: abs(need) for i, need in columns[j].items() if need and i in inside} for j in members}
        for j in sorted(members, key=lambda k: (names[k], k)):
            if (gain := inner[j].get(j, Fraction(0))) >= 1:
                raise _refusal([j, j], gain, names)
        if len(members) > 1 and not _productive(members, inner):
            raise _named(members, inner, names)


def _productive(members: Sequence[int], inner: Mapping[int, Mapping[int, Fraction]]) -> bool:
    """Whether (I − |A|) x = 1 has a positive solution on the component, decided exactly."""
    place = {k: n for n, k in enumerate(members)}
    size = len(members)
    matrix = flint.fmpq_mat(size, size)
    for n in range(size):
        matrix[n, n] = 1
    for j in members:
        for i, need in inner[j].items():
            row, column = place[i], place[j]
            matrix[row, column] = matrix[row, column] - flint.fmpq(need.numerator, need.denominator)
    try:
        solution = matrix.solve(flint.fmpq_mat(size, 1, [1] * size))
    except ZeroDivisionError:
        return False
    return all(solution[n, 0] > 0 for n in range(size))


def _float_matrix(members: Sequence[int], inner: Mapping[int, Mapping[int, Fraction]], place: Mapping[int, int]) -> NDArray[np.float64]:
    matrix = np.zeros((len(members), len(members)))
    for j in members:
        for i, need in inner[j].items():
            try:
                matrix[place[i], place[j]] = float(need)
            except OverflowError:
                matrix[place[i], place[j]] = 1e300
    return matrix


def _named(members: Sequence[int], inner: Mapping[int, Mapping[int, Fraction]], names: Sequence[str]) -> LoopGainTooHigh:
    """The refusal for a component: its shortest cycle with a gain of 1 or more, else the members with their combined gain."""
    cycle = _gaining_cycle(members, inner, names)
    if cycle is not None:
        gain = Fraction(1)
        for j, i in itertools.pairwise(cycle):
            gain *= inner[j][i]
        return _refusal(cycle, gain, names)
    combined = _combined_gain(_float_matrix(members, inner, {k: n for n, k in enumerate(members)}))
    ordered = sorted(names[k] for k in members)
    more = len(ordered) - _MEMBERS_SHOWN
    listed = ", ".join(ordered[:_MEMBERS_SHOWN])
    return LoopGainTooHigh(
        Text(
            f"过程 {listed}{f' 等 {len(ordered)} 个' if more > 0 else ''} 相互循环，合计循环增益 ≈ {combined}，达到或超过 1："
            "系统消耗的产品不少于其产出，没有有效解。请检查这些过程之间的用量和单位。",
            f"The processes {listed}{f' and {more} more' if more > 0 else ''} form loops whose combined gain is ≈ {combined}, 1 or more: they "
            "consume as much of a product as they make, and no footprint exists. Check the amounts and units between them.",
        ),
        tuple(ordered),
    )


def _gaining_cycle(members: Sequence[int], inner: Mapping[int, Mapping[int, Fraction]], names: Sequence[str]) -> list[int] | None:
    """The shortest cycle with a gain of 1 or more, the largest gain among those; None if the bounded search finds none.

    Best products over walks of 2, 3, … steps. A shortest closed walk with gain ≥ 1 visits no process twice: were it two closed walks
    joined, one of them alone would have gain ≥ 1 and be shorter. Floats propose, exact products decide.
    """
    if len(members) > _LARGEST_SEARCHED:
        return None
    order = sorted(members, key=lambda k: (names[k], k))
    place = {k: n for n, k in enumerate(order)}
    with np.errstate(divide="ignore"):
        step = np.log(_float_matrix(order, inner, place).T)  # step[j, i]: from process j to its supplier i
    best, back = step.copy(), []
    for _ in range(2, min(len(order), _LONGEST_CYCLE) + 1):
        previous = np.empty(best.shape, dtype=np.int64)
        longer = np.empty_like(best)
        for start in range(len(order)):
            walks = best[start][:, None] + step
            previous[start] = walks.argmax(axis=0)
            longer[start] = walks.max(axis=0)
        best = longer
        back.append(previous)
        closed = np.diagonal(best)
        for start in np.argsort(-closed, kind="stable"):
            if closed[start] < -1e-9:
                break
            cycle = _walk(int(start), back, order)
            if _gain(cycle, inner) >= 1:
                return cycle
    return None


def _walk(start: int, back: Sequence[NDArray[np.int64]], order: Sequence[int]) -> list[int]:
    """The closed walk through ``start`` that the tables remember, from its smallest name round to it again."""
    walk, at = [start], start
    for table in reversed(back):
        at = int(table[start, at])
        walk.append(at)
    forward = walk[::-1]  # first step … back at start
    ring = forward[-1:] + forward[:-1]
    first = ring.index(min(ring))
    turned = ring[first:] + ring[:first]
    return [order[n] for n in (*turned, turned[0])]


def _gain(cycle: Sequence[int], inner: Mapping[int, Mapping[int, Fraction]]) -> Fraction:
    gain = Fraction(1)
    for j, i in itertools.pairwise(cycle):
        gain *= inner[j].get(i, Fraction(0))
    return gain


def _combined_gain(matrix: NDArray[np.float64]) -> str:
    """The spectral radius by power iteration on A + I (which has no periodic part), rounded: for the message only."""
    vector = np.ones(len(matrix))
    shifted = matrix + np.eye(len(matrix))
    growth = 1.0
    for _ in range(2000):
        following = shifted @ vector
        growth = float(following.max())
        if not np.isfinite(growth):
            return "∞"
        vector = following / growth
    return f"{growth - 1:.4g}"


def _refusal(cycle: Sequence[int], gain: Fraction, names: Sequence[str]) -> LoopGainTooHigh:
    named = tuple(names[k] for k in cycle)
    shown = " → ".join(named)
    amount = _gain_text(gain)
    if len(cycle) == 2:
        return LoopGainTooHigh(
            Text(
                f"过程 {named[0]} 每产出 1 单位产品自用 {amount} 单位，自用量达到或超过产出，没有有效解。请检查该过程对自身的用量和单位。",
                f"The process {named[0]} uses {amount} of its own product per unit that it makes: as much as it makes or more, and no "
                "footprint exists. Check its input from itself and the unit.",
            ),
            named,
        )
    return LoopGainTooHigh(
        Text(
            f"循环 {shown} 的增益为 {amount}，达到或超过 1：绕行一圈消耗的产品不少于产出，没有有效解。请检查循环中各行的用量和单位。",
            f"The loop {shown} has a gain of {amount}, 1 or more: going round once consumes as much as it makes, and no footprint exists. "
            "Check the amounts and units along it.",
        ),
        named,
    )


def _gain_text(gain: Fraction) -> str:
    """The exact decimal where it is short, else ≈ and six decimals; never rounded down to below 1."""
    try:
        exact = decimal_text(gain)
    except ValueError:
        exact = ""
    return exact if 0 < len(exact) <= 14 else f"≈ {decimal_text(gain, 6)}"
