"""The product system after reading: exact numbers in canonical units, lines merged, ready to be solved.

A *line* is what a process takes or emits per run of the process. Lines of one process that agree in everything but
their amount are one line: so a row split in two, or rows in another order, is the same system. Merging gives each line its ``id``.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from zuji.engine.factors import FactorVersion
from zuji.engine.study import Data, Electricity, Study
from zuji.engine.text import Text


@dataclass(frozen=True, slots=True)
class FactorLine:
    """Activity times an emission factor. ``amount`` is per run, in the factor's unit of activity; ``shown`` in the canonical unit."""

    process: str
    label: Text
    stage: str
    amount: Fraction
    factor: FactorVersion
    shown: Fraction
    shown_unit: str
    data: Data
    electricity: Electricity | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class EmissionLine:
    """Kilograms of a gas that the process itself emits (or removes) per run."""

    process: str
    label: Text
    stage: str
    gas: str
    kind: str
    amount: Fraction
    data: Data
    id: str = ""


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A product of another process, per run, in that product's own unit. Negative: a credit under system expansion."""

    process: str
    label: Text
    amount: Fraction
    supplier: int
    shown_unit: str
    data: Data


@dataclass(frozen=True, slots=True)
class GapLine:
    """A line without a factor; amounts per run, ``low``/``high`` in kgCO2e per run where a bound is stated."""

    process: str
    label: Text
    amount: Fraction
    unit: str
    entered_units: frozenset[str]
    entered: Fraction
    reason: Text
    low: Fraction | None
    high: Fraction | None


@dataclass(frozen=True, slots=True)
class CutLine:
    """A line left out under the cut-off criteria; ``estimate`` in kgCO2e per run."""

    process: str
    label: Text
    reason: Text
    estimate: Fraction


@dataclass(frozen=True, slots=True)
class ProductOf:
    """One product of a process: ``amount`` per run in ``unit``, and the share of the process's burden that it carries."""

    process: str
    name: str
    amount: Fraction
    unit: str
    share: Fraction


@dataclass(slots=True)
class ProductSystem:
    """All lines of a study. ``products[k]`` is the k-th column of the technosphere; ``reference`` is the column demanded."""

    study: Study
    products: list[ProductOf] = field(default_factory=list)
    factor_lines: list[FactorLine] = field(default_factory=list)
    emission_lines: list[EmissionLine] = field(default_factory=list)
    link_lines: list[LinkLine] = field(default_factory=list)
    gap_lines: list[GapLine] = field(default_factory=list)
    cut_lines: list[CutLine] = field(default_factory=list)
    reference: int = 0
    demand: Fraction = Fraction(0)
    declared: tuple[Fraction, str] = (Fraction(0), "")

    @property
    def direct_lines(self) -> list[FactorLine | EmissionLine]:
        """The lines that carry emissions themselves."""
        return [*self.factor_lines, *self.emission_lines]

    def product_columns(self) -> dict[str, list[int]]:
        """The columns of each process's products, in the order of the study."""
        columns: dict[str, list[int]] = {}
        for index, product in enumerate(self.products):
            columns.setdefault(product.process, []).append(index)
        return columns
