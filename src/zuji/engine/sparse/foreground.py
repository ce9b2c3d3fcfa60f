"""Products on top of a database: each with its own inputs from it. A score is a dot product with the intensities."""

from typing import Any

import numpy as np

from zuji.engine.errors import BadMatrix
from zuji.engine.sparse.compiled import compiled
from zuji.engine.sparse.needs import Floats, Needs, Places, Starts
from zuji.engine.text import Text


def scores(foreground: Needs, intensities: Any, *, direct: Any = None) -> Floats:
    """The burden of one unit of each foreground product, shape (rows,): its inputs times their intensities, and its ``direct`` burden.

    ``intensities``: one category, shape (columns,). Raises :class:`BadMatrix` where shapes do not fit.
    """
    f = np.ascontiguousarray(intensities, dtype=np.float64)
    if f.shape != (foreground.columns,):
        raise BadMatrix(
            Text(
                f"强度须为 {foreground.columns} 个数。",
                f"The intensities of {foreground.columns} products are needed; got shape {f.shape}.",
            )
        )
    made = _scores(foreground.starts, foreground.suppliers, foreground.amounts, f)
    if direct is not None:
        made += np.asarray(direct, dtype=np.float64)
    return made


def first_tier(foreground: Needs, intensities: Any) -> Floats:
    """What each input contributes, in the order of ``foreground.amounts``; the contributions of a row sum to its score."""
    f = np.asarray(intensities, dtype=np.float64)
    return foreground.amounts * f[foreground.suppliers]


@compiled
def _scores(starts: Starts, suppliers: Places, amounts: Floats, values: Floats) -> Floats:
    """Four sums a row side by side hide the latency of the additions."""
    made = np.empty(len(starts) - 1)
    for j in range(len(made)):
        a, b, c, d = 0.0, 0.0, 0.0, 0.0
        k, last, one = np.uint64(starts[j]), np.uint64(starts[j + 1]), np.uint64(1)
        while k + one + one + one < last:
            a += amounts[k] * values[np.uint64(suppliers[k])]
            k += one
            b += amounts[k] * values[np.uint64(suppliers[k])]
            k += one
            c += amounts[k] * values[np.uint64(suppliers[k])]
            k += one
            d += amounts[k] * values[np.uint64(suppliers[k])]
            k += one
        while k < last:
            a += amounts[k] * values[np.uint64(suppliers[k])]
            k += one
        made[j] = (a + b) + (c + d)
    return made
