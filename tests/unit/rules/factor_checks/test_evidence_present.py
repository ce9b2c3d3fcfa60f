from tests.unit.rules.factor_checks.candidates import SHA, candidate, context, found
from zuji.engine.candidate import EvidenceFile
from zuji.rules.factor_checks.evidence_present import evidence_present


def test_a_file_that_is_kept_says_nothing() -> None:
    assert found(evidence_present, candidate()) == []


def test_none_a_broken_and_a_swapped_one_are_errors() -> None:
    assert found(evidence_present, candidate(evidence=())) == [("gate.evidence-missing", "error", "evidence")]
    broken = (EvidenceFile("E1", "a.pdf", "abc", 5), EvidenceFile("E2", "b.pdf", SHA, 0))
    assert [each[0] for each in found(evidence_present, candidate(evidence=broken))] == ["gate.evidence-broken"] * 2
    swapped = (EvidenceFile("E1", "a.pdf", "6" * 64, 5),)
    assert found(evidence_present, candidate(evidence=swapped)) == [("gate.evidence-not-kept", "error", "evidence / a.pdf")]
    assert found(evidence_present, candidate(evidence=swapped), context(held=None)) == []


def test_the_same_file_twice_is_shown() -> None:
    twice = (EvidenceFile("E1", "a.pdf", SHA, 5), EvidenceFile("E2", "b.pdf", SHA, 5))
    assert found(evidence_present, candidate(evidence=twice)) == [("gate.evidence-twice", "warning", "evidence / b.pdf")]
