from tests.unit.rules.factor_checks.candidates import candidate, context, found, version
from zuji.rules.factor_checks.correction_size import correction_size


def test_a_small_correction_says_nothing() -> None:
    assert found(correction_size, candidate(version("2.9", version="2")), context(version())) == []


def test_a_large_one_is_shown_and_a_huge_one_refused_in_both_directions() -> None:
    for value in ("4.2", "1.3"):
        assert found(correction_size, candidate(version(value, version="2")), context(version())) == [
            ("gate.correction-size", "warning", "value")
        ]
    for value in ("13.6", "0.5"):
        assert found(correction_size, candidate(version(value, version="2")), context(version())) == [
            ("gate.correction-size", "error", "value")
        ]


def test_the_version_that_is_named_is_what_is_compared_with() -> None:
    within = context(version("100", version="1"), version("2.7", version="2"))
    named = candidate(version(version="3"), supersedes="HB-MAP@1")
    assert found(correction_size, named, within) == [("gate.correction-size", "error", "value")]
