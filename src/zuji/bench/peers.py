"""Other ways to do the same, to compare with in the same run."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray


def gauss(columns: Sequence[Mapping[int, Fraction]], demand: Mapping[int, Fraction]) -> list[Fraction]:
    """(I − A) x = d by Gauss elimination over ``fractions.Fraction``: exact, and what one writes first."""
    n = len(columns)
    rows = [[Fraction(int(i == j)) - columns[j].get(i, Fraction(0)) for j in range(n)] + [demand.get(i, Fraction(0))] for i in range(n)]
    for k in range(n):
        pivot = next(i for i in range(k, n) if rows[i][k])
        rows[k], rows[pivot] = rows[pivot], rows[k]
        inverse = 1 / rows[k][k]
        rows[k] = [value * inverse for value in rows[k]]
        for i in range(n):
            factor = rows[i][k]
            if i != k and factor:
                rows[i] = [value - factor * above for value, above in zip(rows[i], rows[k], strict=True)]
    return [row[n] for row in rows]


def floating(columns: Sequence[Mapping[int, Fraction]], demand: Mapping[int, Fraction]) -> NDArray[np.float64]:
    """The same in binary floating point: LU by LAPACK with one step of refinement. Fast, and not exact."""
    n = len(columns)
    matrix = np.eye(n)
    for j, column in enumerate(columns):
        for i, need in column.items():
            matrix[i, j] -= float(need)
    wanted = np.zeros(n)
    for i, amount in demand.items():
        wanted[i] = float(amount)
    made = np.linalg.solve(matrix, wanted)
    return made + np.linalg.solve(matrix, wanted - matrix @ made)
