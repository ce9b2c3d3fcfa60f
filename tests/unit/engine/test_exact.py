"""The exact solve: the same as elimination by hand, re-substituted, transposed, with and without loops."""

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from zuji.engine.errors import SingularSystem
from zuji.engine.exact import solve, solve_transposed

coefficients = st.integers(-3000, 3000).map(lambda n: Fraction(n, 1000))
Columns = list[dict[int, Fraction]]


def systems(*, loops: bool) -> st.SearchStrategy[Columns]:
    def sized(n: int) -> st.SearchStrategy[Columns]:
        def column(j: int) -> st.SearchStrategy[dict[int, Fraction]]:
            wanted = list(range(n)) if loops else list(range(j + 1, n))
            if not wanted:
                return st.just({})
            return st.dictionaries(st.sampled_from(wanted), coefficients, max_size=3)

        return st.tuples(*map(column, range(n))).map(list)

    return st.integers(1, 9).flatmap(sized)


def vectors(n: int) -> st.SearchStrategy[dict[int, Fraction]]:
    return st.dictionaries(st.integers(0, n - 1), coefficients, max_size=4)


cases = st.one_of(systems(loops=True), systems(loops=False)).flatmap(lambda c: st.tuples(st.just(c), vectors(len(c)), vectors(len(c))))


def eliminated(columns: Columns, right: Mapping[int, Fraction], *, transposed: bool) -> list[Fraction] | None:
    """Gauss-Jordan elimination in Fractions, written without regard to structure; None where there is no single solution."""
    n = len(columns)
    matrix = [[Fraction(int(i == j)) - columns[j].get(i, Fraction(0)) for j in range(n)] for i in range(n)]
    if transposed:
        matrix = [list(row) for row in zip(*matrix, strict=True)]
    rows = [[*row, right.get(i, Fraction(0))] for i, row in enumerate(matrix)]
    for k in range(n):
        pivot = next((r for r in range(k, n) if rows[r][k]), None)
        if pivot is None:
            return None
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [v / rows[k][k] for v in rows[k]]
        for r in range(n):
            if r != k and rows[r][k]:
                rows[r] = [v - rows[r][k] * w for v, w in zip(rows[r], rows[k], strict=True)]
    return [row[-1] for row in rows]


@settings(max_examples=50)
@given(cases)
def test_it_agrees_with_elimination_by_hand(case: tuple[Columns, dict[int, Fraction], dict[int, Fraction]]) -> None:
    columns, demand, burden = case
    expected = eliminated(columns, demand, transposed=False)
    assume(expected is not None)
    assert solve(columns, demand) == expected
    assert solve_transposed(columns, burden) == eliminated(columns, burden, transposed=True)


@settings(max_examples=50)
@given(cases)
def test_the_solution_satisfies_its_equations_and_the_transposed_identity(
    case: tuple[Columns, dict[int, Fraction], dict[int, Fraction]],
) -> None:
    columns, demand, burden = case
    assume(eliminated(columns, {}, transposed=False) is not None)
    x, y = solve(columns, demand), solve_transposed(columns, burden)
    for i in range(len(columns)):
        used = sum((column.get(i, Fraction(0)) * x[j] for j, column in enumerate(columns)), Fraction(0))
        assert x[i] - used == demand.get(i, 0)
    assert sum(b * x[j] for j, b in burden.items()) == sum(y[i] * d for i, d in demand.items())


@settings(max_examples=50)
@given(systems(loops=True), st.integers(0, 8))
def test_a_singular_system_is_refused_and_no_other(columns: Columns, start: int) -> None:
    everywhere = {k: Fraction(k + start + 1) for k in range(len(columns))}
    if eliminated(columns, {}, transposed=False) is None:
        with pytest.raises(SingularSystem):
            solve_transposed(columns, everywhere)
    else:
        solve_transposed(columns, everywhere)


@settings(max_examples=50)
@given(cases, st.randoms(use_true_random=False))
def test_the_order_of_processes_does_not_matter(
    case: tuple[Columns, dict[int, Fraction], dict[int, Fraction]], chance: random.Random
) -> None:
    columns, demand, _ = case
    assume(eliminated(columns, {}, transposed=False) is not None)
    order = list(range(len(columns)))
    chance.shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    moved: Sequence[Mapping[int, Fraction]] = [{place[i]: v for i, v in columns[old].items()} for old in order]
    found = solve(moved, {place[i]: v for i, v in demand.items()})
    assert [found[place[k]] for k in range(len(columns))] == solve(columns, demand)


def test_singular_members_are_named() -> None:
    half, two = Fraction(1, 2), Fraction(2)
    with pytest.raises(SingularSystem) as refused:
        solve([{1: half}, {0: two}], {0: Fraction(1)}, ["kiln", "mill"])
    assert "kiln, mill" in refused.value.text.en
    assert "kiln, mill" in refused.value.text.zh
    with pytest.raises(SingularSystem, match="#1"):
        solve([{}, {1: Fraction(1)}], {0: Fraction(1)})


def test_a_long_chain_and_a_wide_tree() -> None:
    chain: Columns = [{j + 1: Fraction(1, 2)} for j in range(500)] + [{}]
    assert solve(chain, {0: Fraction(1)})[500] == Fraction(1, 2**500)
    assert solve_transposed(chain, {500: Fraction(1)})[0] == Fraction(1, 2**500)
    tree: Columns = [{k: Fraction(k) for k in range(1, 200)}] + [{} for _ in range(199)]
    assert solve_transposed(tree, dict.fromkeys(range(200), Fraction(1)))[0] == 1 + sum(range(1, 200))


def test_a_loop_in_the_middle_of_a_chain() -> None:
    # Cement needs clinker; clinker and power need each other; both need coal.
    columns: Columns = [
        {1: Fraction("0.7")},
        {2: Fraction("60"), 3: Fraction("0.15")},
        {1: Fraction("0.0001"), 3: Fraction("0.0004")},
        {},
    ]
    clinker = Fraction("0.7") / (1 - Fraction("60") * Fraction("0.0001"))
    assert solve(columns, {0: Fraction(1)}) == [1, clinker, 60 * clinker, (Fraction("0.15") + 60 * Fraction("0.0004")) * clinker]


def test_nothing_is_demanded_nothing_is_made() -> None:
    assert solve([{1: Fraction(1, 2)}, {0: Fraction(1, 2)}], {}) == [0, 0]
    assert solve([], {}) == []
