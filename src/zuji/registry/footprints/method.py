"""What calculations rest on: factors, rules, characterization sets. Read once a process; what is shipped never changes while it runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from zuji.engine.impact import GwpSet
from zuji.formats.factors import FactorLibrary, load_library
from zuji.formats.gwp import load_gwp
from zuji.rules import Rulebook, load_rules


@dataclass(frozen=True, slots=True)
class Method:
    """The factor library, the rules and the GWP sets by name."""

    library: FactorLibrary
    rulebook: Rulebook
    gwp: Mapping[str, GwpSet]

    @classmethod
    @cache
    def shipped(cls) -> "Method":
        """What comes with the product."""
        return cls(library=load_library(), rulebook=load_rules(), gwp={name: load_gwp(name) for name in ("AR5", "AR6")})
