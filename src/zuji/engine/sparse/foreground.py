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
        k, last = starts[j], starts[j + 1]
        while k + 4 <= last:
            a += amounts[k] * values[suppliers[k]]
            b += amounts[k + 1] * values[suppliers[k + 1]]
            c += amounts[k + 2] * values[suppliers[k + 2]]
            d += amounts[k + 3] * values[suppliers[k + 3]]
            k += 4
        while k < last:
            a += amounts[k] * values[suppliers[k]]
            k += 1
        made[j] = (a + b) + (c + d)
    return made
