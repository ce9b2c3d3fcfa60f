"""The public record of a factor version and of the changes of the library, as the interface gives them."""

import datetime
from typing import Any

from ninja import Field, Schema

from zuji.web.api.shapes import Both

NOT_STATED = "null: not stated, which is never zero"


class CodeOut(Schema):
    """A number of the thing in another system."""

    system: str = Field(description="CAS, HS, GB/T 4754 or CPC")
    code: str
    source: str | None = Field(
        description="null: the dossier of this version states it; else the list under which the search knows the thing"
    )


class PartOut(Schema):
    """A part of the value: kilograms of a gas per unit of activity, exact."""

    gas: str = Field(description="CO2e: the gases are not stated")
    kind: str | None = Field(description="fossil, biogenic, land-use …; null: not stated")
    kg: str


class LifeCycleOut(Schema):
    """The value by part of the life cycle, in the unit of the value."""

    upstream: str | None = Field(description=NOT_STATED)
    downstream: str | None = Field(description=NOT_STATED)
    waste: str | None = Field(description=NOT_STATED)


class QualityOut(Schema):
    """Scores of the quality of the data, from 1 (best) to 5."""

    technology: int | None = Field(description=NOT_STATED)
    geography: int | None = Field(description=NOT_STATED)
    time: int | None = Field(description=NOT_STATED)
    completeness: int | None = Field(description=NOT_STATED)
    reliability: int | None = Field(description=NOT_STATED)


class StandingOut(Schema):
    """What became of a version, and when."""

    state: str = Field(description="published, superseded, revoked or expired")
    at: datetime.datetime
    superseded_by: str | None
    reason_code: str | None
    reason: str | None


class DocumentOut(Schema):
    """A document behind a version; its bytes are its submitter's."""

    name: str
    sha256: str
    size: int = Field(description="bytes")
    page: str | None


class ReviewerOut(Schema):
    """One person's part in the review. Names are not published."""

    party: str = Field(description="checker, expert or publisher")
    organisation: str | None


class StepOut(Schema):
    """A step of the review, or what became of the version since."""

    act: str
    party: str
    at: datetime.datetime


class SubmitterOut(Schema):
    """Who submitted the version."""

    uscc: str
    name: Both
    demonstration: bool = Field(description="an invented enterprise")


class ReviewOut(Schema):
    """How a version came to be published here."""

    dossier: str
    submitter: SubmitterOut
    submitted: datetime.datetime | None
    published: datetime.datetime
    evidence: list[DocumentOut]
    reviewers: list[ReviewerOut]
    steps: list[StepOut]
    content_sha256: str = Field(description="SHA-256 of the canonical JSON (RFC 8785) of `sealed`")
    preview_sha256: str = Field(description="of the preview of its impact that was signed")
    sealed: dict[str, Any] = Field(description="the fields and documents as they were sealed at submission")


class FactorRecord(Schema):
    """A factor version with everything that is public of it."""

    id: str
    version: str
    name: Both
    synonyms: list[str]
    codes: list[CodeOut]
    category: str | None
    kind: str
    value: str
    unit: str
    per: str = Field(description="the unit of activity")
    parts: list[PartOut]
    life_cycle: LifeCycleOut
    gwp: str | None
    gsd: str | None = Field(description="geometric standard deviation")
    boundary: str | None
    geography: str | None
    technology: str | None
    year: int | None
    valid_from: datetime.date | None
    valid_to: datetime.date | None
    source: str
    source_year: str | None
    publisher: str | None
    document_number: str | None
    document_page: str | None
    address: str | None
    licence: str | None
    note: str | None
    confidence: str
    quality: QualityOut
    state: str = Field(description="what it is now: current, caution, superseded, revoked or expired")
    state_when_published: str
    supersedes: list[str]
    superseded_by: str | None
    reason: str | None = Field(description="why it corrects the version before it")
    use_instead: list[str]
    standings: list[StandingOut]
    digest: str
    review: ReviewOut | None = Field(description="null: it came with the product and passed no review here")


class FactorChange(Schema):
    """What happened to a version, or that versions were loaded with the product."""

    kind: str = Field(description="added, corrected, superseded, withdrawn, expired, loaded")
    state: str = Field(description="published, superseded, revoked, expired or loaded")
    at: datetime.datetime
    reference: str = Field(description="id@version; empty for a load")
    name: Both
    value: str
    unit: str
    replaces: str = Field(description="the version that a correction took the place of")
    superseded_by: str
    reason_code: str
    reason: str
    added: int = Field(description="versions that a load added")


class FactorChanges(Schema):
    """A page of changes, the newest first."""

    changes: list[FactorChange]
    total: int
    page: int
    pages: int
