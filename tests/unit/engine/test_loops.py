"""Loops: found in supply order, and refused exactly when they consume as much as they make or more."""

import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zuji.engine.errors import LoopGainTooHigh
from zuji.engine.loops import refuse_gain, strongly_connected

Columns = list[dict[int, Fraction]]
small = st.integers(1, 1200).map(lambda n: Fraction(n, 1000))


def graphs(most: int, values: st.SearchStrategy[Fraction]) -> st.SearchStrategy[Columns]:
    return st.integers(1, most).flatmap(
        lambda n: st.lists(st.dictionaries(st.integers(0, n - 1), values, max_size=3), min_size=n, max_size=n)
    )


def names(count: int) -> list[str]:
    return [f"p{k:03}" for k in range(count)]


def reach(columns: Columns) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Which process needs which, directly or not, by repeated squaring: another way than Tarjan's."""
    found = np.eye(len(columns), dtype=bool)
    for j, column in enumerate(columns):
        for i, need in column.items():
            found[j, i] |= need != 0
    for _ in range(len(columns).bit_length()):
        found = (found.astype(int) @ found.astype(int)) > 0
    return found


@settings(max_examples=60)
@given(graphs(10, small | st.just(Fraction(0))))
def test_components_are_those_that_reach_each_other_suppliers_first(columns: Columns) -> None:
    components = strongly_connected(columns)
    found = reach(columns)
    assert sorted(k for members in components for k in members) == list(range(len(columns)))
    place = {k: n for n, members in enumerate(components) for k in members}
    for j in range(len(columns)):
        for i in range(len(columns)):
            assert (place[i] == place[j]) == (found[i, j] and found[j, i])
            if found[j, i]:
                assert place[i] <= place[j]
    assert all(members == sorted(members) for members in components)


def test_a_deep_chain_needs_no_recursion() -> None:
    columns: Columns = [{j + 1: Fraction(1)} for j in range(20_000)] + [{}]
    components = strongly_connected(columns)
    assert len(components) == 20_001
    assert components[0] == [20_000]


def spectral_radius(columns: Columns) -> float:
    matrix = np.zeros((len(columns), len(columns)))
    for j, column in enumerate(columns):
        for i, need in column.items():
            matrix[i, j] = abs(float(need))
    return float(np.abs(np.linalg.eigvals(matrix)).max())


@settings(max_examples=150)
@given(graphs(8, st.integers(-900, 900).map(lambda n: Fraction(n, 1000))))
def test_the_gate_agrees_with_the_spectral_radius(columns: Columns) -> None:
    radius = spectral_radius(columns)
    if radius > 1 + 1e-6:
        with pytest.raises(LoopGainTooHigh):
            refuse_gain(columns, names(len(columns)))
    elif radius < 1 - 1e-6:
        refuse_gain(columns, names(len(columns)))


@settings(max_examples=60)
@given(graphs(7, small), st.randoms(use_true_random=False))
def test_the_verdict_and_the_cycle_do_not_depend_on_the_order(columns: Columns, chance: random.Random) -> None:
    order = list(range(len(columns)))
    chance.shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    moved = [{place[i]: need for i, need in columns[old].items()} for old in order]
    called = names(len(columns))
    assert verdict(columns, called) == verdict(moved, [called[old] for old in order])


def verdict(columns: Columns, called: list[str]) -> tuple[str, ...] | None:
    try:
        refuse_gain(columns, called)
    except LoopGainTooHigh as refused:
        return refused.cycle
    return None


@given(st.lists(small, min_size=2, max_size=6))
def test_a_single_ring_is_refused_exactly_from_a_gain_of_one(steps: list[Fraction]) -> None:
    columns: Columns = [{(k + 1) % len(steps): step} for k, step in enumerate(steps)]
    gain = Fraction(1)
    for step in steps:
        gain *= step
    found = verdict(columns, names(len(steps)))
    if gain >= 1:
        assert found == (*names(len(steps)), "p000")
    else:
        assert found is None


@pytest.mark.parametrize(
    ("there", "back", "shown"),
    [
        (Fraction(2), Fraction(1, 2), "1"),
        (Fraction(2), Fraction("0.6"), "1.2"),
        (Fraction(3), Fraction(4, 9), "≈ 1.333333"),
        (Fraction(7), Fraction(1, 7) + Fraction(1, 10**30), "≈ 1"),
    ],
)
def test_the_cycle_and_its_gain_are_named_from_its_smallest_name(there: Fraction, back: Fraction, shown: str) -> None:
    with pytest.raises(LoopGainTooHigh) as refused:
        refuse_gain([{1: there}, {0: back}, {0: Fraction(1)}], ["mill", "kiln", "works"])
    assert refused.value.cycle == ("kiln", "mill", "kiln")
    assert f"循环 kiln → mill → kiln 的增益为 {shown}，" in refused.value.text.zh
    assert f"The loop kiln → mill → kiln has a gain of {shown}, 1 or more" in refused.value.text.en


def test_just_below_one_passes_and_exactly_one_does_not() -> None:
    nearly = 1 - Fraction(1, 10**40)
    refuse_gain([{1: Fraction(1)}, {0: nearly}], ["a", "b"])
    refuse_gain([{0: nearly}], ["a"])
    with pytest.raises(LoopGainTooHigh):
        refuse_gain([{1: Fraction(1)}, {0: Fraction(1)}], ["a", "b"])


@pytest.mark.parametrize("own", [Fraction(1), Fraction("1.5"), Fraction(-2)])
def test_self_consumption_of_one_or_more_is_refused(own: Fraction) -> None:
    with pytest.raises(LoopGainTooHigh) as refused:
        refuse_gain([{}, {1: own}], ["mine", "power"])
    assert refused.value.cycle == ("power", "power")
    assert str(abs(float(own))).removesuffix(".0") in refused.value.text.zh


def test_loops_that_only_together_reach_one_are_named_with_their_members() -> None:
    # Each ring gains 0.49, and with both rings through one process the radius is sqrt(0.98) < 1; at 0.51 each it is above 1.
    def two_rings(step: Fraction) -> Columns:
        return [{1: step, 2: step}, {0: Fraction(1)}, {0: Fraction(1)}]

    refuse_gain(two_rings(Fraction("0.49")), ["a", "b", "c"])
    with pytest.raises(LoopGainTooHigh) as refused:
        refuse_gain(two_rings(Fraction("0.51")), ["a", "b", "c"])
    assert refused.value.cycle == ("a", "b", "c")
    assert "≈ 1.01" in refused.value.text.en
    with pytest.raises(LoopGainTooHigh):
        refuse_gain(two_rings(Fraction("0.5")), ["a", "b", "c"])


def test_a_credit_counts_by_its_size() -> None:
    # With signs the consumption of 0.9 and the credit of 0.9 would cancel to a harmless loop.
    refuse_gain([{1: Fraction("0.9")}, {0: Fraction("-0.9")}], ["a", "b"])
    with pytest.raises(LoopGainTooHigh, match=r"1\.2"):
        refuse_gain([{1: Fraction(2)}, {0: Fraction("-0.6")}], ["a", "b"])


def test_a_gaining_cycle_is_found_in_a_large_loop_and_many_members_are_not_all_listed() -> None:
    chance = random.Random(7)  # noqa: S311  (a fixed pattern, nothing secret)
    n = 60
    columns: Columns = [{(j + 1) % n: Fraction(1, 2), chance.randrange(n): Fraction(1, 50)} for j in range(n)]
    refuse_gain(columns, names(n))
    columns[41][17] = Fraction(3)
    columns[17][5] = Fraction(4)
    columns[5][41] = Fraction(1, 10)
    with pytest.raises(LoopGainTooHigh) as refused:
        refuse_gain(columns, names(n))
    assert refused.value.cycle == ("p005", "p041", "p017", "p005")
    assert "1.2" in refused.value.text.en
    dense: Columns = [dict.fromkeys(range(30), Fraction(1, 20)) for _ in range(30)]
    with pytest.raises(LoopGainTooHigh) as refused:
        refuse_gain(dense, names(30))
    assert "and 22 more" in refused.value.text.en
    assert "≈ 1.5" in refused.value.text.zh
