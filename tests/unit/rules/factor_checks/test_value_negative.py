from fractions import Fraction

from tests.unit.rules.factor_checks.candidates import candidate, changed, found, version
from zuji.engine.factors import FactorPart
from zuji.engine.text import Text
from zuji.rules.factor_checks.value_negative import value_negative

REMOVAL = version("-1.8", parts=(FactorPart("CO2", "biogenic_removal", Fraction("1.8")),), name=Text("木材固碳", "Uptake of wood"))


def test_above_zero_or_a_declared_removal_says_nothing() -> None:
    assert found(value_negative, candidate()) == []
    assert found(value_negative, candidate(REMOVAL)) == []


def test_below_zero_without_a_removal_is_an_error() -> None:
    assert found(value_negative, candidate(version("-1.8"))) == [("gate.value-negative", "error", "value")]


def test_an_offset_is_never_a_factor() -> None:
    offset = changed(REMOVAL, name=Text("林业碳汇（CCER）", "Forest carbon credit"))
    assert found(value_negative, candidate(offset)) == [("gate.value-offset", "error", "value")]
