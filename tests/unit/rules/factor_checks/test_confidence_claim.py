from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.rules.factor_checks.confidence_claim import confidence_claim


def test_a_verified_value_with_its_page_says_nothing() -> None:
    assert found(confidence_claim, candidate()) == []
    assert found(confidence_claim, candidate(version(confidence="secondary"), evidence=())) == []


def test_verified_without_page_or_file_is_an_error() -> None:
    for lacking in ({"evidence": ()}, {"document_page": ""}):
        assert found(confidence_claim, candidate(**lacking)) == [("gate.confidence-claim", "error", "confidence")]


def test_a_transcription_and_an_unverified_value_are_shown() -> None:
    assert found(confidence_claim, candidate(version(source="指南，由公开副本转录"))) == [
        ("gate.confidence-claim", "warning", "confidence")
    ]
    assert found(confidence_claim, candidate(version(confidence="unverified"))) == [("gate.confidence-unverified", "warning", "confidence")]
