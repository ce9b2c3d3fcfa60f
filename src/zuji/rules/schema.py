"""The form of a product rule (PCR): dated, sourced data, one clause for each requirement.

A clause says what is required, where that was read and how sure that is. ``status: unverified`` (未核实) means that no source was
seen: the value is a parameter that an authority can set, and every finding that rests on it says so. Structure after the open PCR
library of TianGong (github.com/tiangong-lca/pcr) and ISO/TS 14027; clause numbers are those of ISO 14067:2018, which GB/T 24067-2024 adopts.
"""

import datetime
from typing import Annotated, Generic, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from zuji.engine import text
from zuji.engine.errors import EngineError
from zuji.engine.quantities import parse_number
from zuji.engine.study import AllocationMethod, Boundary, FactorKind, Label, Stage
from zuji.engine.units import parse_unit

Status = Literal["sourced", "unverified"]
Grade = Literal["A", "B", "C", "K"]
Words = Annotated[tuple[str, ...], Field(min_length=1)]
T = TypeVar("T")


def _plain_decimal(value: str) -> str:
    try:
        parse_number(value)
    except EngineError as error:
        raise ValueError(f"not a plain decimal: {error.text.en}") from error
    return value


def _known_unit(value: str) -> str:
    try:
        parse_unit(value)
    except EngineError as error:
        raise ValueError(f"not a unit of the unit table: {error.text.en}") from error
    return value


Limit = Annotated[str, AfterValidator(_plain_decimal)]
UnitText = Annotated[str, AfterValidator(_known_unit)]


class Part(BaseModel):
    """Base of all parts of a rule: immutable, and a field that is not known is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Clause(Part, Generic[T]):
    """One requirement: its value, and where it was read.

    ``grade`` is the grade of evidence: A the official text or a page quoting it was read, B a copy that names its source,
    C one weak copy, K general knowledge. ``sourced`` needs A or B.
    """

    value: T
    status: Status
    grade: Grade
    source: Annotated[str, Field(min_length=1)]
    text: Label

    @model_validator(mode="after")
    def _grade_carries_status(self) -> Self:
        if (self.status == "sourced") != (self.grade in ("A", "B")):
            raise ValueError("status sourced needs grade A or B; grades C and K are unverified")
        return self

    @property
    def verified(self) -> bool:
        return self.status == "sourced"


class Basis(Part):
    """A document that the rule rests on, with what was seen of it."""

    title: Annotated[str, Field(min_length=1)]
    address: str = ""
    grade: Grade
    note: Label


class Category(Part):
    """What the rule is for, in a classification."""

    scheme: str
    code: str
    label: Label
    status: Status
    source: Annotated[str, Field(min_length=1)]


class DeclaredUnits(Part):
    """The declared units that the rule allows; ``units`` are texts of the unit table, ``of`` says what is counted. Empty: any."""

    units: tuple[UnitText, ...] = ()
    of: Label


class PrimaryNeed(Part):
    """A kind of line that must rest on primary data, recognised by words in its name, by factor or by kind of factor."""

    id: str
    label: Label
    among: Literal["inputs", "emissions", "both"] = "inputs"
    words: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    kinds: tuple[FactorKind, ...] = ()
    required: bool = True


class CutOffLimits(Part):
    """The largest share that one line, and all lines together, may have when left out, of the base."""

    line: Limit
    total: Limit
    base: Literal["emissions", "mass", "energy"] = "emissions"


class QualityLimits(Part):
    """The worst overall rating allowed, and the rating from which a row that weighs ``weight`` or more is named."""

    overall: Limit
    row: Limit
    weight: Limit


class ElectricityTerms(Part):
    """What is asked of electricity: how far the factor's year may lie from the data period, and whether the grid-mix result stands beside."""

    years: int
    sensitivity: bool


class FuelFamily(Part):
    """A fuel whose combustion needs an upstream line: words by which its lines are known."""

    id: str
    label: Label
    words: Words
    unlike: tuple[str, ...] = ()


class Rule(Part):
    """One version of a product rule. Never changes; a correction is a new version."""

    zuji: Literal["rule/1"]
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    extends: str | None = Field(default=None, description="the rule from which clauses not stated here were taken")
    title: Label
    scope: Label
    status: Literal["candidate", "in_force", "superseded"]
    valid_from: datetime.date
    valid_to: datetime.date | None = None
    based_on: Annotated[tuple[Basis, ...], Field(min_length=1)]
    categories: tuple[Category, ...] = ()
    validity: Clause[str]
    declared_unit: Clause[DeclaredUnits]
    boundary: Clause[tuple[Boundary, ...]]
    stages: Clause[tuple[Stage, ...]]
    data_period: Clause[int]
    mandatory_primary: Clause[tuple[PrimaryNeed, ...]]
    cut_off: Clause[CutOffLimits]
    allocation: Clause[tuple[tuple[AllocationMethod, ...], ...]]
    data_quality: Clause[QualityLimits]
    primary_share: Clause[Limit]
    electricity: Clause[ElectricityTerms]
    factor_age: Clause[int]
    geography: Clause[bool]
    fuel_upstream: Clause[tuple[FuelFamily, ...]]
    transport: Clause[bool]
    waste_boundary: Clause[str]
    biogenic: Clause[bool]
    aircraft: Clause[tuple[str, ...]]
    comparability: Clause[str]

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to lies before valid_from")
        return self

    @property
    def reference(self) -> str:
        """``id@version``, the address by which a study names it."""
        return f"{self.id}@{self.version}"

    @property
    def clauses(self) -> "dict[str, Clause[object]]":
        """Every clause by its name, in the order of the rule."""
        found = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: value for name, value in found.items() if isinstance(value, Clause)}

    def cite(self, clause: str) -> str:
        """How a finding refers to a clause: rule, clause, status if it is not verified, and the source."""
        found = self.clauses[clause]
        mark = "" if found.verified else " · 未核实 unverified"
        return f"{self.reference} · {clause}{mark} · {found.source}"

    def marked(self, clause: str, message: text.Text) -> text.Text:
        """A message that rests on a clause's value, saying so where that value is not verified."""
        if self.clauses[clause].verified:
            return message
        return text.Text(zh=f"{message.zh}（依据的规则参数未核实）", en=f"{message.en} (The rule parameter behind this is unverified.)")


CLAUSES = frozenset(
    {
        "declared_unit", "boundary", "stages", "data_period", "mandatory_primary", "cut_off", "allocation", "data_quality", "primary_share",
        "electricity", "factor_age", "geography", "fuel_upstream", "transport", "waste_boundary", "biogenic", "aircraft", "comparability",
    }
)  # fmt: skip
"""The clauses that a rule may take from the one it extends; its own validity it always states."""
