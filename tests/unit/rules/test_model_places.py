"""Every finding of a model's example leads back to the question behind it, where there is one."""

import datetime

import pytest

from zuji.formats.factors import load_library
from zuji.formats.gwp import load_gwp
from zuji.rules import assess, load_models, load_rules
from zuji.rules.models import ProductModel

MODELS = {model.id: model for model in load_models()}
WHOLE = {"data_quality", "electricity", "factors", "grid_mix", "result", "rule"}  # places of the study as a whole


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.id)
def test_findings_lead_to_questions(model: ProductModel) -> None:
    study = model.study(model.example)
    result = assess(study, load_library(), load_rules(), {"AR6": load_gwp("AR6")}, today=datetime.date(2026, 11, 1))
    lost = [f.where for f in result.findings if model.field_at(f.where, model.example) is None]
    assert {where.partition(" / ")[0] for where in lost} <= WHOLE


@pytest.mark.parametrize(
    ("where", "field"),
    [
        ("map_plant / 合成氨", "ammonia"),
        ("map_plant / 合成氨 / unit", "ammonia"),
        ("ammonia", "ammonia"),
        ("ammonia.factor", "ammonia"),
        ("period / end", "period_end"),
        ("declared_unit", "declared_unit"),
        ("map_plant", "map_output"),
        ("sulphuric_acid / 硫磺水路运输", "sulphur_km"),
        ("rule", None),
        ("", None),
    ],
)
def test_places_of_the_fertiliser_model(where: str, field: str | None) -> None:
    model = MODELS["map-fertiliser"]
    assert model.field_at(where, model.example) == field


def test_of_two_questions_at_one_place_the_answered_one_is_meant() -> None:
    model = MODELS["map-fertiliser"]
    assert model.field_at("phosphoric_acid / 外购磷矿", {"rock_bought": "1"}) == "rock_bought"


def test_only_questions_that_the_choices_call_for_are_asked() -> None:
    model = MODELS["map-fertiliser"]
    own, bought = model.asked({"acid_from": "own"}), model.asked({"acid_from": "bought"})
    assert "rock" in own
    assert "rock" not in bought
    assert "map_output" in own & bought
