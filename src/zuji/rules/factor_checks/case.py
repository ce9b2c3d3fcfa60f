"""A candidate under examination: what the checks ask of it, worked out once."""

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from zuji.engine.candidate import Candidate
from zuji.engine.errors import UnknownUnit
from zuji.engine.factors import FactorVersion
from zuji.engine.findings import Finding, Severity
from zuji.engine.quantities import decimal_text
from zuji.engine.text import Text
from zuji.engine.units import FactorUnit
from zuji.rules.factor_checks.context import Context, Known, comparable, measured


@dataclass(frozen=True)
class Case:
    """A candidate with its surroundings. ``unit`` is None where the unit cannot be read: the checks of numbers then have nothing to say."""

    candidate: Candidate
    context: Context

    @property
    def factor(self) -> FactorVersion:
        return self.candidate.factor

    @cached_property
    def unit(self) -> FactorUnit | None:
        try:
            return measured(self.factor)[0]
        except UnknownUnit:
            return None

    @cached_property
    def intensity(self) -> Fraction | None:
        """Kilograms of the factor's gas per canonical unit of activity."""
        return None if self.unit is None else measured(self.factor)[1]

    @cached_property
    def prior(self) -> Known | None:
        """The published version that this one replaces: the one it names, else the newest of its id; never itself."""
        wanted = self.candidate.supersedes
        versions = self.context.shelf.by_id.get(wanted.partition("@")[0] or self.factor.id, ())
        named = [row for row in versions if row.version.reference == wanted]
        others = [row for row in versions if row.version.reference != self.factor.reference]
        return named[-1] if named else others[-1] if others else None

    @cached_property
    def peers(self) -> tuple[Known, ...]:
        """Published values of the same thing in the same kind, gas and dimension; superseded ones and the candidate's own row left out."""
        rows = self.context.shelf.by_subject.get(self.context.subject, ())
        return tuple(row for row in rows if self.compares(row) and row.version.state != "superseded")

    @cached_property
    def category_peers(self) -> tuple[Known, ...]:
        """Published values of other things of the same category, kind, gas and dimension."""
        if self.unit is None:
            return ()
        key = (self.factor.category, self.factor.kind, self.unit.per.powers, comparable(self.unit.gas))
        return tuple(row for row in self.context.shelf.by_category.get(key, ()) if row.version.reference != self.factor.reference)

    def compares(self, row: Known) -> bool:
        """Whether a published value can stand beside this one."""
        return (
            self.unit is not None
            and row.version.reference != self.factor.reference
            and row.version.kind == self.factor.kind
            and row.powers == self.unit.per.powers
            and row.gas == comparable(self.unit.gas)
        )

    @cached_property
    def words(self) -> str:
        """Names, synonyms, boundary, technology and note, in lower case: where a word may stand that a check looks for."""
        factor, candidate = self.factor, self.candidate
        return " ".join((*factor.name, *factor.synonyms, factor.boundary, candidate.technology, factor.note)).lower()

    @property
    def document_year(self) -> int | None:
        """The year of the document, where it is stated in four digits."""
        written = self.candidate.written.get("source_year", "")
        return int(written) if written.isascii() and written.isdigit() and len(written) == 4 else None

    def has(self, *words: str) -> bool:
        """Whether one of the words stands anywhere in :attr:`words`."""
        return any(word.lower() in self.words for word in words)

    def found(self, code: str, severity: Severity, field: str, message: Text, limit: str = "", reference: str = "") -> Finding:
        """A finding at a field; ``limit`` names the threshold on which it rests."""
        return Finding(code, severity, field, message, self.context.limits.basis(limit) if limit else reference)

    def shown(self, row: Known) -> str:
        """A published value with its reference, as it was published."""
        return f"{row.version.reference} {number(row.version.value)} {row.version.unit}"


def number(value: Fraction, digits: int = 6) -> str:
    """A number as people read it, to six significant digits at most.

    >>> number(Fraction(1, 3)), number(Fraction(1234567)), number(Fraction(0))
    ('0.333333', '1234567', '0')
    """
    if not value:
        return "0"
    places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    text = decimal_text(round(value, places), places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: Fraction) -> str:
    """A share as a percentage with at most one decimal.

    >>> percent(Fraction(1, 8))
    '12.5 %'
    """
    return f"{number(round(share * 100, 1))} %"


def median(values: list[float]) -> float:
    """The middle of some numbers."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def robust(values: list[Fraction], least_spread: float) -> tuple[float, float]:
    """Median and robust standard deviation (1.4826 times the median absolute deviation) of the logarithms of positive numbers."""
    logs = [math.log(value) for value in values]
    middle = median(logs)
    return middle, max(1.4826 * median([abs(each - middle) for each in logs]), least_spread)
