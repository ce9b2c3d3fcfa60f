"""A change passed on is the change solved anew, within the tolerance, and after any number of changes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.engine.sparse.systems import Columns, columns, database, needs_of
from zuji.engine.errors import BadMatrix, LoopGainTooHigh
from zuji.engine.sparse.change import LiveNetwork
from zuji.engine.sparse.foreground import first_tier, scores
from zuji.engine.sparse.intensity import intensities
from zuji.engine.sparse.needs import Floats, Needs
from zuji.engine.sparse.system import arranged


def off(live: LiveNetwork, amounts: Floats, burdens: Floats) -> float:
    """The greatest error of a live network against a solution from nothing, relative to its bound."""
    anew = intensities(live.system.with_amounts(amounts), burdens).values[:, 0]
    bound = np.maximum(live.bound, 1e-300)
    return float((np.abs(live.values - anew) / bound).max())


@settings(max_examples=60, deadline=None, derandomize=True)
@given(columns(signed=True), st.data())
def test_any_changes_keep_the_tolerance(made: Columns, data: st.DataObject) -> None:
    needs = needs_of(made)
    burdens, amounts = np.arange(1.0, len(made) + 1), np.array(needs.amounts)
    live = LiveNetwork(arranged(needs), burdens, tolerance=1e-6)
    rows = np.repeat(np.arange(needs.rows), np.diff(needs.starts))
    for _ in range(data.draw(st.integers(1, 6))):
        factor = data.draw(st.sampled_from([0.5, 0.9, 1.01, 1.1]))
        if needs.size and data.draw(st.booleans()):
            k = data.draw(st.integers(0, needs.size - 1))
            if abs(amounts[k] * factor) > abs(needs.amounts[k]):
                continue
            amounts[k] *= factor
            live.change_amount(int(rows[k]), int(needs.suppliers[k]), float(amounts[k]))
        else:
            j = data.draw(st.integers(0, len(made) - 1))
            burdens[j] *= min(factor, 1.0)
            live.change_burdens(j, burdens[j])
    assert off(live, amounts, burdens) <= 1e-6


@pytest.mark.parametrize("tolerance", [1e-4, 1e-6, 1e-9])
def test_hundreds_of_changes_do_not_add_up_their_errors(tolerance: float) -> None:
    needs, burdens = database(2000, seed=2, inputs=3)
    live = LiveNetwork(arranged(needs), burdens, tolerance=tolerance)
    random = np.random.Generator(np.random.PCG64(9))
    pushes = []
    for j in random.integers(0, 2000, 300):
        burdens[j] *= 0.97
        pushes.append(live.change_burdens(int(j), burdens[j]).pushes)
    assert off(live, needs.amounts, burdens) <= tolerance
    assert np.median(pushes) < 500


def test_a_background_factor_reaches_every_product_that_uses_it() -> None:
    """Products with inputs from a database and from one another; the factor of one dataset rises by a twentieth."""
    network, _ = database(500, seed=4)
    background = Needs.from_triplets(np.repeat(np.arange(500), 2), np.arange(1000) % 7, np.full(1000, 0.3), rows=500, columns=7)
    factors = np.arange(1.0, 8.0)
    live = LiveNetwork(arranged(network), scores(background, factors))
    factors[3] *= 1.05
    users, _ = background.transposed().row(3)
    live.change_burdens(users, scores(background, factors)[users])
    assert off(live, network.amounts, scores(background, factors)) <= 1e-6


@pytest.mark.parametrize("tolerance", [1e-3, 1e-9])
def test_several_categories_change_together_and_each_keeps_the_tolerance(tolerance: float) -> None:
    """Categories in units nine orders apart, one of them signed and one empty for most products: in each the errors are within its own bound."""
    needs, burdens = database(1500, seed=11, inputs=3)
    random = np.random.Generator(np.random.PCG64(4))
    h = np.stack([burdens, 1e-9 * burdens * random.normal(0, 1, 1500), np.where(np.arange(1500) % 40 == 0, burdens, 0.0)], axis=1)
    amounts, rows = np.array(needs.amounts), np.repeat(np.arange(1500), np.diff(needs.starts))
    live = LiveNetwork(arranged(needs), h, tolerance=tolerance)
    effects = []
    for k in random.integers(0, needs.size, 60):
        amounts[k] *= 0.95
        effects.append(live.change_amount(int(rows[k]), int(needs.suppliers[k]), float(amounts[k])))
        h[rows[k]] *= [1.1, 0.9, 1.0]
        effects.append(live.change_burdens(int(rows[k]), h[rows[k]]))
    assert {effect.whole for effect in effects} >= {False}
    anew = intensities(arranged(Needs.from_csr(needs.starts, needs.suppliers, amounts)), h).values
    error = np.abs(live.values - anew) / np.maximum(live.bound, 1e-300)
    assert live.values.shape == (1500, 3)
    assert error.max() <= tolerance
    assert live.value(7, 1) == live.values[7, 1]
    for c in range(3):
        alone = LiveNetwork(arranged(needs), np.ascontiguousarray(h[:, c]))
        assert alone.values.shape == (1500,)
    with pytest.raises(BadMatrix, match="for each"):
        live.change_burdens(3, [1.0, 2.0])


def test_a_change_that_reaches_everything_is_solved_as_a_whole() -> None:
    needs, burdens = database(20_000, seed=6)
    live = LiveNetwork(arranged(needs), burdens)
    assert live.change_burdens(np.arange(20_000), burdens * 1.5).whole
    assert off(live, needs.amounts, burdens * 1.5) <= 1e-6


def test_a_loop_that_would_gain_is_refused_and_nothing_has_changed() -> None:
    needs = Needs.from_triplets([0, 1], [1, 0], [0.5, 0.5], rows=2)
    live = LiveNetwork(arranged(needs), np.ones(2))
    before = live.values
    with pytest.raises(LoopGainTooHigh):
        live.change_amount(0, 1, 2.0)
    assert live.values.tolist() == before.tolist()
    live.change_amount(0, 1, 0.6)
    assert live.value(0) == pytest.approx((1 + 0.6) / (1 - 0.3), rel=1e-6)


def test_growing_amounts_that_outgrow_the_proof_get_a_new_one() -> None:
    needs = Needs.from_triplets([0, 1, 2], [1, 0, 0], [0.1, 0.1, 0.1], rows=3)
    live = LiveNetwork(arranged(needs), np.ones(3))
    amounts = np.array(needs.amounts)
    for amount in (0.9, 0.99, 5.0):
        amounts[0] = amount
        live.change_amount(0, 1, amount)
        assert off(live, amounts, np.ones(3)) <= 1e-6


def test_a_need_of_itself_changes_too() -> None:
    live = LiveNetwork(arranged(Needs.from_triplets([0, 1], [0, 0], [0.2, 1.0], rows=2)), np.ones(2))
    live.change_amount(0, 0, 0.5)
    assert live.value(1) == pytest.approx(3.0, rel=1e-6)
    with pytest.raises(LoopGainTooHigh):
        live.change_amount(0, 0, 1.0)
    assert live.value(0) == pytest.approx(2.0, rel=1e-6)


def test_an_input_that_is_not_there_and_numbers_that_are_none_are_refused() -> None:
    live = LiveNetwork(arranged(Needs.from_triplets([0], [1], [0.5], rows=2)), np.ones(2))
    with pytest.raises(BadMatrix, match="no input"):
        live.change_amount(1, 0, 0.5)
    with pytest.raises(BadMatrix):
        live.change_amount(0, 1, float("nan"))
    with pytest.raises(BadMatrix):
        live.change_burdens(0, float("inf"))


def test_scores_are_the_sums_of_their_first_tier() -> None:
    foreground = Needs.from_triplets(np.repeat(np.arange(40), 23), np.tile(np.arange(23), 40), np.arange(920.0) / 7, rows=40, columns=60)
    intensity = np.arange(60.0) ** 1.5
    parts = first_tier(foreground, intensity)
    assert np.allclose(np.add.reduceat(parts, foreground.starts[:-1]), scores(foreground, intensity), rtol=1e-14)
    assert np.allclose(scores(foreground, intensity, direct=np.ones(40)), scores(foreground, intensity) + 1, rtol=1e-14)
    with pytest.raises(BadMatrix):
        scores(foreground, intensity[:-1])
