from tests.unit.rules.cases import found, said
from zuji.rules.checks.declared_unit import declared_unit


def test_the_general_rule_takes_any_unit() -> None:
    assert found(declared_unit) == []


def test_a_unit_of_the_rules_dimension_is_taken_whatever_its_size() -> None:
    assert found(declared_unit, 'declared_unit: {amount: "1000", unit: kg}', "cement@1.0.0") == []


def test_a_basis_is_part_of_the_unit() -> None:
    changes = """
declared_unit: {amount: "1", unit: t P2O5}
processes:
  - {id: plant, stage: production, output: {product: acid, amount: "1", unit: t P2O5}, inputs: [{name: power, amount: "1", unit: kWh, factor: POWER}]}
"""
    assert found(declared_unit, changes, "map-fertiliser@1.0.0") == []
    assert found(declared_unit, changes, "cement@1.0.0") == [("rule.declared-unit", "error", "declared_unit")]


def test_another_dimension_is_an_error_that_names_the_rules_unit() -> None:
    finding = said(declared_unit, "", "lfp-battery@1.0.0")
    assert (finding.code, finding.severity) == ("rule.declared-unit", "error")
    assert "kWh" in finding.message.en
    assert "lfp-battery@1.0.0" in finding.reference
