from tests.unit.rules.cases import found, plant, said
from zuji.rules.checks.electricity_sensitivity import electricity_sensitivity

GREEN = (
    "{name: green power, amount: '100', unit: kWh, factor: WIND, electricity: {kind: contract, certificate: "
    "{number: A-1, state: cancelled, period: {start: 2025-01-01, end: 2025-12-31}}}}"
)


def test_grid_power_alone_needs_no_other_result() -> None:
    assert found(electricity_sensitivity) == []


def test_the_result_by_grid_mix_is_stated_beside() -> None:
    finding = said(electricity_sensitivity, plant(GREEN) + "grid_mix: POWER")
    assert (finding.code, finding.severity) == ("electricity.sensitivity", "info")
    assert "50.0000" in finding.message.en
    assert "3.0000" in finding.message.en


def test_without_a_grid_factor_it_is_missed() -> None:
    assert found(electricity_sensitivity, plant(GREEN)) == [("electricity.no-sensitivity", "warning", "grid_mix")]
