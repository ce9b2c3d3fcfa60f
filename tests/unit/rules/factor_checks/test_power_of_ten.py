import pytest

from tests.unit.rules.factor_checks.candidates import candidate, context, findings, found, version
from zuji.rules.factor_checks.power_of_ten import power_of_ten


@pytest.mark.parametrize(
    ("value", "times"), [("27.13", "10"), ("0.2713", "1/10"), ("2713", "1000"), ("0.002713", "1/1000"), ("272", "100")]
)
def test_a_slip_against_the_own_earlier_version_is_an_error_that_names_the_slip(value: str, times: str) -> None:
    said = findings(power_of_ten, candidate(version(value, version="2")), context(version()))
    assert [(each.code, each.severity) for each in said] == [("gate.power-of-ten", "error")]
    assert f"is {times} times the published HB-MAP@1 2.713 kgCO2e/kg" in said[0].message.en


def test_against_another_value_of_the_same_thing_it_is_a_warning() -> None:
    assert found(power_of_ten, candidate(version("27.2")), context(version(id="OTHER"))) == [("gate.power-of-ten", "warning", "value")]


def test_an_honest_difference_says_nothing() -> None:
    for value in ("2.713", "3.9", "24.0", "30"):
        assert found(power_of_ten, candidate(version(value, version="2")), context(version())) == []


def test_a_slip_of_the_unit_is_seen_through_its_dimension() -> None:
    assert found(power_of_ten, candidate(version("2.713", unit="kgCO2e/t", version="2")), context(version())) != []
