"""Intensities and supply: the exact engine and SciPy's LU as oracles, and laws."""

from fractions import Fraction

import numpy as np
import pytest
import scipy.sparse
import scipy.sparse.linalg
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.engine.sparse.systems import Columns, columns, database, needs_of
from zuji.engine.errors import BadMatrix, NotConverged, NotFinite
from zuji.engine.exact import solve, solve_transposed
from zuji.engine.sparse.intensity import intensities
from zuji.engine.sparse.needs import Needs
from zuji.engine.sparse.supply import consumers_of, supply
from zuji.engine.sparse.system import arranged

few = settings(max_examples=60, deadline=None, derandomize=True)


def close(found: float, exact: Fraction, scale: Fraction) -> bool:
    return abs(Fraction(found) - exact) <= Fraction(1, 10**12) * scale


@few
@given(columns(signed=True), st.data())
def test_the_float_path_is_the_exact_engine_to_twelve_digits(made: Columns, data: st.DataObject) -> None:
    burden = {j: Fraction(data.draw(st.integers(-1000, 1000)), 7) for j in range(len(made))}
    exact = solve_transposed(made, burden)
    gross = solve_transposed([{i: abs(a) for i, a in c.items()} for c in made], {j: abs(b) for j, b in burden.items()})
    found = intensities(arranged(needs_of(made)), [float(burden[j]) for j in range(len(made))])
    assert all(close(found.values[j, 0], exact[j], gross[j]) for j in range(len(made)))
    assert found.residual <= 1e-12


@few
@given(columns(signed=True), st.data())
def test_the_supply_is_the_exact_engine_to_twelve_digits(made: Columns, data: st.DataObject) -> None:
    demand = {j: Fraction(data.draw(st.integers(0, 9))) for j in range(len(made))}
    exact = solve(made, demand)
    gross = solve([{i: abs(a) for i, a in c.items()} for c in made], demand)
    found = supply(arranged(needs_of(made)), [float(demand[j]) for j in range(len(made))])
    assert all(close(found.values[j], exact[j], gross[j]) for j in range(len(made)))


@pytest.mark.parametrize("signed", [False, True])
def test_a_database_against_the_lu_decomposition_of_scipy(signed: bool) -> None:
    needs, burdens = database(1500, seed=3, signed=signed)
    matrix = scipy.sparse.eye(needs.rows) - scipy.sparse.csr_matrix((needs.amounts, needs.suppliers, needs.starts), shape=(1500, 1500))
    factors = scipy.sparse.linalg.splu(matrix.tocsc())
    oracle = factors.solve(burdens)
    for _ in range(3):
        oracle += factors.solve(burdens - matrix @ oracle)  # the plain decomposition is not accurate enough to be an oracle
    found = intensities(arranged(needs), burdens)
    assert np.allclose(found.values[:, 0], oracle, rtol=1e-11, atol=0)
    assert found.residual < 1e-13
    assert found.sweeps > 5


def test_the_scores_and_the_contributions_of_a_demand_are_the_same_number() -> None:
    needs, burdens = database(400, seed=5)
    system = arranged(needs)
    values, back = intensities(system, burdens).values[:, 0], consumers_of(system)
    for product in (0, 17, 399):
        demand = np.zeros(400)
        demand[product] = 2.5
        made = supply(system, demand, consumers=back)
        assert made.contributions(burdens).sum() == pytest.approx(2.5 * values[product], rel=1e-12)


def test_categories_at_once_are_the_categories_alone() -> None:
    needs, burdens = database(300, seed=7)
    system = arranged(needs)
    several = np.stack([burdens, burdens * 0.25, np.zeros(300), -burdens], axis=1)
    found = intensities(system, several).values
    for c in range(4):
        assert np.allclose(found[:, c], intensities(system, several[:, c]).values[:, 0], rtol=1e-13, atol=0)


@few
@given(columns(), st.data())
def test_intensities_add_and_scale_with_the_burdens(made: Columns, data: st.DataObject) -> None:
    system = arranged(needs_of(made))
    one, other = (np.array(data.draw(st.lists(st.integers(0, 99), min_size=len(made), max_size=len(made))), dtype=float) for _ in "ab")
    both = intensities(system, one + 3.0 * other).values
    assert np.allclose(both, intensities(system, one).values + 3.0 * intensities(system, other).values, rtol=1e-12, atol=0)


@few
@given(columns(), st.data())
def test_the_order_of_products_changes_nothing(made: Columns, data: st.DataObject) -> None:
    size = len(made)
    turned = data.draw(st.permutations(range(size)))
    burdens = np.arange(1.0, size + 1)
    moved: Columns = [{} for _ in made]
    for j, column in enumerate(made):
        moved[turned[j]] = {turned[i]: amount for i, amount in column.items()}
    burdens_moved = np.empty(size)
    burdens_moved[list(turned)] = burdens
    straight = intensities(arranged(needs_of(made)), burdens).values[:, 0]
    shuffled = intensities(arranged(needs_of(moved)), burdens_moved).values[:, 0]
    assert np.allclose(shuffled[list(turned)], straight, rtol=1e-12, atol=0)


def test_other_units_give_the_same_footprints() -> None:
    needs, burdens = database(200, seed=11)
    unit = 10.0 ** (np.arange(200) % 9 - 4)
    rows = np.repeat(np.arange(200), np.diff(needs.starts))
    converted = Needs.from_csr(needs.starts, needs.suppliers, needs.amounts * unit[rows] / unit[needs.suppliers])
    straight = intensities(arranged(needs), burdens).values[:, 0]
    assert np.allclose(intensities(arranged(converted), burdens * unit).values[:, 0], straight * unit, rtol=1e-12, atol=0)


def test_a_product_over_an_unknown_burden_is_incomplete_and_nothing_else_is() -> None:
    # 0 needs 1, 1 and 2 need one another, 2 needs 3; 4 stands alone and needs 5
    needs = Needs.from_triplets([0, 1, 2, 2, 4], [1, 2, 1, 3, 5], [1.0, 0.5, 0.5, 1.0, 1.0], rows=6)
    found = intensities(arranged(needs), np.ones(6), unknown=np.arange(6) == 3)
    assert found.incomplete.tolist() == [True, True, True, True, False, False]
    assert found.coverage == pytest.approx(1 / 3)


def test_twice_the_same_bits() -> None:
    needs, burdens = database(300, seed=13)
    assert intensities(arranged(needs), burdens).values.tobytes() == intensities(arranged(needs), burdens).values.tobytes()


def test_a_result_beyond_floating_point_is_refused_with_its_product() -> None:
    needs = Needs.from_triplets([0, 1], [1, 2], [1e200, 1e200], rows=3)
    with pytest.raises(NotFinite) as refused:
        intensities(arranged(needs), [0.0, 0.0, 1e10])
    assert refused.value.product == 0


def test_a_tolerance_that_cannot_be_reached_is_refused() -> None:
    gain = 1.0 - 1e-5
    needs = Needs.from_triplets([0, 1], [1, 0], [gain, gain], rows=2)
    with pytest.raises(NotConverged) as refused:
        intensities(arranged(needs), [1.0, 1.0], tolerance=0.0)
    assert 1e-9 < refused.value.residual < 1e-4


@pytest.mark.parametrize("burdens", [[1.0], [1.0, float("nan")], [1.0, float("inf")], [[[1.0], [2.0]]]])
def test_burdens_that_do_not_fit_are_refused(burdens: object) -> None:
    with pytest.raises(BadMatrix):
        intensities(arranged(Needs.from_triplets([0], [1], [0.5], rows=2)), burdens)


def test_an_empty_system_and_one_without_inputs() -> None:
    assert intensities(arranged(Needs.from_triplets([], [], [], rows=0)), np.zeros(0)).values.shape == (0, 1)
    assert intensities(arranged(Needs.from_triplets([], [], [], rows=3)), [1.0, 2.0, 3.0]).values[:, 0].tolist() == [1.0, 2.0, 3.0]
