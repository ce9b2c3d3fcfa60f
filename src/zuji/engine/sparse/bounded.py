"""Draws of bounded distributions, uniform and triangular, by inverting them on numbers of the same counter as all others.

Each operation is one of IEEE 754 that is rounded correctly (a product, a sum, a root), so the draws are the same bits on every processor.
"""

import numpy as np
from numpy.typing import NDArray

from zuji.engine.sparse.chance import LANES, Single, philox
from zuji.engine.sparse.spread import UNIFORM

_APART = 2  # streams of the counter that no other distribution uses: the stream of the others, and 2


def bounded_multipliers(
    kinds: NDArray[np.uint8], low: Single, mode: Single, high: Single, address: tuple[int, int, int], key: tuple[int, int]
) -> Single:
    """One number for each entry and lane, shape (entries, 16): between ``low`` and ``high``, with the most likely value ``mode`` if TRIANGULAR.

    ``address``: stream, first draw, row, as of :func:`~zuji.engine.sparse.chance.multipliers`. Entry k has the k-th number of the stream.
    """
    stream, draw, row = address
    groups = (len(kinds) + 3) // 4
    words = [np.empty(groups * LANES, np.uint32) for _ in range(4)]
    philox(words[0], words[1], words[2], words[3], 0, stream + _APART, draw, row, key)
    mixed = np.stack(words, axis=1).reshape(groups, LANES, 4).transpose(0, 2, 1).reshape(groups * 4, LANES)[: len(kinds)]
    u = ((mixed >> np.uint32(8)).astype(np.float32) + np.float32(0.5)) * np.float32(2.0**-24)
    low_, mode_, high_ = (np.asarray(held, np.float32)[:, None] for held in (low, mode, high))
    wide = high_ - low_
    straight = low_ + wide * u
    rising = low_ + np.sqrt(u * wide * (mode_ - low_))
    falling = high_ - np.sqrt((np.float32(1) - u) * wide * (high_ - mode_))
    peaked = np.where(u * wide < mode_ - low_, rising, falling)
    made: Single = np.where((np.asarray(kinds) == UNIFORM)[:, None], straight, peaked).astype(np.float32)
    return made
