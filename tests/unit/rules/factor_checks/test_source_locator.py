from tests.unit.rules.factor_checks.candidates import candidate, found
from zuji.rules.factor_checks.source_locator import source_locator


def test_page_and_number_say_nothing() -> None:
    assert found(source_locator, candidate()) == []


def test_without_a_page_nobody_can_open_the_value() -> None:
    assert found(source_locator, candidate(document_page=" ", document_number="")) == [
        ("gate.source-page", "error", "document_page"),
        ("gate.source-number", "warning", "document_number"),
    ]
