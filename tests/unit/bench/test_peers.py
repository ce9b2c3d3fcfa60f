"""The peers that the measurements compare with do the same as the product."""

from fractions import Fraction

import numpy as np
import pytest

from zuji.bench.engine import TODAY
from zuji.bench.figures import Figure, table
from zuji.bench.peers import floating, gauss
from zuji.bench.studies import dense_loop, example, long_study
from zuji.engine import calculate
from zuji.engine.exact import solve
from zuji.engine.loops import refuse_gain
from zuji.formats.factors import load_library
from zuji.formats.gwp import load_gwp


@pytest.mark.parametrize("size", [1, 2, 7, 25])
def test_three_ways_to_solve_a_loop_agree(size: int) -> None:
    columns, demand = dense_loop(size), {0: Fraction(1)}
    refuse_gain(columns, [str(k) for k in range(size)])
    exact = solve(columns, demand)
    assert exact == gauss(columns, demand)
    assert np.allclose(floating(columns, demand), [float(x) for x in exact], rtol=1e-13, atol=0)


def test_the_long_study_is_as_long_as_it_says() -> None:
    study = long_study(load_library(), 100)
    assert sum(len([line for line in process.inputs if line.factor]) for process in study.processes) == 100
    result = calculate(study, load_library(), load_gwp("AR6"), today=TODAY)
    assert sum(part.value for part in result.contributions) == result.total > 0


def test_the_example_is_the_one_that_ships() -> None:
    assert example().id == "portland-cement"


def test_the_table_says_whether_an_aim_was_kept_and_how_the_peer_did() -> None:
    kept = Figure("fast", 0.01, 3, aim=0.1, peer="slow", peer_seconds=0.04)
    missed = Figure("late", 2.0, 1, aim=1.0)
    lines = table([kept, missed]).splitlines()
    assert lines[1].split() == ["fast", "10.0", "ms", "3", "<", "100.0", "ms", "kept", "slow", "40.0", "ms", "0.25"]
    assert "missed" in lines[2]
    assert missed.as_json()["ratio"] is None
