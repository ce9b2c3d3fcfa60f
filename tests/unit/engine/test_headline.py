"""The number shown while typing is the number of the result, and a pinned study has the hash of the free one."""

import datetime

import pytest

from zuji.engine import calculate
from zuji.engine.errors import StudyRefused
from zuji.engine.headline import headline
from zuji.engine.pinning import pinned
from zuji.engine.study import Study
from zuji.formats.factors import load_library
from zuji.formats.gwp import load_gwp
from zuji.rules import load_models
from zuji.rules.models import ProductModel

DAY = datetime.date(2026, 11, 1)
MODELS = load_models()


def named(model: ProductModel) -> str:
    return model.id


@pytest.mark.parametrize("model", MODELS, ids=named)
def test_the_headline_is_the_result_s_own_number(model: ProductModel) -> None:
    study, gwp = model.study(model.example), load_gwp("AR6")
    full = calculate(study, load_library(), gwp, today=DAY)
    short = headline(study, load_library(), gwp, today=DAY)
    assert (short.total, short.by_stage, short.gaps) == (full.total, full.by_stage, len(full.gaps))
    assert sum(short.by_stage.values()) == short.total


def test_what_is_refused_has_no_headline() -> None:
    study = MODELS[0].study(MODELS[0].example)
    broken = study.model_copy(update={"reference": "nowhere"})
    with pytest.raises(StudyRefused):
        headline(broken, load_library(), load_gwp("AR6"), today=DAY)


@pytest.mark.parametrize("model", MODELS, ids=named)
def test_a_pinned_study_is_the_same_study(model: ProductModel) -> None:
    library, gwp = load_library(), load_gwp("AR6")
    free = model.study(model.example)
    fixed = pinned(free, library)
    assert calculate(fixed, library, gwp, today=DAY).result_hash == calculate(free, library, gwp, today=DAY).result_hash
    assert pinned(fixed, library) == fixed
    assert all("@" in use for use in references(fixed))
    assert not all("@" in use for use in references(free))


def references(study: Study) -> list[str]:
    uses = [item.factor for process in study.processes for item in process.inputs]
    uses += [each.replaces.factor for process in study.processes for each in process.coproducts if each.replaces]
    return [use for use in [*uses, study.grid_mix] if isinstance(use, str)]
