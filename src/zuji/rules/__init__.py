"""Product rules (PCR) as dated, sourced data with small pure checks, and product models as data.

``load_rules`` gives the rulebook, ``assess`` the footprint of a study with the findings of its rule, ``load_models`` the product models.
"""

from zuji.rules.assess import assess, check
from zuji.rules.errors import BadRuleFile, RulesError, UnknownModel, UnknownRule
from zuji.rules.load import GENERAL, Rulebook, load_rules
from zuji.rules.models import ProductModel, load_model, load_models
from zuji.rules.schema import Clause, Rule

__all__ = [
    "GENERAL",
    "BadRuleFile",
    "Clause",
    "ProductModel",
    "Rule",
    "Rulebook",
    "RulesError",
    "UnknownModel",
    "UnknownRule",
    "assess",
    "check",
    "load_model",
    "load_models",
    "load_rules",
]
