from tests.unit.rules.cases import case, said
from zuji.rules.case import Case
from zuji.rules.checks.unverified_clauses import unverified_clauses


def test_each_unverified_clause_is_named_once_and_no_other() -> None:
    made = case("", "cement@1.0.0")
    finding = said(unverified_clauses, "", "cement@1.0.0")
    assert finding.severity == "info"
    listed = finding.message.en.partition("): ")[2].partition(".")[0].split(", ")
    assert listed == [name for name, clause in made.rule.clauses.items() if clause.status == "unverified"]
    assert "未核实" in finding.message.zh


def test_a_rule_without_unverified_clauses_says_nothing() -> None:
    made = case()
    sure = {name: clause.model_copy(update={"status": "sourced", "grade": "A"}) for name, clause in made.rule.clauses.items()}
    assert unverified_clauses(Case(made.study, made.result, made.rule.model_copy(update=sure), made.factors)) == []
