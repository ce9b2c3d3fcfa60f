"""Paths, flows, variances and comparisons: what is shown sums to the whole."""

import itertools
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.engine.sparse.systems import Columns, columns, database, needs_of
from zuji.engine.errors import BadMatrix
from zuji.engine.sparse.draws import drawn, drawn_scores, sampler
from zuji.engine.sparse.exploration import compare, network_tornado, tornado, variance_budget
from zuji.engine.sparse.intensity import intensities
from zuji.engine.sparse.needs import Needs
from zuji.engine.sparse.paths import REST, sankey, structural_paths
from zuji.engine.sparse.spread import EXACT, LOGNORMAL, NORMAL, TRIANGULAR, UNIFORM, Spread
from zuji.engine.sparse.supply import supply
from zuji.engine.sparse.system import arranged

few = settings(max_examples=40, deadline=None, derandomize=True)


@few
@given(columns(signed=True), st.integers(1, 60))
def test_paths_and_the_rest_sum_to_the_total(made: Columns, most: int) -> None:
    system, burdens = arranged(needs_of(made)), np.arange(1.0, len(made) + 1)
    values = intensities(system, burdens).values[:, 0]
    found = structural_paths(system, burdens, values, 0, amount=3.0, most=most, smallest=0.0)
    shown = [path.direct for path in found.paths]
    size = sum(map(abs, shown)) + abs(found.rest) + 3 * abs(values[0])
    assert sum(shown) + found.rest == pytest.approx(3 * values[0], abs=1e-11 * size)
    assert len(found.paths) <= most
    for path in found.paths:
        amount = 3.0
        for consumer, supplier in itertools.pairwise(path.products):
            amount *= float(made[consumer][supplier])
        assert path.amount == pytest.approx(amount, rel=1e-12)


def test_paths_by_hand() -> None:
    """A product of steel and power; steel takes power; power takes a little of itself by way of coal."""
    needs = Needs.from_triplets([0, 0, 1, 2, 3], [1, 2, 2, 3, 2], [2.0, 3.0, 0.5, 0.4, 0.1], rows=4)
    burdens = np.array([0.0, 1.5, 0.8, 0.2])
    system = arranged(needs)
    found = structural_paths(system, burdens, intensities(system, burdens).values[:, 0], 0, smallest=0.01)
    by_products = {path.products: path.direct for path in found.paths}
    assert by_products[0, 1] == pytest.approx(3.0)
    assert by_products[0, 2] == pytest.approx(2.4)
    assert by_products[0, 1, 2] == pytest.approx(0.8)
    assert by_products[0, 2, 3, 2] == pytest.approx(3 * 0.4 * 0.1 * 0.8)
    assert [path.products for path in found.paths[:3]] == [(0, 1), (0, 2), (0, 1, 2)]


@few
@given(columns(signed=True), st.integers(1, 14), st.data())
def test_a_sankey_conserves_its_flow_at_every_node_and_sums_to_the_total(made: Columns, shown: int, data: st.DataObject) -> None:
    system, burdens = arranged(needs_of(made)), np.arange(1.0, len(made) + 1)
    values = intensities(system, burdens).values[:, 0]
    demand = np.array(data.draw(st.lists(st.integers(0, 5), min_size=len(made), max_size=len(made))), dtype=float)
    drawing = sankey(system, burdens, values, supply(system, demand), demand, shown=shown)
    size = sum(abs(link.value) for link in drawing.links) + sum(abs(node.own) + abs(node.through) for node in drawing.nodes) + 1e-30
    assert sum(node.own for node in drawing.nodes) == pytest.approx(float(demand @ values), abs=1e-11 * size)
    assert drawing.total == pytest.approx(float(demand @ values), abs=1e-11 * size)
    shown_products = {node.product for node in drawing.nodes}
    came: dict[int, float] = defaultdict(float)
    went: dict[int, float] = defaultdict(float)
    for j, amount in enumerate(demand):
        came[j if j in shown_products else REST] += amount * values[j]
    for link in drawing.links:
        came[link.supplier] += link.value
        went[link.consumer] += link.value
    for node in drawing.nodes:
        assert came[node.product] == pytest.approx(node.own + went[node.product], abs=1e-11 * size)
        assert node.through == pytest.approx(came[node.product], abs=1e-11 * size)
    assert len(drawing.nodes) <= shown + 1


def test_the_variance_budget_of_a_chain() -> None:
    needs = Needs.from_triplets([0, 1], [1, 2], [2.0, 3.0], rows=3)
    system, burdens = arranged(needs), np.array([0.0, 0.0, 5.0])
    values = intensities(system, burdens).values[:, 0]
    made = supply(system, [1.0, 0.0, 0.0])
    budget = variance_budget(
        system, burdens, values, made, needs=Spread.of([1, 1], [0.2, 0.1]), direct=Spread.of([0, 0, 1], [0, 0, 0.2]), shown=2
    )
    assert budget.relative_sd == pytest.approx(0.3)
    assert [(share.consumer, share.supplier) for share in budget.shares] == [(2, -1), (0, 1)]
    assert [share.share for share in budget.shares] == pytest.approx([4 / 9, 4 / 9])
    assert budget.rest == pytest.approx(1 / 9)
    assert budget.stated == 1.0


def test_the_variance_budget_agrees_with_monte_carlo_where_spreads_are_small() -> None:
    needs, burdens = database(150, seed=8, gain=0.6)
    system = arranged(needs)
    spread = Spread.of(np.full(needs.size, LOGNORMAL), np.full(needs.size, 0.05)), Spread.of(np.full(150, NORMAL), np.full(150, 0.05))
    draws = drawn(sampler(system, burdens, needs=spread[0], direct=spread[1], seed=4), draws=4000)
    values = intensities(system, burdens).values[:, 0]
    for product in (3, 70, 149):
        made = supply(system, np.arange(150) == product)
        budget = variance_budget(system, burdens, values, made, needs=spread[0], direct=spread[1], shown=10_000)
        found = draws.of(product)
        assert budget.relative_sd == pytest.approx(found.std() / found.mean(), rel=0.06)
        assert sum(share.share for share in budget.shares) + budget.rest == pytest.approx(1)


def test_what_two_products_share_cancels_in_a_paired_comparison() -> None:
    """B needs a fiftieth more of the same uncertain steel: alone their ranges overlap, run by run A is always lower."""
    needs, burdens = database(60, seed=9)
    spread = Spread.of(np.full(needs.size, LOGNORMAL), np.full(needs.size, 0.1)), Spread.of(np.full(60, LOGNORMAL), np.full(60, 0.3))
    background = drawn(sampler(arranged(needs), burdens, needs=spread[0], direct=spread[1], seed=4), draws=1008)
    foreground = Needs.from_triplets([0, 1], [5, 5], [1.0, 1.02], rows=2, columns=60)
    a, b = drawn_scores(foreground, background, spread=Spread.of([EXACT, EXACT], [0, 0]))
    found = compare(a, b)
    assert found.lower == 1.0
    assert found.between[0] > 0.99
    assert found.difference[2] < 0
    assert 0.4 < compare(a, np.roll(b, 1)).lower < 0.65
    assert compare(b, a).lower == 0.0
    assert compare(a, a).lower == 0.5


def test_a_comparison_knows_how_sure_it_is() -> None:
    few_runs, many = compare([1.0] * 24 + [3.0], [2.0] * 25), compare([1.0] * 2400 + [3.0] * 100, [2.0] * 2500)
    assert few_runs.lower == many.lower == 0.96
    assert few_runs.between == pytest.approx((0.8046, 0.9929), abs=1e-4)  # Wilson's interval of 24 in 25
    assert many.between[1] - many.between[0] < 0.02
    with pytest.raises(BadMatrix):
        compare([1.0], [1.0, 2.0])
    with pytest.raises(BadMatrix):
        compare([], [])


def test_a_tornado_is_the_score_with_one_input_moved() -> None:
    foreground = Needs.from_triplets([0, 0, 0], [0, 1, 2], [1.0, 2.0, 3.0], rows=1, columns=3)
    swings = tornado(foreground, [10.0, 1.0, 1.0], 0, spread=Spread.of([EXACT, LOGNORMAL, NORMAL], [0, 0.5, 0.1]), direct=4.0)
    assert [swing.input for swing in swings] == [1, 2, 0]
    assert (swings[0].low, swings[0].high) == pytest.approx((17 + 2 / np.exp(0.979982), 17 + 2 * np.exp(0.979982)), rel=1e-6)
    assert (swings[1].low, swings[1].high) == pytest.approx((19 - 3 * 0.1959964, 19 + 3 * 0.1959964), rel=1e-6)
    assert (swings[2].low, swings[2].high) == (19.0, 19.0)


def test_a_tornado_of_a_network_is_the_footprint_solved_anew() -> None:
    """Amounts within loops, to 0.8 and to 1.2 of themselves, and a burden to 0.7 and 1.1: each end against a solution from nothing."""
    needs, burdens = database(40, seed=12, gain=0.7)
    system = arranged(needs)
    values = intensities(system, burdens).values[:, 0]
    made = supply(system, np.arange(40) == 3)
    amount_ends, burden_ends = (np.full(needs.size, 0.8), np.full(needs.size, 1.2)), (np.full(40, 0.7), np.full(40, 1.1))
    swings = network_tornado(system, burdens, values, made, 3, needs=amount_ends, direct=burden_ends, shown=30)
    assert len(swings) == 30
    assert {swing.supplier == -1 for swing in swings} == {True, False}
    assert [swing.width for swing in swings] == sorted((swing.width for swing in swings), reverse=True)
    rows = np.repeat(np.arange(40), np.diff(needs.starts))
    for swing in swings:
        for end, low in ((swing.low, True), (swing.high, False)):
            h, amounts = burdens.copy(), needs.amounts.copy()
            if swing.supplier < 0:
                h[swing.consumer] *= 0.7 if low else 1.1
            else:
                amounts[(rows == swing.consumer) & (needs.suppliers == swing.supplier)] *= 0.8 if low else 1.2
            assert end == pytest.approx(intensities(system.with_amounts(amounts), h).values[3, 0], rel=1e-10)


def test_a_tornado_says_where_no_footprint_exists() -> None:
    needs = Needs.from_triplets([0, 1], [1, 0], [0.9, 0.9], rows=2)
    system = arranged(needs)
    values = intensities(system, np.ones(2)).values[:, 0]
    made = supply(system, [1.0, 0.0])
    wide, still = (np.full(2, 0.9), np.full(2, 1.3)), (np.ones(2), np.ones(2))
    swings = network_tornado(system, np.ones(2), values, made, 0, needs=wide, direct=still)
    assert [swing.high for swing in swings] == [None, None]
    assert all(swing.low is not None and swing.width == np.inf for swing in swings)
    with pytest.raises(BadMatrix):
        network_tornado(system, np.ones(2), values, made, 0, needs=still, direct=(np.ones(3), np.ones(3)))


def test_ends_and_deviations_are_those_of_the_draws() -> None:
    """Of each kind, about a centre beside the value, against a hundred thousand draws of numpy."""
    random = np.random.Generator(np.random.PCG64(6))
    kinds = [EXACT, LOGNORMAL, NORMAL, UNIFORM, TRIANGULAR, TRIANGULAR]
    spread = Spread.of(
        kinds, [0, 0.05, 0.2, 0, 0, 0], centre=[1, 1.5, 0.9, 1, 1.1, 0.5], low=[1, 1, 1, 0.5, 0.5, 0.5], high=[1, 1, 1, 2, 2, 2]
    )
    drawn_ = [
        np.ones(100_000), random.lognormal(np.log(1.5), 0.05, 100_000), random.normal(0.9, 0.18, 100_000), random.uniform(0.5, 2, 100_000),
        random.triangular(0.5, 1.1, 2, 100_000), random.triangular(0.5, 0.5, 2, 100_000),
    ]  # fmt: skip
    low, high = spread.ends()
    assert low == pytest.approx([np.percentile(one, 2.5) for one in drawn_], rel=0.01)
    assert high == pytest.approx([np.percentile(one, 97.5) for one in drawn_], rel=0.01)
    assert spread.deviations() == pytest.approx([one.std() for one in drawn_], rel=0.01)


def test_emissions_of_one_process_are_one_line_of_the_budget() -> None:
    """Two emissions of the same process, each with its spread: their variances add up."""
    system = arranged(Needs.from_triplets([0], [1], [2.0], rows=2))
    emissions, owners = np.array([3.0, 4.0, 1.0]), [1, 1, 0]
    values = intensities(system, np.bincount(owners, emissions, 2)).values[:, 0]
    budget = variance_budget(
        system, emissions, values, supply(system, [1.0, 0.0]),
        needs=Spread.exact(1), direct=Spread.of([NORMAL, UNIFORM, EXACT], [0.1, 0, 0], low=[1, 0.5, 1], high=[1, 1.5, 1]), consumers=owners,
    )  # fmt: skip
    variance = (6 * 0.1) ** 2 + (8**2) / 12
    (share,) = budget.shares
    assert (share.consumer, share.supplier) == (1, -1)
    assert share.share == pytest.approx(1.0)
    assert budget.relative_sd == pytest.approx(np.sqrt(variance) / 15)
    assert budget.stated == pytest.approx((6 + 8) / (15 + 14))
