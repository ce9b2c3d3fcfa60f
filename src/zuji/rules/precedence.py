"""Which of two values of one thing goes before the other, by rules that are versioned data (``library/gate/precedence.yaml``)."""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from zuji.engine.text import Text
from zuji.rules.strict_yaml import read

Takes = Literal["ours", "national"]
FILE = "gate/precedence.yaml"


@dataclass(frozen=True, slots=True)
class Side:
    """What the rules ask about a value: whether it is valid on the day, its geography, whether its document was read, its reference year."""

    valid: bool
    geography: str
    verified: bool
    year: int | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, in words; ``basis`` is ``choice`` where it is our own."""

    code: str
    words: Text
    basis: str


@dataclass(frozen=True, slots=True)
class Precedence:
    """The rules of one version, in the order in which they are asked; ``place`` is the province for which they are asked."""

    version: str
    place: str
    rules: tuple[Rule, ...]

    def decide(self, ours: Side, national: Side) -> tuple[Takes, Rule]:
        """Which goes first, and by which rule. The last rule always decides."""
        for rule in self.rules:
            first, second = _rank(rule.code, ours, self.place), _rank(rule.code, national, self.place)
            if rule.code == "national":
                return "national", rule
            if first is not None and second is not None and first != second:
                return ("ours" if first > second else "national"), rule
        return "national", self.rules[-1]

    def rule(self, code: str) -> Rule:
        """A rule by its code. Raises ``KeyError``."""
        return {rule.code: rule for rule in self.rules}[code]


def _rank(code: str, side: Side, place: str) -> int | None:
    """The higher goes first; None where the rule cannot say."""
    if code == "validity":
        return int(side.valid)
    if code == "place":
        return _nearness(side.geography, place)
    if code == "verified":
        return int(side.verified)
    return side.year if code == "year" else None


def _nearness(geography: str, place: str) -> int | None:
    """3 the place itself, 2 its country, 1 the world, 0 elsewhere; None where nothing is stated.

    >>> _nearness("CN-HB", "CN-HB"), _nearness("CN", "CN-HB"), _nearness("GLO", "CN-HB"), _nearness("CN-JS", "CN-HB")
    (3, 2, 1, 0)
    """
    if not geography:
        return None
    return {place: 3, place.partition("-")[0]: 2, "GLO": 1}.get(geography, 0)


@cache
def load_precedence() -> Precedence:
    """The shipped rules."""
    raw = read(resources.files("zuji.library").joinpath("gate", "precedence.yaml").read_bytes(), FILE)
    rules = tuple(Rule(str(each["code"]), Text(str(each["zh"]), str(each["en"])), str(each["basis"])) for each in raw["rules"])
    return Precedence(version=str(raw["version"]), place=str(raw["place"]), rules=rules)
