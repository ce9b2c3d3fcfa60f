from tests.unit.rules.cases import found, plant
from zuji.rules.checks.electricity_certificate_period import electricity_certificate_period

WHERE = "plant / 绿电"


def green(period: str) -> str:
    certificate = f"{{number: A-1, state: cancelled{period}}}"
    return plant(
        f"{{name: {{zh: 绿电, en: green power}}, amount: '1', unit: kWh, factor: WIND, electricity: {{kind: contract, certificate: {certificate}}}}}"
    )


def test_grid_power_has_no_certificate() -> None:
    assert found(electricity_certificate_period) == []


def test_a_certificate_of_the_period_or_of_a_part_of_it_is_enough() -> None:
    assert found(electricity_certificate_period, green(", period: {start: 2025-01-01, end: 2025-12-31}")) == []
    assert found(electricity_certificate_period, green(", period: {start: 2025-12-31, end: 2026-06-30}")) == []


def test_a_certificate_of_another_period_is_named() -> None:
    other = green(", period: {start: 2023-01-01, end: 2024-12-31}")
    assert found(electricity_certificate_period, other) == [("electricity.certificate-period", "warning", WHERE)]


def test_a_certificate_without_a_period_is_noted() -> None:
    assert found(electricity_certificate_period, green("")) == [("electricity.certificate-undated", "info", WHERE)]
