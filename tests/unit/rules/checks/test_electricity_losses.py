from tests.unit.rules.cases import found, plant, said
from zuji.rules.checks.electricity_losses import electricity_losses


def test_a_line_for_transmission_is_enough() -> None:
    assert found(electricity_losses) == []


def test_without_one_the_process_is_named() -> None:
    finding = said(electricity_losses, plant("{name: power, amount: '1', unit: kWh, factor: POWER}"))
    assert (finding.code, finding.severity) == ("electricity.losses", "info")
    assert "plant" in finding.message.en


def test_no_electricity_no_finding() -> None:
    assert found(electricity_losses, plant("{name: material, amount: '1', unit: t, factor: MATERIAL}")) == []
