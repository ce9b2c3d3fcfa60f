"""The difference of two releases: its parts sum to it, nothing is explained by what has not changed, and each cause is told by its mark."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.engine.sparse.systems import Columns, columns, needs_of
from zuji.engine.errors import BadMatrix
from zuji.engine.sparse.difference import Difference, State, explained_difference
from zuji.engine.sparse.intensity import intensities
from zuji.engine.sparse.needs import Floats, Needs
from zuji.engine.sparse.supply import supply
from zuji.engine.sparse.system import arranged

few = settings(max_examples=40, deadline=None, derandomize=True)


def state(needs: Needs, burdens: Floats, product: int = 0) -> State:
    system = arranged(needs)
    values = intensities(system, burdens).values[:, 0]
    return State(needs, burdens, values, supply(system, np.arange(needs.rows) == product).values, product)


def explained(
    before: State, after: State, places: list[int], *, same: Sequence[int] = (), electric: Sequence[int] = (), shown: int = 99
) -> Difference:
    count = max(before.needs.rows, max(places) + 1)
    numbers = np.arange(count)
    return explained_difference(
        before, after, places=places, same=np.isin(numbers, same), electricity=np.isin(numbers, electric), shown=shown
    )


@few
@given(columns(largest=7, signed=True), columns(largest=7, signed=True), st.data())
def test_causes_and_changes_sum_to_the_difference(one: Columns, other: Columns, data: st.DataObject) -> None:
    """Any two databases with any numbering, loops and credits included; turned round, every number changes its sign."""
    before, after = (state(needs_of(made), np.array([float(data.draw(st.integers(-5, 9))) for _ in made])) for made in (one, other))
    others = data.draw(st.permutations(range(1, len(one))))[: data.draw(st.integers(0, min(len(one), len(other)) - 1))]
    numbers = [0, *others]
    places = [*numbers, *range(len(one), len(one) + len(other) - len(numbers))]
    shown = data.draw(st.integers(0, 30))
    found = explained(before, after, places, same=data.draw(st.lists(st.sampled_from(places), max_size=3)), shown=shown)
    size = float(np.abs(before.supply) @ np.abs(before.burdens) + np.abs(after.supply) @ np.abs(after.burdens)) + 1
    size += sum(abs(change.value) for change in found.changes)
    wanted = after.intensities[0] - before.intensities[0]
    assert sum(found.by_cause.values()) == pytest.approx(wanted, abs=1e-9 * size)
    assert sum(change.value for change in found.changes) + found.rest == pytest.approx(wanted, abs=1e-9 * size)
    assert len(found.changes) <= shown
    back = {number: k for k, number in enumerate(places)}
    turned = [back.get(k, -1) for k in range(len(one))]
    fresh = iter(range(len(other), len(one) + len(other)))
    reverse = explained(after, before, [k if k >= 0 else next(fresh) for k in turned], shown=shown)
    assert sum(reverse.by_cause.values()) == pytest.approx(-wanted, abs=1e-9 * size)


@few
@given(columns())
def test_what_is_the_same_explains_nothing(made: Columns) -> None:
    one = state(needs_of(made), np.arange(1.0, len(made) + 1))
    found = explained(one, one, list(range(len(made))))
    assert (found.by_cause, found.changes, found.rest) == ({}, (), 0.0)


BEFORE = Needs.from_triplets([0, 0, 1, 1, 2], [1, 2, 2, 3, 3], [2.0, 3.0, 0.5, 0.4, 0.1], rows=4)
BURDENS = np.array([0.0, 1.5, 0.8, 0.2])


def changed(consumer: int, supplier: int, amount: float) -> Needs:
    amounts = BEFORE.amounts.copy()
    amounts[(np.repeat(np.arange(4), np.diff(BEFORE.starts)) == consumer) & (BEFORE.suppliers == supplier)] = amount
    return Needs.from_csr(BEFORE.starts, BEFORE.suppliers, amounts)


def test_a_burden_is_a_factor_an_amount_activity_and_power_electricity() -> None:
    old, same_places = state(BEFORE, BURDENS), list(range(4))
    burden = explained(old, state(BEFORE, np.array([0.0, 1.5, 1.0, 0.2])), same_places)
    assert burden.by_cause == {"factor": pytest.approx((3 + 2 * 0.5) * 0.2)}
    assert [(c.consumer, c.supplier, c.before, c.after) for c in burden.changes] == [(2, -1, 0.8, 1.0)]
    needs = state(changed(1, 3, 0.9), BURDENS)
    assert explained(old, needs, same_places).by_cause == {"activity": pytest.approx(2 * 0.5 * 0.2)}
    assert explained(old, needs, same_places, electric=[3]).by_cause == {"electricity": pytest.approx(0.2)}
    assert explained(old, needs, same_places, same=[1]).by_cause == {"rule": pytest.approx(0.2)}
    assert explained(old, needs, same_places, same=[0, 2, 3]).by_cause == {"activity": pytest.approx(0.2)}


def test_a_row_multiplied_as_a_whole_is_allocation() -> None:
    amounts = BEFORE.amounts.copy()
    amounts[2:4] *= 0.6
    new = state(Needs.from_csr(BEFORE.starts, BEFORE.suppliers, amounts), np.array([0.0, 0.9, 0.8, 0.2]))
    found = explained(state(BEFORE, BURDENS), new, list(range(4)))
    assert found.by_cause == {"allocation": pytest.approx(-0.4 * 2 * float(state(BEFORE, BURDENS).intensities[1]))}


def test_a_new_supplier_is_structure() -> None:
    """Product 1 is supplied by process 4 instead of 3, which nothing else changes; process 4 is new."""
    after = Needs.from_triplets([0, 0, 1, 1, 2], [1, 2, 2, 4, 3], [2.0, 3.0, 0.5, 0.4, 0.1], rows=5)
    found = explained(state(BEFORE, BURDENS), state(after, np.array([*BURDENS, 0.7])), list(range(5)))
    assert found.by_cause == {"structure": pytest.approx(2 * 0.4 * (0.7 - 0.2))}
    assert {(c.consumer, c.supplier) for c in found.changes} == {(1, 3), (1, 4), (4, -1)}
    assert {(c.before, c.after) for c in found.changes if c.supplier == 3} == {(0.4, None)}


def test_a_numbering_that_does_not_fit_is_refused() -> None:
    one = state(BEFORE, BURDENS)
    for places, count in (([0, 1, 2], 4), ([0, 1, 2, 2], 4), ([0, 1, 2, 9], 4), ([0, 1, 2, 3], 6)):
        mask = np.zeros(count, np.bool_)
        with pytest.raises(BadMatrix):
            explained_difference(one, one, places=places, same=mask, electricity=mask)
    with pytest.raises(BadMatrix, match="not the same product"):
        explained(one, replace(one, product=1), [0, 1, 2, 3])
