import pytest

from zuji.rules.errors import BadRuleFile
from zuji.rules.strict_yaml import read


def test_every_scalar_is_text() -> None:
    assert read(b"a: 1\nb: no\nc: [1.50, 2025-01-01]\nd: {e: null}", "f") == {
        "a": "1",
        "b": "no",
        "c": ["1.50", "2025-01-01"],
        "d": {"e": "null"},
    }


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a: 1\na: 2", "“a” occurs twice"),
        (b"a: &x [1]\nb: *x", "aliases"),
        (b"- 1", "mapping"),
        (b"a: [1", "not valid YAML"),
        (b"\xff\xfe", "not valid YAML"),
        (b"", "mapping"),
        (b"a: " + b"x" * 2_000_001, "too large"),
    ],
)
def test_what_yaml_would_let_pass_is_a_fault_that_names_the_file(content: bytes, says: str) -> None:
    with pytest.raises(BadRuleFile) as caught:
        read(content, "cement.yaml")
    assert says in caught.value.text.en
    assert caught.value.file == "cement.yaml"
    assert "cement.yaml" in caught.value.text.zh


def test_a_duplicate_names_its_line() -> None:
    with pytest.raises(BadRuleFile) as caught:
        read(b"a: 1\nb: {c: 1,\n  c: 2}", "f")
    assert caught.value.place == "line 3"
