"""Every command of the command line that needs no platform runs; the examples calculate."""

import json
from pathlib import Path

import pytest

from zuji.cli import main
from zuji.rules import load_models

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


def test_models_lists_every_product_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "--lang", "en"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(load_models()) >= 3


def test_schema_prints_the_schema_that_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads((ROOT / "docs" / "study.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("form", ["table", "json", "html"])
def test_every_example_calculates_in_every_form(example: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calculate", str(example), "--format", form, "--lang", "en"]) == 0
    printed = capsys.readouterr().out
    assert "sha256:" in printed
    if form == "json":
        assert json.loads(printed)["zuji"] == "result/1"


def test_the_examples_named_in_the_readme_are_there() -> None:
    for readme in ("README.md", "README.en.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        named = {word for word in text.split() if word.startswith("examples/") and word.endswith(".yaml")}
        assert named
        assert [path for path in named if not (ROOT / path).is_file()] == []
