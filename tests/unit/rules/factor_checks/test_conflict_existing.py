from tests.unit.rules.factor_checks.candidates import candidate, context, found, version
from zuji.rules.factor_checks.conflict_existing import conflict_existing


def test_a_like_value_or_another_year_says_nothing() -> None:
    assert found(conflict_existing, candidate(), context(version("2.8", id="A", source="另一文"))) == []
    assert found(conflict_existing, candidate(), context(version("9", id="A", source="另一文", year=2020))) == []


def test_two_sources_that_disagree_are_shown() -> None:
    assert found(conflict_existing, candidate(), context(version("3.0", id="A", source="另一文"))) == [
        ("gate.conflict", "warning", "value")
    ]


def test_one_document_does_not_contradict_itself() -> None:
    assert found(conflict_existing, candidate(), context(version("3.0", id="A"))) == []
