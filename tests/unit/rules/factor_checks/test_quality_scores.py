from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.engine.study import Quality
from zuji.rules.factor_checks.quality_scores import quality_scores


def test_scores_that_fit_say_nothing() -> None:
    assert found(quality_scores, candidate()) == []


def test_none_is_noted() -> None:
    assert found(quality_scores, candidate(quality=None)) == [("gate.quality-missing", "info", "quality_reliability")]
    assert found(quality_scores, candidate(quality=Quality())) == [("gate.quality-missing", "info", "quality_reliability")]


def test_scores_better_than_the_statements_are_shown() -> None:
    best = Quality(technology=1, geography=1, time=1, completeness=1, reliability=1)
    old = version(year=2012, confidence="unverified")
    assert found(quality_scores, candidate(old, quality=best)) == [
        ("gate.quality-time", "warning", "quality_time"),
        ("gate.quality-reliability", "warning", "quality_reliability"),
    ]
