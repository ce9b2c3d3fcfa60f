"""Matrices are checked at the door, plans put suppliers first, and a loop that gains is refused by name."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.engine.sparse.systems import Columns, columns, database, needs_of
from zuji.engine.errors import BadMatrix, LoopGainTooHigh
from zuji.engine.loops import refuse_gain, strongly_connected
from zuji.engine.sparse.needs import Needs
from zuji.engine.sparse.order import plan_of
from zuji.engine.sparse.system import arranged

few = settings(max_examples=60, deadline=None, derandomize=True)


@few
@given(columns())
def test_the_loops_are_those_of_the_exact_engine_and_suppliers_come_first(made: Columns) -> None:
    plan = plan_of(needs_of(made))
    loops = [
        sorted(plan.order[int(a) : int(b)].tolist()) for a, b, loop in zip(plan.blocks, plan.blocks[1:], plan.looped, strict=False) if loop
    ]
    assert sorted(loops) == sorted(loop for loop in strongly_connected(made) if len(loop) > 1)
    member = {j: n for n, loop in enumerate(loops) for j in loop}
    for j, column in enumerate(made):
        for i in column:
            assert plan.rank[i] < plan.rank[j] or i == j or (i in member and member.get(j) == member[i])


@st.composite
def any_columns(draw: st.DrawFn) -> Columns:
    """Systems of which many gain."""
    made = draw(columns(largest=7))
    factor = draw(st.sampled_from([1, 2, 4, 8, 30]))
    return [{i: amount * factor for i, amount in column.items()} for column in made]


@few
@given(any_columns())
def test_the_gate_decides_as_the_exact_gate_does(made: Columns) -> None:
    names = [f"p{j}" for j in range(len(made))]
    try:
        refuse_gain(made, names)
    except LoopGainTooHigh:
        with pytest.raises(LoopGainTooHigh):
            arranged(needs_of(made), names=names)
    else:
        assert arranged(needs_of(made), names=names).growth < 1


def test_a_greedy_loop_among_many_products_is_named_with_its_gain() -> None:
    needs, _ = database(800, seed=1)
    rows = np.repeat(np.arange(800), np.diff(needs.starts))
    pair = Needs.from_triplets([*rows, 500, 77], [*needs.suppliers, 77, 500], [*needs.amounts, 40.0, 0.2], rows=800)
    with pytest.raises(LoopGainTooHigh) as refused:
        arranged(pair, names=[f"process {j}" for j in range(800)])
    assert set(refused.value.cycle) == {"process 500", "process 77"}
    assert "8, 1 or more" in refused.value.text.en


def test_a_unit_error_of_eight_orders_is_named_too() -> None:
    needs = Needs.from_triplets([0, 1, 2, 2], [1, 2, 0, 3], [0.5, 0.5, 7.2e8, 1.0], rows=4)
    with pytest.raises(LoopGainTooHigh) as refused:
        arranged(needs, names=["steel", "power", "coal", "water"])
    assert set(refused.value.cycle) == {"steel", "power", "coal"}


@pytest.mark.parametrize("gain", [1.0, 1.5, -1.0])
def test_a_product_that_consumes_itself_is_refused(gain: float) -> None:
    with pytest.raises(LoopGainTooHigh, match="#0"):
        arranged(Needs.from_triplets([0], [0], [gain], rows=1))


def test_two_loops_that_gain_only_together_are_refused() -> None:
    needs = Needs.from_triplets([0, 0, 1, 2], [1, 2, 0, 0], [0.6, 0.6, 1.0, 1.0], rows=3)
    with pytest.raises(LoopGainTooHigh) as refused:
        arranged(needs, names=["a", "b", "c"])
    assert set(refused.value.cycle) == {"a", "b", "c"}


def test_a_loop_of_exactly_one_is_refused_and_one_just_below_is_not() -> None:
    assert arranged(Needs.from_triplets([0, 1], [1, 0], [2.0, 0.4999], rows=2)).growth < 1
    with pytest.raises(LoopGainTooHigh):
        arranged(Needs.from_triplets([0, 1], [1, 0], [2.0, 0.5], rows=2))


def test_other_amounts_on_the_same_plan_are_gated_again() -> None:
    system = arranged(Needs.from_triplets([0, 1], [1, 0], [0.5, 0.5], rows=2))
    assert system.with_amounts([0.9, 0.9]).growth < 1
    with pytest.raises(LoopGainTooHigh):
        system.with_amounts([2.0, 0.9])


@few
@given(columns(largest=6))
def test_turned_twice_is_the_same_matrix(made: Columns) -> None:
    needs = needs_of(made)
    again = needs.transposed().transposed()
    assert (again.starts.tolist(), again.suppliers.tolist(), again.amounts.tolist()) == (
        needs.starts.tolist(),
        needs.suppliers.tolist(),
        needs.amounts.tolist(),
    )


def test_repeated_inputs_add_up_and_places_are_sorted() -> None:
    needs = Needs.from_triplets([1, 0, 1, 1], [2, 1, 0, 2], [0.25, 3.0, 1.0, 0.5], rows=3)
    assert needs.row(1)[0].tolist() == [0, 2]
    assert needs.row(1)[1].tolist() == [1.0, 0.75]
    assert needs.size == 3


@pytest.mark.parametrize(
    ("consumers", "suppliers", "amounts", "said"),
    [
        ([0], [3], [1.0], "product 3 of 3"),
        ([-1], [0], [1.0], "product -1 of 3"),
        ([0], [1], [float("nan")], "product 1 that product 0"),
        ([0, 1], [1, 2], [1.0, float("inf")], "product 2 that product 1"),
        ([0, 1], [1], [1.0], "differ in length"),
        ([0.5], [1], [1.0], "whole numbers"),
    ],
)
def test_arrays_that_are_no_matrix_are_refused(consumers: list[int], suppliers: list[int], amounts: list[float], said: str) -> None:
    with pytest.raises(BadMatrix, match=said):
        Needs.from_triplets(consumers, suppliers, amounts, rows=3)


@pytest.mark.parametrize(
    ("starts", "suppliers", "amounts"),
    [
        ([0, 2], [0], [1.0]),
        ([0, 2, 1, 2], [0, 1], [1.0, 1.0]),
        ([1, 2], [0, 0], [1.0, 1.0]),
        ([0, 1], [0], [1.0, 2.0]),
        ([0, 1], [1], [1.0]),
    ],
)
def test_compressed_rows_that_do_not_fit_are_refused(starts: list[int], suppliers: list[int], amounts: list[float]) -> None:
    with pytest.raises(BadMatrix):
        Needs.from_csr(starts, suppliers, amounts)


def test_an_open_system_has_no_plan() -> None:
    with pytest.raises(BadMatrix, match="not closed"):
        arranged(Needs.from_triplets([0], [1], [1.0], rows=1, columns=2))


def test_what_was_checked_stays_as_it_is() -> None:
    needs = Needs.from_triplets([0], [1], [1.0], rows=2)
    with pytest.raises(ValueError, match="read-only"):
        needs.amounts[0] = float("nan")
