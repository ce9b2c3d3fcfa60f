import datetime

from tests.unit.rules.cases import case
from zuji.rules.case import Case
from zuji.rules.checks.rule_superseded import rule_superseded


def under(**changes: object) -> Case:
    made = case()
    return Case(made.study, made.result, made.rule.model_copy(update=changes), made.factors)


def test_a_rule_in_force_says_nothing() -> None:
    assert rule_superseded(case()) == []


def test_a_rule_that_ended_before_the_data_began_is_a_warning() -> None:
    (finding,) = rule_superseded(under(valid_to=datetime.date(2024, 12, 31)))
    assert (finding.code, finding.severity) == ("rule.superseded", "warning")
    assert rule_superseded(under(valid_to=datetime.date(2025, 1, 1))) == []


def test_a_rule_marked_superseded_is_a_warning() -> None:
    assert [f.code for f in rule_superseded(under(status="superseded"))] == ["rule.superseded"]
