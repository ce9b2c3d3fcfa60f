"""The figures of the browser tutorial are those of the model's example, whole and in order, in both languages."""

import re
from pathlib import Path

import pytest

from zuji.engine.text import Language
from zuji.rules import load_models
from zuji.rules.model_schema import ModelField

DOCS = Path(__file__).resolve().parents[2] / "docs"
MODEL = next(model for model in load_models() if model.id == "portland-cement")


def said(field: ModelField, language: Language) -> str:
    value = MODEL.example[field.key]
    if field.kind == "choice":
        return f"“{next(option for option in field.options if option.id == value).label.text.in_(language)}”"
    unit = MODEL.example.get(f"{field.key}.unit") or field.unit
    return value if unit in {None, "dimensionless"} else f"{value} {unit}"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_tutorial_says_what_the_example_says(language: Language) -> None:
    text = (DOCS / language / "first-footprint.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\|[^|]*\| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE)
    wanted = [
        (field.label.text.in_(language), said(field, language))
        for group in MODEL.groups
        if group.id != "plant"
        for field in group.fields
        if field.key in MODEL.example
    ]
    assert [row for row in rows if row in wanted] == wanted
    assert len(rows) == len(wanted) + 4  # the head, and three of the first page
