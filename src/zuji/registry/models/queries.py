from functools import cache

from zuji.engine.text import Text
from zuji.registry.refusals import Refused
from zuji.rules import Rule, load_models, load_rules
from zuji.rules.models import ProductModel


@cache
def catalogue() -> tuple[ProductModel, ...]:
    """The product models on offer, by id; read once a process."""
    return load_models()


@cache
def rules() -> dict[str, Rule]:
    """The product rules by ``id@version``; read once a process."""
    return {rule.reference: rule for rule in load_rules().all()}


def newest(model: str) -> ProductModel | None:
    """The model with this id in its newest version, or None where none is on offer."""
    return next((each for each in catalogue() if each.id == model), None)


def pinned(reference: str) -> ProductModel | None:
    """The model of exactly this ``id@version``, or None where that version is not (or no longer) on offer."""
    return next((each for each in catalogue() if each.reference == reference), None)


def in_use(reference: str) -> ProductModel:
    """The model of exactly this ``id@version``.

    Raises:
        Refused: that version is no longer on offer; the answers are kept, and can be moved to the newest version.
    """
    found = pinned(reference)
    if found is None:
        raise Refused(
            Text(
                f"产品模型 {reference} 已不再提供。已填数据都还在；请先把本版本改用现行模型，再继续填报。",
                f"The product model {reference} is no longer on offer. All answers are kept; move this version to the current model to go on.",
            )
        )
    return found
