"""What a check looks at: a study with its result and its rule, and each line of the study with the factor it uses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache

from zuji.engine.errors import EngineError
from zuji.engine.factors import FactorSource, FactorVersion
from zuji.engine.findings import Finding, Severity
from zuji.engine.quantities import parse_number
from zuji.engine.results import Contribution, Result
from zuji.engine.study import Data, Emission, Input, OwnFactor, Process, Study
from zuji.engine.text import Text
from zuji.rules.schema import Rule

NO_DATA = Data()


@dataclass(frozen=True, slots=True)
class UsedFactor:
    """The factor of a line, from the library or the study's own, as far as checks ask about it."""

    id: str
    name: Text
    kind: str
    year: int | None
    geography: str
    category: str
    value: Fraction | None
    own: bool

    def says(self, words: tuple[str, ...]) -> bool:
        """Whether one of the words stands in the name."""
        return contains(self.name, words)


@dataclass(frozen=True, slots=True)
class InputLine:
    """An input of a process with its place, the data that hold for it, and its factor."""

    process: Process
    item: Input
    where: str
    data: Data
    factor: UsedFactor | None

    @property
    def label(self) -> Text:
        return self.item.name.text

    def says(self, words: tuple[str, ...]) -> bool:
        """Whether one of the words stands in the name of the line or of its factor."""
        return contains(self.label, words) or (self.factor is not None and self.factor.says(words))


@dataclass(frozen=True, slots=True)
class EmissionLine:
    """A direct emission of a process with its place and the data that hold for it."""

    process: Process
    item: Emission
    where: str
    data: Data

    @property
    def label(self) -> Text:
        return self.item.name.text if self.item.name is not None else Text(self.item.gas, self.item.gas)

    def says(self, words: tuple[str, ...]) -> bool:
        """Whether one of the words stands in the name of the emission."""
        return contains(self.label, words)


@dataclass(frozen=True)
class Case:
    """A calculated study under a rule: all that a check may look at."""

    study: Study
    result: Result
    rule: Rule
    factors: FactorSource

    @cached_property
    def inputs(self) -> tuple[InputLine, ...]:
        """Every input of the study, in its order."""
        return tuple(self._inputs())

    @cached_property
    def emissions(self) -> tuple[EmissionLine, ...]:
        """Every direct emission of the study, in its order."""
        return tuple(
            EmissionLine(p, e, f"{p.id} / {e.name.zh if e.name is not None else e.gas}", e.data or p.data or NO_DATA)
            for p in self.study.processes
            for e in p.emissions
        )

    def _inputs(self) -> Iterator[InputLine]:
        for process in self.study.processes:
            for item in process.inputs:
                yield InputLine(process, item, f"{process.id} / {item.name.zh}", item.data or process.data or NO_DATA, self._used(item))

    def _used(self, item: Input) -> UsedFactor | None:
        if isinstance(item.factor, OwnFactor):
            return _own(item.factor, item)
        found = self.factors.find(item.factor) if item.factor is not None else None
        return None if found is None else _shipped(found)

    @cached_property
    def weights(self) -> dict[tuple[str, str], Decimal]:
        """The share of the total of each line, by process and Chinese name; empty where the total is zero."""
        found: dict[tuple[str, str], Decimal] = {}
        for part in self.result.contributions:
            if part.share is not None:
                key = (part.process, part.label.zh)
                found[key] = found.get(key, Decimal(0)) + part.share
        return found

    def weight(self, line: InputLine | EmissionLine) -> Decimal:
        """The share of the total that a line has; zero for lines that carry nothing themselves."""
        return self.weights.get((line.process.id, line.label.zh), Decimal(0))

    def finding(self, code: str, severity: Severity, where: str, message: Text, clause: str) -> Finding:
        """A finding that rests on a clause of the rule: cited, and marked where the clause is unverified."""
        return Finding(code, severity, where, self.rule.marked(clause, message), self.rule.cite(clause))


@lru_cache(maxsize=50_000)
def contains(text: Text, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands in a text, in either language, whatever the case."""
    return bool(words) and _any_of(words).search(f"{text.zh}\n{text.en}") is not None


@lru_cache(maxsize=500)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in words), re.IGNORECASE)


def limit(text: str) -> Fraction:
    """A limit that a rule states. Rule files are checked when read, so a limit is always a number."""
    return parse_number(text)


def percent(value: Decimal | Fraction) -> str:
    """A share as a percentage with two decimals, for messages only."""
    return f"{float(value) * 100:.2f} %"


def place(part: Contribution) -> str:
    """Where a contribution stands, in the words of the study."""
    return f"{part.process} / {part.label.zh}"


def _own(factor: OwnFactor, item: Input) -> UsedFactor:
    try:
        value: Fraction | None = parse_number(factor.value)
    except EngineError:
        value = None
    name = factor.name.text if factor.name is not None else item.name.text
    return UsedFactor("own", name, factor.kind, factor.year, factor.geography or "", "", value, own=True)


def _shipped(factor: FactorVersion) -> UsedFactor:
    return UsedFactor(factor.reference, factor.name, factor.kind, factor.year, factor.geography, factor.category, factor.value, own=False)
