from fractions import Fraction
from typing import Any

import pytest

from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.engine.text import Text
from zuji.rules.factor_checks.carbonate_stoichiometry import carbonate_stoichiometry
from zuji.rules.factor_checks.chemistry import atoms, carbonate_co2

# IPCC 2006 Vol. 3 table 2.1 prints these to five digits, from other atomic weights in the last one. Its soda ash, 0.41492, implies a molar
# mass of 106.07 where the atomic weights give 105.99: it lies 0.07 % low, within the limit of the check.
IPCC = {"CaCO3": "0.43971", "MgCO3": "0.52197", "CaMg(CO3)2": "0.47732", "FeCO3": "0.37987", "MnCO3": "0.38286", "Na2CO3": "0.41492"}


@pytest.mark.parametrize(("formula", "printed"), IPCC.items())
def test_the_molar_masses_give_what_the_ipcc_prints(formula: str, printed: str) -> None:
    assert abs(carbonate_co2(formula) / Fraction(printed) - 1) < (Fraction(1, 1000) if formula == "Na2CO3" else Fraction(1, 10_000))


@pytest.mark.parametrize("broken", ["", "CaCO3)", "(CaCO3", "caco3", "Ca CO3"])
def test_what_is_no_formula_is_refused(broken: str) -> None:
    with pytest.raises(ValueError):
        atoms(broken)


def calcined(value: str, zh: str, unit: str = "tCO2/t", **more: Any) -> object:
    factor = version(value, unit, kind="process", category="process", name=Text(zh, "decomposition"), boundary="process", **more)
    return found(carbonate_stoichiometry, candidate(factor))


def test_stoichiometry_says_nothing_and_above_it_is_an_error() -> None:
    assert calcined("0.4397", "石灰石（CaCO3）分解") == []
    assert calcined("0.4149", "纯碱分解") == []
    assert calcined("0.45", "碳酸钙分解") == [("gate.carbonate-stoichiometry", "error", "value")]
    assert calcined("4.397", "碳酸钙分解") == [("gate.carbonate-stoichiometry", "error", "value")]
    assert calcined("0.52", "分解", unit="tCO2/t CaCO3") == [("gate.carbonate-stoichiometry", "error", "value")]


def test_below_it_needs_a_word_on_why() -> None:
    assert calcined("0.40", "碳酸钙分解") == [("gate.carbonate-stoichiometry", "warning", "value")]
    assert calcined("0.40", "碳酸钙分解", note="煅烧率 0.92") == []


def test_making_soda_is_not_its_decomposition() -> None:
    assert calcined("0.97", "氨碱法制纯碱") == []
