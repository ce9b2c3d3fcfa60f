import pytest

from tests.unit.rules.factor_checks.candidates import candidate, found, version
from zuji.engine.text import Text
from zuji.rules.factor_checks.text_clean import text_clean


def test_plain_text_says_nothing() -> None:
    assert found(text_clean, candidate(version(note="粒径 <3 mm；含量 > 44 %，A & B"))) == []


@pytest.mark.parametrize("bad", ["<b>磷酸</b>", "<script>alert(1)</script>", "&lt;b&gt;", "javascript:alert(1)", "<img src=x onerror=y>"])
def test_markup_is_an_error(bad: str) -> None:
    assert found(text_clean, candidate(version(note=bad))) == [("gate.text-markup", "error", "note")]


@pytest.mark.parametrize("bad", ["\u202e", "\u2066", "\u200b", "\ufeff", "\x00", "\x07", "\ue000", "\u2028", "\U000e0041"])
def test_what_cannot_be_seen_is_an_error_in_any_field(bad: str) -> None:
    assert found(text_clean, candidate(version(name=Text(f"磷酸{bad}一铵", "MAP")))) == [("gate.text-invisible", "error", "name_zh")]
    assert found(text_clean, candidate(document_page=f"表{bad}4")) == [("gate.text-invisible", "error", "document_page")]
