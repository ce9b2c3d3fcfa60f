from fractions import Fraction

from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.engine.factors import FactorPart
from zuji.rules.factor_checks.gas_balance import gas_balance


def split(methane: str, gwp: str | None = "AR5") -> object:
    parts = (FactorPart("CO2", "fossil", Fraction("2.0")), FactorPart("CH4", None, Fraction(methane)))
    return found(gas_balance, candidate(version("2.28", "kgCO2e/kg", parts=parts, gwp=gwp)))


def test_gases_that_come_to_the_value_say_nothing() -> None:
    assert split("0.01") == []


def test_gases_that_do_not_are_an_error() -> None:
    assert split("0.02") == [("gate.gas-balance", "error", "gases")]
    assert split("0.01", gwp="AR6") == [] or split("0.0106", gwp="AR6") == [("gate.gas-balance", "error", "gases")]


def test_without_a_declared_set_any_set_may_fit() -> None:
    assert split("0.01", gwp=None) == []
    assert split("0.1", gwp=None) == [("gate.gas-balance", "error", "gases")]


def test_one_number_has_no_gases_to_balance() -> None:
    assert found(gas_balance, candidate()) == []
