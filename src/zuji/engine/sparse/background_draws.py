"""Draws of a released database: each need and each emission by the spread that its publisher states."""

import numpy as np

from zuji.engine.sparse.background import PARTS, TOTAL, Background
from zuji.engine.sparse.draws import Sampler, sampler
from zuji.engine.sparse.spread import Spread
from zuji.engine.sparse.system import arranged


def background_sampler(background: Background, column: str, *, seed: int) -> Sampler:
    """Draws of one column of a released database, such as ``AR6/total``.

    Numbers are drawn by their place in the database, so all columns of a release are drawn from the same numbers. Raises KeyError for a column
    that the database does not have. A database without any spread gives the same value in every draw.
    """
    if column not in background.columns:
        raise KeyError(column)
    system = arranged(background.needs, plan=background.plan)
    uncertain = background.uncertain
    if uncertain is None:
        burdens = background.burdens[:, background.columns.index(column)]
        exact = Spread.exact(background.needs.size), Spread.exact(len(burdens))
        return sampler(system, burdens, needs=exact[0], direct=exact[1], seed=seed)
    gwp, _, part = column.partition("/")
    sets = list(dict.fromkeys(name.partition("/")[0] for name in background.columns))
    counted = np.ones(len(uncertain.parts), np.bool_) if part == TOTAL else uncertain.parts == PARTS.index(part)
    emissions = np.where(counted, uncertain.emissions[:, sets.index(gwp)], 0.0)
    return sampler(system, emissions, needs=uncertain.needs, direct=uncertain.direct, seed=seed, consumers=uncertain.emitters)
