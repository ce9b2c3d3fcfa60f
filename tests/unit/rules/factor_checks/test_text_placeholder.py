from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.rules.factor_checks.text_placeholder import text_placeholder


def test_real_words_say_nothing() -> None:
    assert found(text_placeholder, candidate()) == []


def test_what_was_to_be_filled_in_is_an_error() -> None:
    assert found(text_placeholder, candidate(version(publisher="TBD", licence="待补"), document_page="待填")) == [
        ("gate.text-placeholder", "error", "publisher"),
        ("gate.text-placeholder", "error", "licence"),
        ("gate.text-placeholder", "error", "document_page"),
    ]
