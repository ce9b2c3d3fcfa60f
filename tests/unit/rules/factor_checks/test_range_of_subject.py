from tests.unit.rules.factor_checks.candidates import candidate, context, findings, found, version
from zuji.rules.factor_checks.range_of_subject import range_of_subject

OTHERS = [version(value, id=f"OTHER-{value}") for value in ("2.5", "2.6", "2.7", "2.8", "2.9")]


def test_within_the_others_says_nothing() -> None:
    assert found(range_of_subject, candidate(version("2.75")), context(*OTHERS)) == []


def test_three_times_from_the_nearest_is_shown_and_twenty_times_refused() -> None:
    assert found(range_of_subject, candidate(version("9")), context(*OTHERS)) == [("gate.range-of-subject", "warning", "value")]
    assert found(range_of_subject, candidate(version("0.12")), context(*OTHERS)) == [("gate.range-of-subject", "error", "value")]


def test_unusual_among_many_is_shown_with_its_z() -> None:
    said = findings(range_of_subject, candidate(version("4.6")), context(*OTHERS))
    assert [(each.code, each.severity) for each in said] == [("gate.range-of-subject", "warning")]
    assert "robust z is 5." in said[0].message.en
    assert "factor-gate@1.0.0 robust_z" in said[0].reference


def test_other_kinds_gases_and_dimensions_are_not_compared() -> None:
    others = [version(id="A", kind="process"), version(id="B", unit="kgN2O/kg"), version(id="C", unit="kgCO2e/m3")]
    assert found(range_of_subject, candidate(version("900")), context(*others)) == []
