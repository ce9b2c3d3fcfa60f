"""The product models and rules that the product ships, read once a process."""

from functools import cache

from zuji.rules import Rule, load_models, load_rules
from zuji.rules.models import ProductModel


@cache
def catalogue() -> tuple[ProductModel, ...]:
    """The product models, by id."""
    return load_models()


@cache
def rules() -> dict[str, Rule]:
    """The product rules by ``id@version``."""
    return {rule.reference: rule for rule in load_rules().all()}
