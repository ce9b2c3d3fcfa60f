"""Loops between datasets and the gain of each: how much of a product one turn around the loop takes to make one unit of it.

A footprint exists exactly when every gain is below 1 (Hawkins and Simon, Econometrica 17, 1949). The gate names the gain, in float
arithmetic, so that a person sees what is wrong; what is calculated is proved in ``engine/loops.py`` and ``engine/sparse``.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from zuji.engine.loops import strongly_connected

_DENSE = 600
_TURNS = 2000


def loops(columns: Sequence[Mapping[int, Fraction]]) -> list[tuple[list[int], float]]:
    """The strongly connected components that are loops, each with the spectral radius of its part of |A|, the largest first.

    ``columns[j][i]`` is what one unit of j needs of i. Credits (negative entries) count by their absolute value, as in the exact gate.

    >>> loops([{1: Fraction(1, 2)}, {0: Fraction(2)}])
    [([0, 1], 1.0)]
    """
    found = []
    for members in strongly_connected(columns):
        if len(members) > 1:
            found.append((members, _radius(columns, members)))
        elif own := columns[members[0]].get(members[0]):
            found.append((members, float(abs(own))))
    return sorted(found, key=lambda loop: (-loop[1], loop[0]))


def _radius(columns: Sequence[Mapping[int, Fraction]], members: list[int]) -> float:
    """The spectral radius of a non-negative, irreducible matrix to 12 digits."""
    position = {member: n for n, member in enumerate(members)}
    entries = [(position[i], position[j], float(abs(need))) for j in members for i, need in columns[j].items() if i in position]
    rows, places, values = (np.array(held) for held in zip(*entries, strict=True))
    if len(members) <= _DENSE:
        matrix = np.zeros((len(members), len(members)))
        matrix[rows, places] = values
        return round(float(np.max(np.abs(np.linalg.eigvals(matrix)))), 12)
    # Power iteration on I + |A|, which is primitive, so that it settles; Collatz-Wielandt bounds the radius from both sides.
    vector = np.ones(len(members))
    upper = 0.0
    for _ in range(_TURNS):
        following = vector + np.bincount(rows, values * vector[places], len(members))
        ratios = following / vector
        upper = float(ratios.max()) - 1
        if ratios.max() - ratios.min() <= 1e-12 * ratios.max():
            break
        vector = following / following.max()
    return round(upper, 12)
