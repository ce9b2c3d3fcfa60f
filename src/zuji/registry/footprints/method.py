"""What calculations rest on: factors, rules, characterization sets. What is shipped never changes while a process runs; factors are published."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from zuji.engine.impact import GwpSet
from zuji.formats.factors import FactorLibrary, load_library
from zuji.formats.gwp import load_gwp
from zuji.registry.factors import in_force
from zuji.rules import Rulebook, load_rules


@dataclass(frozen=True, slots=True)
class Method:
    """The factor library, the rules and the GWP sets by name. ``mark`` is another whenever other factors are in force."""

    library: FactorLibrary
    rulebook: Rulebook
    gwp: Mapping[str, GwpSet]
    mark: str = ""

    @classmethod
    @cache
    def shipped(cls) -> "Method":
        """What comes with the product."""
        return cls(library=load_library(), rulebook=load_rules(), gwp={name: load_gwp(name) for name in ("AR5", "AR6")})

    @classmethod
    def current(cls) -> "Method":
        """What a calculation takes now: what comes with the product, and the factors published since. One question to the database."""
        mark, library = in_force.current()
        return replace(cls.shipped(), library=library, mark=mark)
