"""The form of a product model: a questionnaire in groups of fields, and a study template over them. Data, not code.

A field says what a plant engineer has to enter, in which unit, why, and what is plausible. The template is a study in which lines
name the fields they need; what is not given and has no sourced default is left out and said, never taken as zero.
"""

from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from zuji.engine.study import FactorKind, Label, PossibleSize
from zuji.rules.schema import Limit, Part, Status, UnitText

FieldKind = Literal["number", "text", "choice", "date"]


class Default(Part):
    """What stands where nothing was entered: a decimal, or ``=`` and a formula over other fields, with its source."""

    value: str
    source: Annotated[str, Field(min_length=1)]
    status: Status


class Plausible(Part):
    """The range within which a value needs no explanation, of the field or of a formula ``of`` in ``unit``, and why."""

    low: Limit | None = None
    high: Limit | None = None
    of: str | None = None
    unit: UnitText | None = None
    reason: Label
    source: Annotated[str, Field(min_length=1)]
    status: Status

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.low is None and self.high is None:
            raise ValueError("a range needs low, high or both")
        if (self.of is None) != (self.unit is None):
            raise ValueError("a range of a formula states its unit, and one of the field itself does not")
        return self


class FieldFactor(Part):
    """The factor that a field's amount is multiplied by: one of the library (replaceable), or none: then a gap with its reason."""

    id: str | None = None
    unit: str = Field(description="unit of a factor of one's own, such as kgCO2e/kg")
    kind: FactorKind = "life-cycle"
    gap: Label | None = None
    possible: PossibleSize | None = None

    @model_validator(mode="after")
    def _factor_or_gap(self) -> Self:
        if (self.id is None) == (self.gap is None):
            raise ValueError("a field's factor is either an id of the library or a gap with its reason")
        return self


class Option(Part):
    """One answer of a choice."""

    id: str
    label: Label


class ModelField(Part):
    """One question of the questionnaire."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Label
    help: Label
    kind: FieldKind = "number"
    unit: UnitText | None = None
    units: tuple[UnitText, ...] = ()
    required: bool = False
    when: dict[str, str] = Field(default_factory=dict, description="choices under which the question is asked")
    default: Default | None = None
    plausible: Plausible | None = None
    factor: FieldFactor | None = None
    primary: bool = Field(default=False, description="the rule wants this measured by the plant")
    options: tuple[Option, ...] = ()

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if (self.kind == "number") != (self.unit is not None):
            raise ValueError("a number has a unit, and nothing else has one")
        if (self.kind == "choice") != bool(self.options):
            raise ValueError("a choice has options, and nothing else has them")
        if self.required and self.default is not None:
            raise ValueError("a required field has no default")
        return self


class Group(Part):
    """Fields that belong on one page."""

    id: str
    title: Label
    help: Label
    fields: tuple[ModelField, ...]


class DeclaredUnitOption(Part):
    """A declared unit that the model offers, with what the reference process then delivers."""

    id: str
    label: Label
    declared_unit: dict[str, str]
    output: dict[str, str]


class Template(Part):
    """The study that is made. Inside it, a line or a process may state ``field``, ``needs``, ``when`` and ``unless``; ``$key`` stands for an answer."""

    id: str
    title: Label
    boundary: str
    reference: str
    about: dict[str, Any] = Field(default_factory=dict)
    excluded_stages: list[dict[str, Any]] = Field(default_factory=list)
    grid_mix: str | None = None
    processes: Annotated[list[dict[str, Any]], Field(min_length=1)]


class Model(Part):
    """A product model as its file holds it."""

    zuji: Literal["model/1"]
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    title: Label
    summary: Label
    rule: str
    sources: tuple[str, ...]
    declared_units: Annotated[tuple[DeclaredUnitOption, ...], Field(min_length=1)]
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    template: Template

    @cached_property
    def fields(self) -> dict[str, ModelField]:
        """Every field by its key, in the order of the questionnaire."""
        return {field.key: field for group in self.groups for field in group.fields}

    @model_validator(mode="after")
    def _keys_once(self) -> Self:
        keys = [field.key for group in self.groups for field in group.fields]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise ValueError(f"fields occur twice: {', '.join(twice)}")
        return self
