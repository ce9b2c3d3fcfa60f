"""The thresholds of the gate: versioned data, each with its source or the word that it is our own choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Literal, cast

from zuji.engine.quantities import parse_number
from zuji.engine.text import Text
from zuji.rules.errors import BadRuleFile
from zuji.rules.strict_yaml import read

Basis = Literal["sourced", "unverified", "choice"]
FILE = "gate/limits.yaml"


@dataclass(frozen=True, slots=True)
class Limit:
    """One threshold. ``basis``: ``sourced`` was read, ``unverified`` names a source that was not, ``choice`` is ours and says why."""

    name: str
    value: Fraction
    basis: Basis
    source: str
    why: Text


@dataclass(frozen=True, slots=True)
class Limits:
    """All thresholds of one version of the gate, by name. A check that asks for one that does not exist raises ``KeyError``."""

    version: str
    by_name: Mapping[str, Limit]

    def __getitem__(self, name: str) -> Fraction:
        return self.by_name[name].value

    def basis(self, name: str) -> str:
        """What a finding cites: the limit, its version and what it rests on."""
        limit = self.by_name[name]
        return f"factor-gate@{self.version} {name}: {limit.source or 'our choice'}"


@cache
def load_limits() -> Limits:
    """The shipped thresholds. Raises :class:`~zuji.rules.errors.BadRuleFile` for a threshold without value, basis, reason or source."""
    raw = read(resources.files("zuji.library").joinpath("gate", "limits.yaml").read_bytes(), FILE)
    return Limits(version=raw["version"], by_name={name: _limit(name, stated) for name, stated in raw["limits"].items()})


def _limit(name: str, stated: Mapping[str, object]) -> Limit:
    basis, source, why = str(stated.get("basis")), str(stated.get("source", "")), stated.get("why")
    if basis not in ("sourced", "unverified", "choice") or (basis != "choice" and not source) or not isinstance(why, dict):
        raise BadRuleFile(FILE, name, Text("须写明依据和理由。", "State what it rests on, and why."))
    return Limit(name, parse_number(str(stated["value"])), cast("Basis", basis), source, Text(str(why["zh"]), str(why["en"])))
