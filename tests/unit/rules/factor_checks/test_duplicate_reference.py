from tests.unit.rules.factor_checks.candidates import candidate, context, found, version
from zuji.rules.factor_checks.duplicate_reference import duplicate_reference


def test_a_new_version_says_nothing() -> None:
    assert found(duplicate_reference, candidate(version(version="2")), context(version())) == []


def test_a_published_reference_is_never_used_again() -> None:
    assert found(duplicate_reference, candidate(version("3")), context(version())) == [("gate.duplicate-reference", "error", "version")]
