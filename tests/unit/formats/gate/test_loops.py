"""The gain of loops: against matrices whose radius is known, and against the exact gate of the engine."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.formats.steelworks import POWER, STEEL, YEAR, adding, exchange
from zuji.engine.errors import LoopGainTooHigh
from zuji.engine.loops import refuse_gain
from zuji.formats.gate import Case, judge
from zuji.formats.gate.loops import loops


def test_a_chain_is_no_loop() -> None:
    assert loops([{1: Fraction(5)}, {2: Fraction(5)}, {}]) == []


@pytest.mark.parametrize("size", [2, 30, 700])
def test_the_gain_of_a_ring_is_the_root_of_its_product(size: int) -> None:
    ring = [{(n + 1) % size: Fraction(3, 2)} for n in range(size)]
    ((members, gain),) = loops(ring)
    assert members == list(range(size))
    assert gain == pytest.approx(1.5, rel=1e-9)


needs = st.fractions(min_value=0, max_value=1, max_denominator=20)


@settings(max_examples=40)
@given(st.lists(st.lists(needs, min_size=4, max_size=4), min_size=4, max_size=4))
def test_it_agrees_with_the_exact_gate(rows: list[list[Fraction]]) -> None:
    columns = [{i: need for i, need in enumerate(row) if need} for row in rows]
    largest = max((gain for _, gain in loops(columns)), default=0.0)
    assert largest == pytest.approx(np.abs(np.linalg.eigvals(np.array([[float(n) for n in row] for row in rows]))).max(), abs=1e-4)
    if abs(largest - 1) > 1e-6:
        refused = False
        try:
            refuse_gain(columns, ["a", "b", "c", "d"])
        except LoopGainTooHigh:
            refused = True
        assert refused == (largest > 1)


def test_every_member_of_a_loop_that_gains_nothing_stays_out() -> None:
    taken = judge(Case(adding(POWER, exchange(5, "steel", "input", "3")), YEAR), "only-provider")
    assert taken.refused == {POWER: ("loop.gain",), STEEL: ("loop.gain",)}
    ((members, gain),) = taken.gains
    assert set(members) == {POWER, STEEL}
    assert gain == pytest.approx(1.5**0.5)
    mild = judge(Case(adding(POWER, exchange(5, "steel", "input", "0.1")), YEAR), "only-provider")
    assert mild.refused == {}
    assert len(mild.complete) == 2
