from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.rules.factor_checks.value_zero import value_zero


def test_a_number_says_nothing() -> None:
    assert found(value_zero, candidate()) == []


def test_zero_is_an_error() -> None:
    assert found(value_zero, candidate(version("0"))) == [("gate.value-zero", "error", "value")]
