"""What the interface takes and gives about factors on their way to publication, as in :mod:`zuji.web.api.shapes`."""

import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import model_validator

from zuji.web.api.shapes import Both, Taken

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256, hexadecimal")]
Reason = Annotated[str, Field(max_length=4000)]
Needed = Annotated[str, Field(min_length=1, max_length=4000)]
FileCode = Annotated[str, Field(pattern=r"^[2-9a-hjkmnp-z]{26}$", description="code of a file, as it was answered when it was handed in")]
Revision = Annotated[int, Field(ge=0, le=2_000_000_000)]
FieldText = Annotated[str, Field(max_length=20_000)]  # as at the pages
Fields = Annotated[dict[Annotated[str, Field(max_length=60)], FieldText], Field(max_length=100)]


class ClockOut(Schema):
    """Until when somebody is to act; ``left`` in whole days, below zero where it is overdue."""

    due: datetime.datetime
    left: int
    party: str
    overdue: bool


class DossierRow(Schema):
    """A dossier in a list. ``number`` is public and empty until it is submitted; ``mine``: it is the caller's enterprise's."""

    code: str
    number: str
    reference: str = Field(description="id@version, as far as they are filled in")
    name: Both
    category: str
    enterprise: Both
    uscc: str
    demonstration: bool
    state: str
    cycle: int = Field(description="how often it was submitted")
    submitted: datetime.datetime | None
    changed: datetime.datetime
    clock: ClockOut | None
    mine: bool


class DossierList(Schema):
    """A page of dossiers; ``states``: how many stand where."""

    dossiers: list[DossierRow]
    states: dict[str, int]
    total: int
    page: int
    pages: int


class TaskOut(Schema):
    """A dossier that waits for the caller, and as what."""

    dossier: DossierRow
    party: str


class DossierIn(Taken):
    """A new draft: of fields, or (``restore``) with the content of a published version ``id@version``, also an old or a revoked one."""

    fields: Annotated[Fields, Field(default_factory=dict)]
    restore: Annotated[str, Field(max_length=161)] = ""

    @model_validator(mode="after")
    def _one_of_them(self) -> "DossierIn":
        if self.fields and self.restore:
            raise ValueError("fields or restore, not both: what is restored is changed afterwards")
        return self


class ContentIn(Taken):
    """The whole content of a draft: a field that is not named is emptied. ``revision`` is the one that the sender saw."""

    revision: Revision
    fields: Fields


class RevisionOut(Schema):
    """The revision of a draft after a change."""

    revision: int


class BehindIn(Taken):
    """A file of the enterprise to put behind a draft, and the page on which the value stands."""

    file: FileCode
    page: Annotated[str, Field(max_length=60)] = ""


class BehindOut(Schema):
    """A document behind a dossier."""

    file: str
    name: str
    size: int
    sha256: str
    page: str


class DossierFinding(Schema):
    """What the gate says; ``field`` is the field that it is about. An overruled error stops nothing."""

    code: str
    severity: str
    field: str
    message: Both
    reference: str
    overruled: bool


class StepOut(Schema):
    """A step: what was done, when and why. ``by`` is empty where the caller is not told, or where it was the platform."""

    step: int
    cycle: int
    act: str
    source: str
    target: str
    at: datetime.datetime
    by: str
    party: str
    reason: str
    digest: str


class TickOut(Schema):
    """A value that was held against the page of its document, in the current cycle."""

    key: str
    page: str
    file: str
    agrees: bool
    note: str
    by: str
    mine: bool
    at: datetime.datetime


class AskedOut(Schema):
    """An expert who was asked in the current cycle, and what they said, as far as the caller is told."""

    by: str
    user: int | None
    panel: int
    mine: bool
    at: datetime.datetime
    due: datetime.datetime
    recused: bool
    reason: str
    verdict: str
    answers: dict[str, int]
    comment: str
    given: datetime.datetime | None


class SignedOut(Schema):
    """The first signature of the current cycle: for which content and which preview, and until when it holds."""

    by: str
    mine: bool
    digest: str
    preview: str
    at: datetime.datetime
    expires: datetime.datetime


class DifferenceOut(Schema):
    """A field that differs from the version that would be replaced; ``change`` in percent, null where there is no number."""

    key: str
    before: str
    after: str
    percent: str | None


class DossierOut(Schema):
    """A dossier with what the caller may see of it. ``may`` names the acts that are open to them now; ``digest`` is what every act is bound to."""

    row: DossierRow
    revision: int
    digest: str = Field(description="SHA-256 of the sealed content; empty until it is submitted")
    fields: dict[str, str]
    evidence: list[BehindOut]
    faults: list[DossierFinding] = Field(description="why the fields make no factor yet")
    gate: list[DossierFinding]
    gate_passed: bool | None
    gate_checks: int
    overruled: dict[str, str]
    steps: list[StepOut]
    ticks: list[TickOut]
    to_check: dict[str, int] = Field(description="fields to hold against a document, each with the number of ticks that it has")
    opened: list[str] = Field(description="documents that the caller opened")
    asked: list[AskedOut]
    approval: SignedOut | None
    round: str
    publication: str
    restored_from: str
    against: str
    differences: list[DifferenceOut]
    may: list[str]


class SavedFields(Schema):
    """One save of a draft: by field what stood there before and after, null where it was empty."""

    revision: int
    at: datetime.datetime
    by: str
    changes: dict[str, tuple[str | None, str | None]]


class EligibleOut(Schema):
    """An expert whom a secretary might ask; ``obstacle`` says why not, null where nothing speaks against it."""

    user: int
    name: str
    organisation: str
    scope: list[str]
    open_tasks: int
    obstacle: Both | None


class ImpactOut(Schema):
    """The dry run of a publication. ``kept``: the first signature was given on it; ``moved``: one that is made now differs from it."""

    digest: str
    kept: bool
    moved: bool
    content: dict[str, Any] = Field(description="what is signed, as far as the caller may see it")


class Submit(Taken):
    """Seal the draft and hand it in; the gate answers in the same breath. ``revision`` is the one that the sender answers for."""

    act: Literal["submit"]
    revision: Revision


class Withdraw(Taken):
    """Take a dossier back for good."""

    act: Literal["withdraw"]
    reason: Needed


class Appeal(Taken):
    """Appeal against a rejection."""

    act: Literal["appeal"]
    reason: Needed


class Overrule(Taken):
    """A secretary lets a returned dossier through in spite of a finding of the gate."""

    act: Literal["overrule"]
    code: Annotated[str, Field(max_length=60)]
    reason: Needed


class Tick(Taken):
    """A checker holds a value against the page of a document that they opened."""

    act: Literal["tick"]
    seen: Digest
    key: Annotated[str, Field(max_length=60)]
    file: FileCode
    page: Annotated[str, Field(max_length=60)]
    agrees: bool
    remark: Reason = ""


class Assign(Taken):
    """A secretary asks an expert, to answer within so many days."""

    act: Literal["assign"]
    expert: Annotated[int, Field(ge=1, le=2_000_000_000)]
    days: Annotated[int | None, Field(ge=1, le=90)] = None


class Release(Taken):
    """A secretary takes an assignment back."""

    act: Literal["release"]
    expert: Annotated[int, Field(ge=1, le=2_000_000_000)]
    reason: Needed


class Recuse(Taken):
    """An expert steps back; ``conflict``: because of an interest of theirs."""

    act: Literal["recuse"]
    conflict: bool
    reason: Needed


class Opine(Taken):
    """An expert's opinion on what they saw, with the declaration that they have no interest in it."""

    act: Literal["opine"]
    seen: Digest
    answers: Annotated[dict[Annotated[str, Field(max_length=40)], Annotated[int, Field(ge=1, le=5)]], Field(max_length=20)]
    verdict: Literal["accept", "revise", "reject"]
    comment: Needed
    no_conflict: bool


class Return(Taken):
    """Whoever has the dossier in hand (checker, secretary, inspector or publisher) returns it to its submitter."""

    act: Literal["return"]
    seen: Digest
    reason: Needed


class FoundSound(Taken):
    """An inspector found a drawn dossier in order."""

    act: Literal["found_sound"]
    seen: Digest
    remark: Reason = ""


class RejectDrawn(Taken):
    """An inspector rejects a drawn dossier."""

    act: Literal["reject"]
    seen: Digest
    reason: Needed


class DecideAppeal(Taken):
    """A secretary who did not run the review admits an appeal, or dismisses it."""

    act: Literal["decide_appeal"]
    admit: bool
    reason: Needed


class Sign(Taken):
    """The first signature, for exactly this content and this preview."""

    act: Literal["sign"]
    seen: Digest
    preview: Digest


class Publish(Taken):
    """The second signature, another person's, for exactly what the first was given for."""

    act: Literal["publish"]
    seen: Digest
    preview: Digest


class Unsign(Taken):
    """A publisher takes the first signature back."""

    act: Literal["unsign"]
    reason: Needed


ActIn = Annotated[
    Submit | Withdraw | Appeal | Overrule | Tick | Assign | Release | Recuse | Opine | Return | FoundSound | RejectDrawn | DecideAppeal
    | Sign | Publish | Unsign,
    Field(discriminator="act"),
]  # fmt: skip


class ActDone(Schema):
    """What became of an act: where the dossier stands after it, and what the act gave."""

    act: str
    state: str
    number: str
    passed: bool | None = Field(default=None, description="submit: whether it passed the gate")
    findings: list[DossierFinding] = Field(default_factory=list, description="submit: what the gate said")
    assignment: int | None = Field(default=None, description="assign: its number")
    expires: datetime.datetime | None = Field(default=None, description="sign: when the signature ends")
    publication: str = Field(default="", description="publish: its code")
