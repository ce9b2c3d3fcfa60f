"""What the interface gives to everybody about the process, certificates' rest and averages, and what enterprises hand in for them."""

import datetime
from typing import Annotated

from ninja import Field, Schema
from pydantic import AwareDatetime

from zuji.web.api.dossier_shapes import FileCode, Needed
from zuji.web.api.shapes import Both, Code, Taken

Day = Annotated[str, Field(max_length=10, description="ISO date, such as 2025-12-31")]
Amount = Annotated[str, Field(max_length=40, description="decimal text")]


class AnnounceIn(Taken):
    """A draw to come. Without a ``seed`` one is made at random; one that is brought names its ``origin``."""

    draw_at: AwareDatetime
    percent: Annotated[int, Field(ge=1, le=100)] = 20
    seed: Annotated[str, Field(max_length=120)] = ""
    origin: Annotated[str, Field(max_length=300)] = ""


class Announced(Schema):
    """The number of an announced spot check."""

    number: str


class SpotCheckOut(Schema):
    """A spot check. Draw it again by ``algorithm`` from ``seed`` and ``listed`` (number to weight): first ``by_risk`` of them, then ``blind``.

    ``zuji/spot-check/1``: half is drawn by weight, half blindly (all weights 1, without those drawn), both without putting back. Draw i (from 0) of a
    kind (``risk`` or ``blind``) takes SHA-256 of ``seed|kind|i`` as a big integer modulo the sum of the weights that are left, and walks along the
    numbers in their order until the sum of the weights passed exceeds it. ``list_digest``: SHA-256 of the lines ``number weight`` in the order of the
    numbers, joined by line feeds.
    """

    number: str
    algorithm: str
    seed: str
    origin: str
    percent: int
    announced: datetime.datetime
    draw_at: datetime.datetime
    drawn_at: datetime.datetime | None
    listed: dict[str, int]
    list_digest: str
    by_risk: int
    blind: int
    drawn: list[str]
    found: dict[str, str] = Field(description="where the drawn ones stand now")
    drawn_again: bool | None = Field(description="whether the draw came out the same when this was asked for; null before it is made")


class SubmitterOut(Schema):
    """How a submitter did. ``rate``: the share of submissions that the gate, a reviewer or an inspector sent back."""

    enterprise: Both
    uscc: str
    demonstration: bool
    dossiers: int
    submissions: int
    stopped: int
    returned: int
    rejected: int
    published: int
    rate: str | None


class GovernanceNumbers(Schema):
    """The process in numbers. ``days``: the median of whole days from the last submission to publication, null where nothing was published."""

    states: dict[str, int]
    overdue: int
    published: int
    days: int | None
    submitters: list[SubmitterOut]


class MixOut(Schema):
    """A residual mix, kgCO2e/kWh, to four decimals; the salted hash commits to its inputs. Only what is claimed on this platform is taken out."""

    year: int
    number: int
    value: str
    commitment: str
    verified: bool
    at: datetime.datetime


class SiteOut(Schema):
    """A site of the enterprise."""

    site: int
    name: Both
    address: str
    division: str
    closed: bool


class CertificateIn(Taken):
    """A green-power certificate, each number by itself; ``volume`` in MWh, ``evidence`` the code of its file."""

    number: Annotated[str, Field(max_length=80)]
    volume: Amount
    start: Day
    end: Day
    type: Annotated[str, Field(max_length=20, description="wind, pv, csp, hydro or biomass")]
    issuer: Annotated[str, Field(max_length=200)]
    site: Annotated[int, Field(ge=1, le=999_999_999)]
    evidence: FileCode


class CertificateRow(Schema):
    """A certificate in a list; MWh, exact. ``state``: whole, partly, claimed or void."""

    code: str
    number: str
    type: str
    volume: str
    claimed: str
    left: str
    start: datetime.date
    end: datetime.date
    issuer: str
    site: Both
    state: str


class CertificateList(Schema):
    """A page of certificates."""

    certificates: list[CertificateRow]
    total: int
    page: int
    pages: int


class ClaimOut(Schema):
    """A claim of a certificate; ``released``: when it was given up, null where it is in force."""

    code: str
    product: str
    version: int
    volume: str
    start: datetime.date
    end: datetime.date
    at: datetime.datetime
    released: datetime.datetime | None
    reason: str


class CertificateOut(Schema):
    """A certificate with what is claimed of it."""

    row: CertificateRow
    evidence: str
    evidence_name: str
    at: datetime.datetime
    claims: list[ClaimOut]
    void_reason: str


class ClaimIn(Taken):
    """A claim for the draft of a product version; ``volume`` in MWh."""

    product: Code
    version: Annotated[int, Field(ge=1, le=1_000_000)]
    volume: Amount
    start: Day
    end: Day


class ReasonIn(Taken):
    """Why."""

    reason: Needed


class AverageRow(Schema):
    """A call for contributions, with its newest release of all of them; ``value`` is null where there is none or it is withheld."""

    code: str
    name: Both
    unit: str
    category: str
    geography: str
    start: datetime.date
    end: datetime.date
    quarter: str
    value: str | None


class ReleaseOut(Schema):
    """A release. A withheld one has no value and no commitments."""

    quarter: str
    filter: str
    subset: Both | None
    published: bool
    value: str | None
    commitments: list[str]
    at: datetime.datetime


class AverageOut(Schema):
    """A call with all that was released of it; ``filters``: the subsets that were declared beforehand."""

    row: AverageRow
    kind: str
    boundary: str
    per: str
    filters: dict[str, Both]
    releases: list[ReleaseOut]
    at: datetime.datetime


class ContributionIn(Taken):
    """A contribution: ``record`` is ``case:NUMBER`` or ``evidence:CODE``, ``group`` the code of the controlling enterprise (empty: nobody)."""

    value: Annotated[str, Field(max_length=80)]
    volume: Annotated[str, Field(max_length=80)]
    record: Annotated[str, Field(max_length=60)]
    group: Annotated[str, Field(max_length=18)] = ""
    filter: Annotated[str, Field(max_length=20)] = ""


class ContributionOut(Schema):
    """What the enterprise contributed to a call; nobody else sees it. ``salt`` opens its commitment."""

    call: str
    value: str
    volume: str
    group: str
    filter: str
    record: str
    commitment: str
    salt: str
    at: datetime.datetime
    retracted: bool
