"""The study: one product system written down (``zuji: study/1``).

These types *are* the file format: the JSON Schema that ``zuji schema`` prints is generated from them. Quantities stay
the decimal strings (or ``=`` formulas) that the user wrote; :mod:`zuji.engine.inventory` turns them into exact numbers.
Sources: ISO 14067:2018 6.3 (goal and scope), ISO 14044:2006 4.2-4.3 (unit process, reference flow, allocation).
"""

import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from zuji.engine import text

Boundary = Literal["cradle-to-gate", "cradle-to-grave", "gate-to-gate"]
Stage = Literal["raw_materials", "production", "distribution", "use", "end_of_life"]
STAGES: tuple[Stage, ...] = ("raw_materials", "production", "distribution", "use", "end_of_life")
EmissionKind = Literal["fossil", "biogenic", "biogenic_removal", "land_use_change", "aircraft"]
FactorKind = Literal["life-cycle", "direct", "grid-co2", "process", "spend-based"]
AllocationMethod = Literal["mass", "energy", "economic", "custom", "system_expansion"]
DataType = Literal["primary", "secondary"]
GwpName = Literal["AR5", "AR6"]


def _number_as_text(value: object) -> object:
    """Take integers and decimals for the strings they stand for; leave binary floats to be refused."""
    if isinstance(value, bool):
        return value
    return str(value) if isinstance(value, int | Decimal) else value


def _text_in_both(value: object) -> object:
    """A bare string is the same text in both languages; one language given stands for both."""
    if isinstance(value, str):
        return {"zh": value, "en": value}
    if isinstance(value, dict) and len(value) == 1:
        (only,) = value.values()
        if set(value) <= {"zh", "en"}:
            return {"zh": only, "en": only}
    return value


Number = Annotated[str, BeforeValidator(_number_as_text), Field(min_length=1, description="decimal string")]
Amount = Annotated[str, BeforeValidator(_number_as_text), Field(min_length=1, description="decimal string, or '=' and a formula")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Prose = Annotated[str, Field(max_length=20_000)]
Score = Annotated[int, Field(ge=1, le=5, description="1 best to 5 worst")]


class Part(BaseModel):
    """Base of all parts of a study: immutable, and a field that is not known is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, coerce_numbers_to_str=False)


class Bilingual(Part):
    """A text in Chinese and English; a bare string stands for both."""

    zh: Prose
    en: Prose

    @property
    def text(self) -> text.Text:
        return text.Text(self.zh, self.en)


def _not_blank(value: Bilingual) -> Bilingual:
    if not value.zh.strip() or not value.en.strip():
        raise ValueError("the text is blank")
    return value


Label = Annotated[Bilingual, BeforeValidator(_text_in_both)]
Stated = Annotated[Bilingual, BeforeValidator(_text_in_both), AfterValidator(_not_blank)]


class Quantity(Part):
    """An amount with its unit."""

    amount: Amount
    unit: Name


class Ratio(Part):
    """A sourced conversion: density (kg/L), heating value (MJ/kg) or content (kg P2O5/kg)."""

    value: Number
    unit: Name
    source: Annotated[str, Field(min_length=1, max_length=2000)]


class Period(Part):
    """The period that the activity data represent (ISO 14067:2018 6.3.6)."""

    start: datetime.date
    end: datetime.date


class Uncertainty(Part):
    """Uncertainty of an amount: lognormal with its geometric standard deviation, or normal with its relative one."""

    distribution: Literal["lognormal", "normal"] = "lognormal"
    gsd: Number | None = None
    relative_sd: Number | None = None

    @model_validator(mode="after")
    def _one_spread(self) -> Self:
        wanted = self.gsd if self.distribution == "lognormal" else self.relative_sd
        other = self.relative_sd if self.distribution == "lognormal" else self.gsd
        if wanted is None or other is not None:
            raise ValueError("lognormal needs gsd alone, normal needs relative_sd alone")
        return self


class Quality(Part):
    """Data quality by indicator, 1 best to 5 worst; an indicator that was not assessed is absent, never 1."""

    technology: Score | None = None
    geography: Score | None = None
    time: Score | None = None
    completeness: Score | None = None
    reliability: Score | None = None


class Data(Part):
    """Where a number comes from and how good it is."""

    type: DataType | None = None
    quality: Quality | None = None
    uncertainty: Uncertainty | None = None
    source: Label | None = None


class GasAmount(Part):
    """A gas within a factor: kilograms of it per unit of activity."""

    gas: Name
    kind: EmissionKind | None = None
    amount: Number


class OwnFactor(Part):
    """The study's own emission factor. Its source is mandatory."""

    value: Number
    unit: Name
    kind: FactorKind = "life-cycle"
    source: Annotated[str, Field(min_length=1, max_length=2000)]
    name: Label | None = None
    split: EmissionKind | None = Field(default=None, description="what all of the value is, if that is known")
    gwp: GwpName | None = None
    year: int | None = None
    geography: Name | None = None
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    uncertainty: Uncertainty | None = None


class Certificate(Part):
    """The certificate behind a contractual instrument for electricity."""

    number: Name
    state: Literal["cancelled", "issued", "transferred", "expired"]
    registry: Name | None = None
    period: Period | None = None


class Electricity(Part):
    """How electricity reaches the process (ISO 14067:2018 6.4.9.4)."""

    kind: Literal["grid", "direct_line", "contract"]
    certificate: Certificate | None = None


class CutOff(Part):
    """A line left out under the cut-off criteria, with its reason and its estimated size."""

    reason: Stated
    estimate: Number = Field(description="kgCO2e for the amount of this line")
    source: Label | None = None


class PossibleSize(Part):
    """Between what and what a gap may lie, per unit of activity: shown beside the total, never in it."""

    low: Number
    high: Number
    unit: Name
    source: Annotated[str, Field(min_length=1, max_length=2000)]


class Transport(Part):
    """Mass carried times distance, in place of an amount in t·km."""

    mass: Amount
    mass_unit: Name = "t"
    distance: Amount
    distance_unit: Name = "km"


class Input(Part):
    """An input of a unit process: from a factor, from another process of the study, or a gap with its reason."""

    name: Label
    amount: Amount | None = None
    unit: Name | None = None
    transport: Transport | None = None
    factor: Name | OwnFactor | None = None
    process: Name | None = None
    product: Name | None = Field(default=None, description="which product of that process; its output if left out")
    reason: Label | None = None
    possible: PossibleSize | None = None
    cut_off: CutOff | None = None
    electricity: Electricity | None = None
    density: Ratio | None = None
    heating_value: Ratio | None = None
    content: Ratio | None = None
    stage: Stage | None = None
    data: Data | None = None
    note: Label | None = None


class Emission(Part):
    """A greenhouse gas that the process itself emits or removes. A removal is written as a positive amount."""

    gas: Name
    kind: EmissionKind
    amount: Amount
    unit: Name
    name: Label | None = None
    stage: Stage | None = None
    data: Data | None = None
    note: Label | None = None


class Output(Part):
    """What the process delivers; ``mass`` (kg), ``energy`` (MJ) and ``price`` are per unit of product."""

    product: Name
    amount: Amount
    unit: Name
    mass: Number | None = None
    energy: Number | None = None
    price: Number | None = None


class Replaced(Part):
    """What a co-product stands in for under system expansion."""

    factor: Name | OwnFactor | None = None
    process: Name | None = None


class Coproduct(Output):
    """A further product of the same process."""

    replaces: Replaced | None = None


class Allocation(Part):
    """How a process is split among its products (ISO 14067:2018 6.4.6)."""

    method: AllocationMethod
    shares: dict[Name, Number] | None = None
    reason: Label | None = None


class Process(Part):
    """A unit process."""

    id: Name
    name: Label | None = None
    stage: Stage
    output: Output
    coproducts: tuple[Coproduct, ...] = ()
    allocation: Allocation | None = None
    inputs: tuple[Input, ...] = ()
    emissions: tuple[Emission, ...] = ()
    data: Data | None = None
    note: Label | None = None


class ExcludedStage(Part):
    """A life cycle stage that is not in the study, and why."""

    stage: Stage
    reason: Label


class About(Part):
    """What the report says beside the numbers; nothing here changes a result."""

    producer: Label | None = None
    site: Label | None = None
    product: Label | None = None
    model: Label | None = None
    goal: Label | None = None
    audience: Label | None = None
    technology: Label | None = None
    use_profile: Label | None = None
    end_of_life: Label | None = None
    limitations: Label | None = None
    demonstration: bool = Field(default=False, description="invented plant and numbers, shown as such")


class Study(Part):
    """One product system: what ``zuji calculate`` reads."""

    zuji: Literal["study/1"]
    id: Annotated[str, Field(min_length=1, max_length=120)]
    title: Label
    rule: Name | None = None
    boundary: Boundary
    declared_unit: Quantity
    gwp: GwpName = "AR6"
    period: Period
    geography: Name
    reference: Name
    parameters: dict[Name, Amount | Quantity] = Field(default_factory=dict)
    processes: tuple[Process, ...] = Field(min_length=1)
    grid_mix: Name | None = Field(default=None, description="the grid factor to compare contractual electricity with")
    excluded_stages: tuple[ExcludedStage, ...] = ()
    about: About | None = None


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the study file, generated from these types."""
    made = Study.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
