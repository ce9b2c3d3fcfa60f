"""What the machine allows, measured on it in the same run: the least time in which a pass over a matrix can read what it needs."""

from collections.abc import Callable

import numpy as np

from zuji.bench.figures import median_seconds
from zuji.engine.sparse.compiled import compiled
from zuji.engine.sparse.needs import Floats, Needs, Places

_TRIES = 9


def least_pass(needs: Needs) -> float:
    """Seconds that one pass over a matrix takes at least in one thread: the greater of streaming its bytes and of fetching its values.

    Streaming: the matrix, burdens and values are copied once, at the bandwidth that data of this size have. Fetching: the value of each entry's
    supplier is read, in the order of the entries, and nothing else is done with it.
    """
    values = np.ones(needs.columns)
    size = needs.size * 12 + needs.rows * 16 + needs.columns * 8
    source = np.ones(max(1, size // 16))
    target = np.empty_like(source)
    return max(_best(lambda: np.copyto(target, source)), _best(lambda: _fetched(needs.suppliers, values)))


def _best(action: Callable[[], object]) -> float:
    action()
    return min(median_seconds(action, runs=1) for _ in range(_TRIES))


@compiled
def _fetched(places: Places, values: Floats) -> float:
    a, b, c, d = 0.0, 0.0, 0.0, 0.0
    for k in range(0, len(places) - 3, 4):
        a += values[np.uint64(places[k])]
        b += values[np.uint64(places[k + 1])]
        c += values[np.uint64(places[k + 2])]
        d += values[np.uint64(places[k + 3])]
    return (a + b) + (c + d)
