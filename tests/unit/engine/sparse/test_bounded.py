"""Uniform and triangular draws, and centres beside the value, against stats_arrays, which Brightway draws with, and in closed form."""

from typing import Any

import numpy as np
import pytest
import stats_arrays

from tests.unit.engine.sparse.systems import database
from zuji.engine.errors import BadMatrix
from zuji.engine.sparse.bounded import bounded_multipliers
from zuji.engine.sparse.draws import drawn, drawn_scores, sampler
from zuji.engine.sparse.needs import Needs
from zuji.engine.sparse.spread import LOGNORMAL, NORMAL, TRIANGULAR, UNIFORM, Spread
from zuji.engine.sparse.system import arranged

# (kind, size, centre, low, high) relative to the value, and the same as Brightway states it for an amount of 2.
CASES: dict[str, tuple[tuple[int, float, float, float, float], dict[str, float]]] = {
    "lognormal": ((LOGNORMAL, 0.3, 1.0, 1.0, 1.0), {"uncertainty_type": 2, "loc": np.log(2.0), "scale": 0.3}),
    "lognormal beside": ((LOGNORMAL, 0.2, 1.5, 1.0, 1.0), {"uncertainty_type": 2, "loc": np.log(3.0), "scale": 0.2}),
    "normal": ((NORMAL, 0.1, 1.0, 1.0, 1.0), {"uncertainty_type": 3, "loc": 2.0, "scale": 0.2}),
    "normal beside": ((NORMAL, 0.2, 0.5, 1.0, 1.0), {"uncertainty_type": 3, "loc": 1.0, "scale": 0.2}),
    "uniform": ((UNIFORM, 0.0, 1.0, 0.75, 1.5), {"uncertainty_type": 4, "minimum": 1.5, "maximum": 3.0}),
    "triangular": ((TRIANGULAR, 0.0, 1.25, 0.5, 1.75), {"uncertainty_type": 5, "loc": 2.5, "minimum": 1.0, "maximum": 3.5}),
    "triangular at its end": ((TRIANGULAR, 0.0, 0.5, 0.5, 1.0), {"uncertainty_type": 5, "loc": 1.0, "minimum": 1.0, "maximum": 2.0}),
}
DRAWS = 16_000


def brightway(stated: dict[str, float]) -> Any:
    """As many draws by stats_arrays."""
    parameters = stats_arrays.UncertaintyBase.from_dicts(stated)
    return stats_arrays.MCRandomNumberGenerator(parameters, seed=5).generate(DRAWS * 8)[0]


@pytest.mark.parametrize("case", CASES)
def test_each_distribution_is_the_one_that_brightway_draws(case: str) -> None:
    """One product of one emission of 2, through the whole sampler: the same quantiles as the other program's."""
    (kind, size, centre, low, high), stated = CASES[case]
    spread = Spread.of([kind], [size], centre=[centre], low=[low], high=[high])
    system = arranged(Needs.from_triplets([], [], [], rows=1))
    made = drawn(sampler(system, [2.0], needs=Spread.exact(0), direct=spread, seed=9), draws=DRAWS).of(0)
    theirs = brightway(stated)
    wide = theirs.std()
    for percent in (2.5, 25, 50, 75, 97.5):
        assert np.percentile(made, percent) == pytest.approx(np.percentile(theirs, percent), abs=0.06 * wide)
    assert made.mean() == pytest.approx(theirs.mean(), abs=0.04 * wide)
    assert made.std() == pytest.approx(wide, rel=0.03)


def test_bounds_are_never_left_and_moments_are_those_of_theory() -> None:
    count, one = 5000, np.ones(5000, np.float32)
    kinds = np.where(np.arange(count) % 2, UNIFORM, TRIANGULAR).astype(np.uint8)
    made = bounded_multipliers(kinds, one * 0.5, one * 0.75, one * 2, (0, 0, 0), (3, 0)).astype(np.float64)
    assert made.min() >= 0.5
    assert made.max() <= 2
    flat, peaked = made[1::2], made[::2]
    assert flat.mean() == pytest.approx(1.25, rel=0.005)
    assert flat.var() == pytest.approx(1.5**2 / 12, rel=0.02)
    assert peaked.mean() == pytest.approx((0.5 + 0.75 + 2) / 3, rel=0.005)
    a, c, b = 0.5, 0.75, 2.0
    assert peaked.var() == pytest.approx((a * a + b * b + c * c - a * b - a * c - b * c) / 18, rel=0.02)
    assert np.corrcoef(flat[:-1].ravel(), flat[1:].ravel())[0, 1] == pytest.approx(0, abs=0.02)
    assert np.corrcoef(flat[:, :-1].ravel(), flat[:, 1:].ravel())[0, 1] == pytest.approx(0, abs=0.02)


def test_a_database_of_all_kinds_is_the_same_bits_in_any_order_and_each_draw_solves_it() -> None:
    needs, burdens = database(200, seed=3, gain=0.6)
    kinds = np.arange(needs.size) % 5
    low, high = np.full(needs.size, 0.9), np.full(needs.size, 1.1)
    prepared = sampler(
        arranged(needs), burdens, needs=Spread.of(kinds, np.full(needs.size, 0.05), low=low, high=high), direct=Spread.exact(200), seed=4
    )
    first, again = drawn(prepared, draws=48), drawn(prepared, draws=32)
    assert first.relative[:2].tobytes() == again.relative.tobytes()
    weights = prepared.weights(1)[:, 0].astype(np.float64)
    matrix, right = np.eye(200), np.zeros(200)
    for p in range(200):
        for k in range(prepared.starts[p], prepared.starts[p + 1]):
            if prepared.sources[k] == 200:
                right[p] += weights[k]
            else:
                matrix[p, prepared.sources[k]] -= weights[k]
        if prepared.own[p] >= 0:
            matrix[p, p] -= weights[prepared.own[p]]
    made = first.relative[1][prepared.order, 0]
    assert np.allclose(made, np.linalg.solve(matrix, right), rtol=0, atol=2e-5)


def test_inputs_of_a_product_are_drawn_between_their_bounds() -> None:
    needs, burdens = database(5, seed=1)
    exact = drawn(sampler(arranged(needs), burdens, needs=Spread.exact(needs.size), direct=Spread.exact(5), seed=1), draws=320)
    foreground = Needs.from_triplets([0], [3], [2.0], rows=1, columns=5)
    made = drawn_scores(foreground, exact, spread=Spread.of([UNIFORM], [0.0], low=[0.5], high=[0.6]))[0] / (2 * exact.of(3))
    assert 0.5 <= made.min() < 0.51
    assert 0.59 < made.max() <= 0.6 + 1e-6


@pytest.mark.parametrize(("centre", "low", "high"), [(1.0, 1.2, 0.8), (1.5, 0.5, 1.2), (0.4, 0.5, 1.2), (1.0, float("nan"), 1.0)])
def test_bounds_out_of_order_are_refused(centre: float, low: float, high: float) -> None:
    with pytest.raises(BadMatrix):
        Spread.of([TRIANGULAR], [0.0], centre=[centre], low=[low], high=[high])
