"""What the interface takes and gives. A field that is not named here is refused going in, and never comes out."""

import datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import ConfigDict

from zuji.engine.text import Text

Code = Annotated[str, Field(pattern=r"^[2-9a-hjkmnp-z]{26}$")]
Name = Annotated[str, Field(max_length=200)]
Answer = Annotated[str, Field(max_length=10_000)]


class Taken(Schema):
    """Base of what comes in."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)


class Both(Schema):
    """A text in Chinese and English."""

    zh: str
    en: str

    @classmethod
    def of(cls, text: Text) -> "Both":
        """The same text."""
        return cls(zh=text.zh, en=text.en)


class Token(Schema):
    """An access token (RFC 6749 5.1)."""

    access_token: str
    token_type: str
    expires_in: int = Field(description="seconds")


class EnterpriseOut(Schema):
    """The enterprise that the program acts for."""

    uscc: str
    name: Both
    role: str
    identity_confirmed: bool


class ProductIn(Taken):
    """A new product."""

    name_zh: Name
    name_en: Name = ""
    model: Annotated[str, Field(max_length=120, description="id of a product model, such as portland-cement")]
    specification: Name = ""


class ProductChange(Taken):
    """Other names for a product."""

    name_zh: Name
    name_en: Name = ""
    specification: Name = ""


class Made(Schema):
    """The code of what was made."""

    code: str


class VersionMade(Schema):
    """The number of a new version."""

    number: int


class VersionShort(Schema):
    """A version in a list."""

    number: int
    model: str
    state: str
    revision: int
    changed: datetime.datetime


class ProductOut(Schema):
    """A product with its versions, newest first."""

    code: str
    uscc: str
    name: Both
    specification: str
    model: str
    archived: bool
    versions: list[VersionShort]


class ProductRow(Schema):
    """A product in a list."""

    code: str
    name: Both
    specification: str
    model: str
    archived: bool
    newest: int
    state: str
    changed: datetime.datetime


class ProductList(Schema):
    """A page of products."""

    products: list[ProductRow]
    total: int
    page: int
    pages: int


class VersionIn(Taken):
    """A new version starts from the answers of another."""

    based_on: Annotated[int, Field(ge=1, le=1_000_000)]


class EvidenceKept(Schema):
    """A file as it was handed in: the hash is that of its bytes."""

    file: str
    name: str
    size: int
    sha256: str


class EvidenceOut(EvidenceKept):
    """An evidence file behind an answer."""

    key: str


class GroupOut(Schema):
    """A page of the questionnaire."""

    id: str
    title: Both
    status: str
    answered: int
    asked: int
    errors: int
    warnings: int


class VersionOut(Schema):
    """A version with its answers."""

    product: str
    number: int
    model: str
    state: str
    revision: int
    based_on: int | None
    answers: dict[str, str]
    pages: list[GroupOut]
    evidence: list[EvidenceOut]


class AnswersIn(Taken):
    """Changed answers, by key; null empties one. ``base_revision`` is the revision that the sender saw."""

    base_revision: Annotated[int, Field(ge=0, le=2_000_000_000)]
    changes: Annotated[dict[str, Answer | None], Field(max_length=2000)]


class ChangesIn(Taken):
    """Answers to try out, by key; null empties one. Nothing is kept."""

    changes: Annotated[dict[str, Answer | None], Field(max_length=2000, default_factory=dict)]


class SavedOut(Schema):
    """What a save did."""

    revision: int
    changed: list[str]
    read_as: dict[str, str] = Field(description="answers that were read otherwise than typed, such as 1,234 as 1234")


class RestoreIn(Taken):
    """Bring back what stood in a revision, in all fields or in one."""

    revision: Annotated[int, Field(ge=0, le=2_000_000_000)]
    key: Annotated[str | None, Field(max_length=120)] = None


class PageIn(Taken):
    """Whether a page of the questionnaire is filled in."""

    finished: bool


class FindingOut(Schema):
    """What a check says; ``field`` is the key of the answer behind it."""

    code: str
    severity: str
    where: str
    field: str | None
    message: Both
    reference: str


class LiveOut(Schema):
    """The total of answers that were not kept; kgCO2e per declared unit, decimal strings, null where there is none."""

    total: Decimal | None
    by_stage: dict[str, Decimal]
    declared_amount: str
    declared_unit: str
    saved: Decimal | None
    change: Decimal | None
    gaps: int
    findings: list[FindingOut]
    faults: dict[str, Both]
    read_as: dict[str, str]


class ChangeOut(Schema):
    """One field in one revision."""

    revision: int
    key: str
    before: str | None
    after: str | None
    at: datetime.datetime
    by: str


class HistoryOut(Schema):
    """A page of changes, newest first."""

    changes: list[ChangeOut]
    pages: int


class FootprintMade(Schema):
    """A kept result."""

    footprint: str


class FootprintOut(Schema):
    """A kept result: its address shows the same number for ever."""

    code: str
    public: bool
    demonstration: bool
    reports: list[str]
    result: dict[str, Any]


class AskIn(Taken):
    """A note to those who sign."""

    note: Annotated[str, Field(max_length=2000)] = ""


class StateOut(Schema):
    """Where a version stands."""

    state: str
    footprint: str | None = None
    case: str | None = None


class CaseRow(Schema):
    """A submitted version in a list."""

    number: str
    product: str
    name: Both
    version: int
    state: str
    footprint: str
    total: str
    declared_amount: str
    declared_unit: str
    at: datetime.datetime


class CaseOut(CaseRow):
    """A submitted version as it was signed."""

    result_hash: str
    snapshot_hash: str
    snapshot: dict[str, Any]


class OptionOut(Schema):
    """One answer of a choice."""

    id: str
    label: Both


class FieldOut(Schema):
    """A question of a product model."""

    key: str
    label: Both
    help: Both
    kind: str
    unit: str | None
    units: list[str]
    required: bool
    when: dict[str, str]
    options: list[OptionOut]
    default: str | None


class ModelGroup(Schema):
    """A page of a product model's questionnaire."""

    id: str
    title: Both
    fields: list[FieldOut]


class ModelRow(Schema):
    """A product model in a list."""

    id: str
    version: str
    title: Both
    rule: str


class ModelOut(ModelRow):
    """A product model with its questionnaire."""

    declared_units: list[OptionOut]
    groups: list[ModelGroup]


class LinesIn(Taken):
    """Lines as they stand in a bill of materials or an energy ledger."""

    lines: Annotated[list[Annotated[str, Field(max_length=200)]], Field(min_length=1, max_length=200)]


class FactorOut(Schema):
    """A factor version."""

    id: str
    version: str
    name: Both
    value: str
    unit: str
    kind: str
    geography: str
    year: int | None
    state: str
    confidence: str
    source: str


class FactorFound(FactorOut):
    """A factor version that a query found, and why."""

    category: str
    found_by: str = Field(description="id, name, start, part, synonym, code, pinyin, words; empty without a query")
    found_word: str = Field(description="the synonym, code or name that the query stands for")


class FactorList(Schema):
    """A page of factors, best first; ``facets``: for each facet its values and how many factors each would leave."""

    factors: list[FactorFound]
    facets: dict[str, dict[str, int]]
    loosened: bool = Field(description="no factor has all the words; these have at least half of them")
    total: int
    page: int
    pages: int


class MatchOut(Schema):
    """A factor that a line may mean."""

    factor: FactorOut
    confidence: str = Field(description="0 to 1: of first candidates of this confidence, so many were right on the tuning half")
    reason: Both


class LineOut(Schema):
    """What a line means. Where ``found`` is false nothing is to be believed: the candidates are for a person to look at."""

    line: str
    found: bool
    candidates: list[MatchOut]
