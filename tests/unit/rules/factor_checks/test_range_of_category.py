from tests.unit.rules.factor_checks.candidates import candidate, context, found, published, version
from zuji.rules.factor_checks.range_of_category import range_of_category

CATEGORY = published(*(version(value, id=f"C-{value}") for value in ("1", "1.3", "1.8", "2.4", "3.2", "4")), subject="其他化工品")


def test_within_the_category_says_nothing() -> None:
    assert found(range_of_category, candidate(version("6")), context(more=CATEGORY)) == []


def test_far_outside_the_category_is_shown() -> None:
    assert found(range_of_category, candidate(version("2713")), context(more=CATEGORY)) == [("gate.range-of-category", "warning", "value")]
    assert found(range_of_category, candidate(version("0.0003")), context(more=CATEGORY)) == [
        ("gate.range-of-category", "warning", "value")
    ]


def test_where_the_thing_itself_is_published_the_category_has_nothing_to_say() -> None:
    assert found(range_of_category, candidate(version("2713")), context(version(id="OTHER"), more=CATEGORY)) == []


def test_few_values_are_no_distribution() -> None:
    assert found(range_of_category, candidate(version("2713")), context(more=CATEGORY[:4])) == []
