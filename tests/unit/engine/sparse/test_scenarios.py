"""Scenarios: each is the network with its changes, solved alone; one that makes a loop gain is refused and stops nobody else."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.engine.sparse.systems import Columns, columns, database, needs_of
from zuji.engine.errors import BadMatrix
from zuji.engine.sparse.intensity import intensities
from zuji.engine.sparse.needs import Needs
from zuji.engine.sparse.scenarios import BATCH, Scenario, explored, explorer
from zuji.engine.sparse.system import arranged


@settings(max_examples=40, deadline=None)
@given(made=columns(), data=st.data())
def test_a_scenario_is_the_changed_network_solved_by_a_dense_solver(made: Columns, data: st.DataObject) -> None:
    size, needs = len(made), needs_of(made)
    burdens = np.array([data.draw(st.floats(0.1, 10)) for _ in range(size)])
    entries = [(j, i) for j, column in enumerate(made) for i in column]
    changed = {entry: float(made[entry[0]][entry[1]]) * data.draw(st.floats(0, 1)) for entry in entries[:3]}
    emitted = {data.draw(st.integers(0, size - 1)): data.draw(st.floats(0, 20))}
    (found,) = explored(explorer(arranged(needs), burdens, products=range(size)), [Scenario("one", changed, emitted)])
    matrix, h = np.zeros((size, size)), burdens.copy()
    for j, column in enumerate(made):
        for i, amount in column.items():
            matrix[j, i] = changed.get((j, i), float(amount))
    for product, burden in emitted.items():
        h[product] = burden
    assert found.values[:, 0] == pytest.approx(np.linalg.solve(np.eye(size) - matrix, h), rel=1e-9, abs=1e-12)
    assert found.residual < 1e-11


def test_without_a_change_the_network_itself_comes_out_to_the_last_bit() -> None:
    needs, burdens = database(150, seed=2)
    system = arranged(needs)
    several = np.stack([burdens, burdens * 2], axis=1)
    found = explored(explorer(system, several, products=[3, 149], unknown=np.arange(150) == 7), [Scenario("nothing")] * (BATCH + 3))
    whole = intensities(system, several, unknown=np.arange(150) == 7)
    assert len(found) == BATCH + 3
    assert all(outcome.values.tobytes() == whole.values[[3, 149]].tobytes() for outcome in found)
    assert all((outcome.incomplete == whole.incomplete[[3, 149]]).all() for outcome in found)


def test_a_loop_that_gains_refuses_its_scenario_only() -> None:
    needs = Needs.from_triplets([0, 1], [1, 0], [0.5, 0.5], rows=2)
    found = explored(
        explorer(arranged(needs), [1.0, 1.0], products=[0]),
        [Scenario("as it is"), Scenario("gain", {(0, 1): 3.0}), Scenario("less", {(0, 1): 0.0})],
    )
    assert [outcome.name for outcome in found] == ["as it is", "gain", "less"]
    assert found[0].values[0, 0] == pytest.approx(2.0)
    assert found[1].refusal is not None
    assert bool(np.isnan(found[1].values).all()), "no number that looks like one"
    assert bool(found[1].incomplete.all())
    assert found[2].values[0, 0] == pytest.approx(1.0)


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario("x", {(0, 0): 1.0}),
        Scenario("x", {(9, 0): 1.0}),
        Scenario("x", {(0, 1): float("nan")}),
        Scenario("x", {}, {2: 1.0}),
        Scenario("x", {}, {0: (1.0, 2.0)}),
        Scenario("x", {}, {0: float("inf")}),
    ],
)
def test_a_change_of_what_is_not_there_is_refused(scenario: Scenario) -> None:
    prepared = explorer(arranged(Needs.from_triplets([0], [1], [0.5], rows=2)), [1.0, 1.0], products=[0])
    with pytest.raises(BadMatrix):
        explored(prepared, [scenario])


def test_a_product_that_is_not_there_is_refused() -> None:
    with pytest.raises(BadMatrix):
        explorer(arranged(Needs.from_triplets([0], [1], [0.5], rows=2)), [1.0, 1.0], products=[2])
