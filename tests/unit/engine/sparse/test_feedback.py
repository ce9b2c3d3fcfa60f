"""The order within a loop: a permutation of it, perfect where there is no loop, and better than the search's where few inputs point back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.engine.sparse.systems import Columns, columns, database, needs_of
from zuji.bench.synthetic import network
from zuji.engine.sparse import order
from zuji.engine.sparse.feedback import few_backward
from zuji.engine.sparse.intensity import intensities
from zuji.engine.sparse.needs import Needs, Places
from zuji.engine.sparse.order import plan_of
from zuji.engine.sparse.supply import supply
from zuji.engine.sparse.system import arranged

few = settings(max_examples=80, deadline=None, derandomize=True)


def backward(needs: Needs, products: Places) -> int:
    """How many inputs come from a product that stands later; a need of itself does not count."""
    place = np.full(needs.rows, -1)
    place[products] = np.arange(len(products))
    consumers = place[np.repeat(np.arange(needs.rows), np.diff(needs.starts))]
    return int(((place[needs.suppliers] > consumers) & (consumers >= 0)).sum())


@few
@given(columns(), st.data())
def test_any_part_of_any_system_in_any_order_keeps_each_product_once(made: Columns, data: st.DataObject) -> None:
    needs = needs_of(made)
    part = data.draw(st.lists(st.integers(0, len(made) - 1), unique=True))
    products = np.array(part, dtype=np.int32)
    ordered = few_backward(needs, products)
    assert sorted(ordered.tolist()) == sorted(part)
    assert backward(needs, ordered) < max(1, needs.size)


@pytest.mark.parametrize("seed", range(5))
def test_where_there_is_no_loop_nothing_points_back(seed: int) -> None:
    needs, _ = network(2000, seed=seed)
    products = np.random.Generator(np.random.PCG64(seed)).permutation(2000).astype(np.int32)
    assert backward(needs, few_backward(needs, products)) == 0


def test_few_arcs_that_point_back_are_nearly_found(monkeypatch: pytest.MonkeyPatch) -> None:
    needs, burdens = network(20_000, back=0.001)  # about 120 of 120,000 arcs close its loops
    plain = plan_of(needs)
    monkeypatch.setattr(order, "LARGE_LOOP", 1000)
    better = plan_of(needs)
    assert (better.blocks == plain.blocks).all()
    assert (better.rank[better.order] == np.arange(20_000)).all()
    assert backward(needs, better.order) * 20 < backward(needs, plain.order)
    slow, quick = (intensities(arranged(needs, plan=plan), burdens) for plan in (plain, better))
    assert quick.sweeps * 3 < slow.sweeps * 2
    assert np.allclose(quick.values, slow.values, rtol=1e-12, atol=0)


@pytest.mark.parametrize("signed", [False, True])
def test_the_answers_do_not_depend_on_the_order(signed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    needs, burdens = database(800, seed=9, signed=signed)
    demand = np.zeros(800)
    demand[3] = 1.0
    gross, _ = database(800, seed=9)
    scale = intensities(arranged(gross), burdens).values[:, 0]
    plain = arranged(needs)
    monkeypatch.setattr(order, "LARGE_LOOP", 2)
    other = arranged(needs)
    assert (other.plan.order != plain.plan.order).any()
    assert (np.abs(intensities(other, burdens).values[:, 0] - intensities(plain, burdens).values[:, 0]) <= 1e-12 * scale).all()
    one, two = supply(plain, demand), supply(other, demand)
    assert one.contributions(burdens).sum() == pytest.approx(two.contributions(burdens).sum(), rel=1e-11)


@pytest.mark.parametrize("budget", [0, 1])
def test_walks_that_become_too_long_leave_the_rest_as_it_came(budget: int) -> None:
    needs, _ = database(1000, seed=2)
    came = np.arange(1000, dtype=np.int32)
    made = few_backward(needs, came, budget=budget)
    assert sorted(made.tolist()) == came.tolist()
    assert backward(needs, made) > backward(needs, few_backward(needs, came))


def test_twice_the_same_order() -> None:
    needs, _ = network(3000, back=0.01)
    products = np.arange(3000, dtype=np.int32)
    assert few_backward(needs, products).tobytes() == few_backward(needs, products).tobytes()
