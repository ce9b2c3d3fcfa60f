"""The bench of the sparse kernels: systems of the stated shape, peers that calculate the same, and a table that says so."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.integration.inventories import folder
from zuji.bench import rivals
from zuji.bench.real import database_of, real_databases
from zuji.bench.rows import Row, table
from zuji.bench.scale import measured_database, real_rows
from zuji.bench.synthetic import Database, ecoinvent_like, foreground, network
from zuji.engine.sparse.intensity import intensities
from zuji.engine.sparse.needs import Needs
from zuji.engine.sparse.order import plan_of
from zuji.engine.sparse.system import arranged


@pytest.fixture(scope="module")
def small() -> Database:
    return ecoinvent_like(600, hubs=20)


def test_the_database_has_the_published_shape(small: Database) -> None:
    assert plan_of(small.needs).largest_loop / 600 == pytest.approx(0.74, abs=0.01)
    assert 9 < (small.needs.size + 600) / 600 < 14
    assert (small.needs.amounts < 0).any()
    assert np.log10(np.abs(small.needs.amounts)).max() - np.log10(np.abs(small.needs.amounts)).min() > 10
    again = ecoinvent_like(600, hubs=20)
    assert again.needs.amounts.tobytes() == small.needs.amounts.tobytes()


def test_networks_have_loops_only_where_arcs_point_back() -> None:
    assert plan_of(network(2000)[0]).in_loops == 0
    needs, _ = network(2000, back=0.01)
    assert plan_of(needs).largest_loop > 1900
    arranged(needs)


def test_the_peers_calculate_the_same(small: Database) -> None:
    values = intensities(arranged(small.needs), small.burdens).values[:, 0]
    lu = rivals.decomposed(small.needs)
    assert np.allclose(np.asarray(rivals.refined(small.needs, small.burdens, lu), dtype=float), values, rtol=1e-12)
    assert np.allclose(rivals.power_series(small.needs, small.burdens, 1e-15), values, rtol=1e-9)
    assert rivals.brightway_scores(small, 100)() == pytest.approx(values[100], rel=1e-9)
    draws = rivals.brightway_draws(small, 100, 0.05)
    assert 0.3 < draws() / values[100] < 3


def test_the_adjoint_of_brightway_would_find_its_category(small: Database) -> None:
    """It is not run with SuperLU, which it refuses; where another solver is installed it looks for the factors by name."""
    found = rivals.packages(small).filter_by_attribute("identifier", list(rivals.CATEGORY))
    assert {resource["matrix"] for resource in found.resources} == {"characterization_matrix"}


def test_the_rows_of_a_database_are_whole(small: Database) -> None:
    rows = list(measured_database(small, "small", rivals.solver_name(), runs=1))
    assert all(row.ours is not None and row.ours > 0 for row in rows)
    assert max(row.error for row in rows if row.error is not None) < 1e-8
    told = json.loads(json.dumps([row.as_json() for row in rows]))
    assert set(told[0]) == {"work", "ours", "peer", "peer_name", "ratio", "reach", "error", "peak_mb", "limit_share"}
    assert told[0]["ratio"] == pytest.approx(told[0]["peer"] / told[0]["ours"])
    lines = table([Row("a", 0.5e-3, 1.0, "b", 60), *rows]).splitlines()
    assert lines[1].split() == ["a", "500.0", "µs", "1.00", "s", "b", "2e+03", "60"]


def test_a_foreground_has_twenty_to_forty_inputs_each() -> None:
    made = foreground(50, 600)
    counts = np.diff(made.starts)
    assert counts.min() >= 18  # a dataset chosen twice is one input
    assert counts.max() <= 40


def test_a_real_database_is_measured_as_admitted_and_with_what_was_refused(tmp_path: Path) -> None:
    """Power and steel need each other; the screw works makes zero screws and is in neither database."""
    found = dict(real_databases(folder(tmp_path)))
    assert list(found) == ["ILCD, as admitted", "ILCD, with what was refused"]
    admitted, ungated = found.values()
    assert (admitted.needs.rows, admitted.needs.size) == (ungated.needs.rows, ungated.needs.size) == (5, 3)
    values = intensities(arranged(admitted.needs), admitted.burdens).values[:, 0]
    power = (0.9 / 3.6 + 0.01 / 3.6 * 1.9) / (1 - 1.8 * 0.01 / 3.6)
    assert np.isclose(values, power, rtol=1e-12).any()
    rows = list(real_rows(tmp_path / "ILCD", quick=True, solver=rivals.solver_name()))
    assert {row.work.split(",")[0] for row in rows} == {"ILCD"}
    assert max(row.error for row in rows if row.error is not None) < 1e-8


def test_where_no_real_database_is_the_row_says_so(tmp_path: Path) -> None:
    (row,) = real_rows(tmp_path / "nowhere", quick=False, solver="")
    assert row.work == f"TianGong: left out: no such folder {tmp_path / 'nowhere'}"
    assert set(row.as_json().values()) == {row.work, None, ""}
    (refused,) = real_rows(tmp_path, quick=False, solver="")
    assert refused.work.startswith("TianGong: left out: There is no dataset of the format ilcd")
    assert table([row]).splitlines()[1].strip() == row.work


def test_a_matrix_is_measured_without_its_zeros() -> None:
    needs = Needs.from_triplets([0, 0, 1], [1, 2, 2], [0.5, 0.0, 0.25], rows=3)
    made = database_of(needs, np.array([0.0, 2.0, 1.0]))
    assert made.needs.size == 2
    assert made.emitters.tolist() == [1, 2]
    assert made.burdens.tolist() == [0.0, 2.0, 1.0]
