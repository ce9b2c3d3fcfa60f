from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.rules.factor_checks.value_digits import value_digits


def test_a_published_figure_says_nothing() -> None:
    assert found(value_digits, candidate(version("2925.056"))) == []


def test_more_digits_than_a_source_prints_are_noted() -> None:
    assert found(value_digits, candidate(version("2.71300000042"))) == [("gate.value-digits", "info", "value")]
    assert found(value_digits, candidate(version("1/3"))) == [("gate.value-digits", "info", "value")]
