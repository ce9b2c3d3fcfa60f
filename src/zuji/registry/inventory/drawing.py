"""Draws of a released database by the uncertainties that its publisher states: made once for all its datasets, and shared by them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from zuji.engine.sparse.background_draws import background_sampler
from zuji.engine.sparse.draws import Draws
from zuji.engine.sparse.draws import drawn as draw
from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.inventory import queries
from zuji.registry.inventory.models import Dataset
from zuji.registry.inventory.solved import opened
from zuji.registry.refusals import NotFound, Refused

FEWEST_DRAWS, MOST_DRAWS = 16, 10_000
_KEPT = 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """The draws of one dataset, kgCO2e per ``unit`` of its product: percentiles 2.5, 50 and 97.5, mean and standard deviation.

    ``value``: as solved, without draws. ``usable`` of ``draws``: in the others a loop consumes what it makes. ``uncertain``: how many numbers of the
    whole database are drawn; ``undrawn``: how many uncertainties are not, by reason. Where nothing behind the dataset is uncertain, all draws are
    its value: ``spread`` is False, and that says that nobody stated an uncertainty, not that there is none.
    """

    column: str
    unit: str
    value: float
    low: float
    median: float
    high: float
    mean: float
    deviation: float
    draws: int
    usable: int
    seed: int
    spread: bool
    uncertain: int
    undrawn: Mapping[str, int]


def drawn(code: str, dataset: str, *, viewer: Viewer, column: str = "AR6/total", draws: int = 1000, seed: int = 1) -> Drawn:
    """Draw a dataset, named by its identifier. All datasets of a release have the same draws under one seed, so differences are paired.

    Raises:
        NotFound: there is no such release or dataset, or none that the viewer may read, or no such column.
        Refused: the dataset has no number; too few or too many draws are asked for; no draw has a solution.
    """
    if not FEWEST_DRAWS <= draws <= MOST_DRAWS:
        raise Refused(
            Text(f"抽样次数须在 {FEWEST_DRAWS} 到 {MOST_DRAWS} 之间。", f"From {FEWEST_DRAWS} to {MOST_DRAWS} draws can be made.")
        )
    found = queries.intensities(code, dataset, viewer=viewer)
    if column not in found.values:
        raise NotFound
    row = Dataset.objects.get(release__code=code, uuid=dataset)
    if row.position is None or row.standing == "nothing":
        raise Refused(Text(f"数据集 {dataset} 没有数值。", f"The dataset {dataset} has no number."))
    made = shared(found.background, column, draws, seed)
    values = made.of(row.position)
    if not len(values):
        raise Refused(Text("没有一次抽样有解。", "No draw has a solution."))
    low, median, high = (float(point) for point in np.percentile(values, (2.5, 50, 97.5)))
    spreads = opened(found.background).background.uncertain
    summary = queries.release(code, viewer=viewer).summary
    return Drawn(
        column=column,
        unit=found.unit,
        value=found.values[column],
        low=low,
        median=median,
        high=high,
        mean=float(values.mean()),
        deviation=float(values.std(ddof=1)),
        draws=len(made.failed),
        usable=made.usable,
        seed=seed,
        spread=bool(values.max() > values.min()),
        uncertain=spreads.size if spreads else 0,
        undrawn=summary.get("drawing", {}).get("undrawn", {}),
    )


@lru_cache(maxsize=_KEPT)
def shared(background: str, column: str, draws: int, seed: int) -> Draws:
    """The draws of every process of a solved database, named by its hash: the same for whoever asks."""
    return draw(background_sampler(opened(background).background, column, seed=seed), draws=draws)
