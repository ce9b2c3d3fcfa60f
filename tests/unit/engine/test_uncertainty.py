"""Uncertainty: first-order and Monte Carlo agree where the answer is known in closed form."""

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.unit.engine.shelf import AR6, SHELF, TODAY, Shelf, cement, factor, line, one, run
from zuji.engine import Study, calculate
from zuji.engine.calculation import solved
from zuji.engine.findings import Findings
from zuji.engine.sensitivity import sensitivities
from zuji.engine.simulation import Simulation, simulate


def spread(gsd: str) -> dict[str, Any]:
    return {"type": "primary", "uncertainty": {"distribution": "lognormal", "gsd": gsd}}


def simulated(written: dict[str, Any], shelf: Shelf = SHELF, draws: int = 1000, seed: int = 1) -> Simulation:
    return simulate(solved(Study.model_validate(written), shelf, AR6, today=TODAY, findings=Findings()), draws=draws, seed=seed)


def test_product_of_lognormals_is_lognormal() -> None:
    """Activity (GSD 1.2) times factor (GSD 1.3): GSD = exp(√(ln² 1.2 + ln² 1.3)), exactly."""
    shelf = Shelf(factor("loose", "2", "kgCO2e/kg", gsd=Fraction("1.3")))
    written = one(line("5", "kg", "loose", data=spread("1.2")))
    result = calculate(Study.model_validate(written), shelf, AR6, today=TODAY)
    closed = math.exp(math.hypot(math.log(1.2), math.log(1.3)))
    assert float(result.uncertainty.gsd or 0) == pytest.approx(closed, abs=1e-6)
    assert float(result.uncertainty.high or 0) == pytest.approx(10 * closed**1.959963984540054, rel=1e-12)
    drawn = simulated(written, shelf)
    assert drawn.gsd == pytest.approx(closed, rel=0.03)
    assert drawn.percentile(50) == pytest.approx(10, rel=0.04)


def test_sum_of_independent_inputs_narrows() -> None:
    """Four equal independent inputs have half the relative spread of one."""
    one_input = run(one(line("4", "kg", "careful", data=spread("1.1")))).uncertainty.gsd
    four = run(one(*(line("1", "kg", "careful", name=f"n{k}", data=spread("1.1")) for k in range(4)))).uncertainty.gsd
    assert math.log(four or 0) == pytest.approx(math.log(one_input or 0) / 2, rel=1e-4)


def test_one_factor_on_two_lines_is_one_random_variable() -> None:
    shelf = Shelf(factor("loose", "2", "kgCO2e/kg", gsd=Fraction("1.3")))
    study = Study.model_validate(one(line("1", "kg", "loose", name="a"), line("1", "kg", "loose", name="b")))
    assert calculate(study, shelf, AR6, today=TODAY).uncertainty.gsd == Decimal("1.300000")


def test_uncertain_link_moves_the_supplier() -> None:
    """A lognormal clinker ratio alone gives the share of the kiln times its spread."""
    written = cement()
    written["processes"][0].pop("data")
    written["processes"][1]["inputs"][0]["data"] = spread("1.05")
    result = run(written)
    kiln = result.by_stage["production"] / result.total
    assert math.log(result.uncertainty.gsd or 0) == pytest.approx(float(kiln) * math.log(1.05), abs=1e-6)
    assert simulated(written, draws=4000).gsd == pytest.approx(float(result.uncertainty.gsd or 0), rel=0.005)


def test_no_stated_spread_is_said_and_not_zero() -> None:
    spread_ = run(one(line())).uncertainty
    assert (spread_.method, spread_.low, spread_.high, spread_.gsd) == ("not stated", None, None, None)


def test_the_same_seed_draws_the_same_numbers() -> None:
    assert (simulated(cement(), seed=7).totals == simulated(cement(), seed=7).totals).all()
    assert (simulated(cement(), seed=7).totals != simulated(cement(), seed=8).totals).any()


def test_sensitivity_names_the_largest_movers() -> None:
    study = Study.model_validate(cement())
    rows = sensitivities(study, SHELF, AR6, today=TODAY)
    assert rows[0].label.en == "parameter clinker_ratio"
    assert rows[0].high - rows[0].low == Decimal("122.554180000000")
    assert [row.swing for row in rows] == sorted((row.swing for row in rows), reverse=True)


def test_an_own_factor_may_state_a_normal_spread() -> None:
    """A relative standard deviation of 0.1 is, to first order, a logarithmic one of 0.1."""
    own = {"value": "2", "unit": "kgCO2e/kg", "source": "s", "uncertainty": {"distribution": "normal", "relative_sd": "0.1"}}
    written = one(line("1", "kg", own, name="a"), line("1", "kg", own, name="b"))
    assert float(run(written).uncertainty.gsd or 0) == pytest.approx(math.exp(0.1), abs=1e-6)
    drawn = simulated(written, draws=4000).totals
    assert float(drawn.std()) == pytest.approx(0.4, rel=0.05)


def test_a_spread_amplified_by_a_credit_is_a_plain_range_around_the_total() -> None:
    """A credit that all but cancels the burden: the logarithm of the total means nothing, its range does."""
    emission = {"gas": "CO2", "kind": "fossil", "amount": "4.1000000001", "unit": "kg", "data": spread("1.1")}
    credited = {"product": "y", "amount": "2", "unit": "kg", "replaces": {"factor": "steel"}}
    result = run(one(emissions=(emission,), coproducts=[credited], allocation={"method": "system_expansion"}))
    assert result.total == Decimal("1e-10")
    assert result.uncertainty.gsd is None
    half = 4.1 * math.log(1.1) * 1.959963984540054
    assert float(result.uncertainty.low or 0) == pytest.approx(-half, rel=1e-6)
    assert float(result.uncertainty.high or 0) == pytest.approx(half, rel=1e-6)
