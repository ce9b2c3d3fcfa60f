from tests.unit.rules.cases import found, plant, said
from zuji.rules.checks.zero_burden import zero_burden


def own(value: str) -> str:
    return plant(f"{{name: slag, amount: '1', unit: t, factor: {{value: '{value}', unit: kgCO2e/t, source: waste boundary}}}}")


def test_a_factor_of_zero_is_noted_with_the_clause_that_must_allow_it() -> None:
    finding = said(zero_burden, own("0.0"), "cement@1.0.0")
    assert (finding.code, finding.severity, finding.where) == ("factor.zero-burden", "info", "plant / slag")
    assert "waste_boundary" in finding.reference


def test_any_other_factor_is_not() -> None:
    assert found(zero_burden) == []
    assert found(zero_burden, own("0.1")) == []
