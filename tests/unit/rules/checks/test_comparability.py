from tests.unit.rules.cases import plant, said
from zuji.rules.checks.comparability import comparability


def test_it_names_rule_unit_boundary_and_gwp_set() -> None:
    finding = said(comparability, "", "cement@1.0.0")
    assert finding.severity == "info"
    for part in ("cement@1.0.0", "t", "cradle-to-gate", "AR6"):
        assert part in finding.message.en
    assert "Gaps" not in finding.message.en


def test_it_says_that_gaps_are_not_in_the_result() -> None:
    assert "not counted: 1." in said(comparability, plant("{name: a, amount: '1', unit: kg, factor: null, reason: none}")).message.en
