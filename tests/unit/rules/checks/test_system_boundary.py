from tests.unit.rules.cases import found, said
from zuji.rules.checks.system_boundary import system_boundary


def test_the_boundary_of_the_rule_is_taken() -> None:
    assert found(system_boundary, "", "cement@1.0.0") == []


def test_another_boundary_is_an_error() -> None:
    assert found(system_boundary, "boundary: gate-to-gate", "cement@1.0.0") == [("rule.boundary", "error", "boundary")]
    assert "cradle-to-gate" in said(system_boundary, "boundary: gate-to-gate", "cement@1.0.0").message.en


def test_the_general_rule_takes_each_boundary() -> None:
    assert found(system_boundary, "boundary: gate-to-gate") == []
