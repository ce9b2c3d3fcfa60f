from fractions import Fraction

from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.engine.factors import FactorPart
from zuji.rules.factor_checks.gas_known import gas_known


def test_known_gases_say_nothing() -> None:
    assert found(gas_known, candidate()) == []


def test_a_gas_without_a_value_is_shown() -> None:
    parts = (FactorPart("CO", None, Fraction(1)),)
    assert found(gas_known, candidate(version(parts=parts))) == [("gate.gas-unknown", "warning", "gases")]
