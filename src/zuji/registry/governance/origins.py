"""How a published version came about, as far as that is everybody's: its fields and documents as they were sealed, who had which part, when.

Reviewers and publishers stand there by their part and the organisation that they were appointed from, never by name (ADR 0043). The seal can be
worked out again: ``sealed`` is what its SHA-256 is of.
"""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from zuji.documents.letters import letter_pdf
from zuji.engine.text import Language, Text
from zuji.registry.accounts.models import Duty
from zuji.registry.factors.models import FactorVersion
from zuji.registry.governance.content import Content
from zuji.registry.governance.letters import DECIDED_BY, letter_of
from zuji.registry.governance.models import Publication, Step
from zuji.registry.governance.people import party_of
from zuji.registry.refusals import NotFound
from zuji.workflow.factor import PARTY_NAMES, Act

PUBLIC_LETTERS = (Act.PUBLISH.value, Act.SUPERSEDE.value, Act.EXPIRE.value)
"""The acts whose letters everybody may read: what they say stands on the page of the version already. Others are between platform and submitter;
a revocation has a public letter of its own (:mod:`zuji.registry.governance.revocation_letters`)."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document behind a version: what tells whether one has the same bytes, and never the bytes."""

    name: str
    sha256: str
    size: int
    page: str


@dataclass(frozen=True, slots=True)
class Reviewer:
    """One person's part in the cycle that was published; ``organisation`` is the one they were appointed from (empty: not known any more)."""

    party: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Station:
    """A step of the cycle that was published, or what became of the version since. ``by`` says whose decision it was where the platform only
    followed it; ``letter``: its letter may be read by everybody.
    """

    act: str
    party: str
    by: Text
    at: datetime.datetime
    letter: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """How a published version came about. ``fields`` (name to text) and ``documents`` are those as they were published, ``sealed`` is both in the
    form whose canonical JSON has the SHA-256 ``digest``.
    """

    number: str
    enterprise: Text
    uscc: str
    demonstration: bool
    fields: Mapping[str, str]
    documents: tuple[Document, ...]
    sealed: Mapping[str, object]
    digest: str
    preview: str
    reviewers: tuple[Reviewer, ...]
    stations: tuple[Station, ...]
    replaces: str
    submitted: datetime.datetime | None
    published: datetime.datetime


def origin(reference: str) -> Origin | None:
    """How the version ``id@version`` came about; None for those that came with the product or were taken over, which passed no review here."""
    made = _publication(reference)
    if made is None:
        return None
    content, enterprise = Content.of(made.content), made.dossier.enterprise
    return Origin(
        number=made.dossier.number,
        enterprise=Text(enterprise.name_zh, enterprise.name_en),
        uscc=enterprise.uscc,
        demonstration=enterprise.demonstration,
        fields=content.fields,
        documents=tuple(Document(each.name, each.sha256, each.size, each.page) for each in content.evidence),
        sealed=content.plain,
        digest=made.digest,
        preview=made.preview,
        reviewers=_reviewers(made),
        stations=tuple(_station(each) for each in _steps(made)),
        replaces=str(made.replaces) if made.replaces is not None else "",
        submitted=made.dossier.submitted,
        published=made.at,
    )


def public_letter(reference: str, act: str, language: Language) -> tuple[str, bytes]:
    """The letter about the publication of a version, or about what became of it since, as PDF with the name of its file.

    Raises:
        NotFound: the version was not published here, nothing of the kind happened to it, or that letter is its submitter's.
    """
    made = _publication(reference)
    step = None if made is None or act not in PUBLIC_LETTERS else _steps(made).filter(act=act).last()
    if made is None or step is None:
        raise NotFound
    letter = letter_of(made.dossier, step, language)
    return f"{letter.number}-{language}.pdf", letter_pdf(letter)


def _publication(reference: str) -> Publication | None:
    factor_id, _, version = reference.rpartition("@")
    row = FactorVersion.objects.filter(factor_id=factor_id, version=version).values("pk")
    return Publication.objects.select_related("dossier__enterprise", "replaces").filter(factor__in=row).first()


def _steps(made: Publication) -> QuerySet[Step]:
    """The steps of the cycle that was published, and those since."""
    return Step.objects.filter(dossier=made.dossier, cycle=made.dossier.cycle).order_by("pk")


def _station(step: Step) -> Station:
    party = party_of(step.source, step.act)
    by = DECIDED_BY.get((step.source, step.act), PARTY_NAMES[party])
    return Station(step.act, party.value, by, step.at, step.act in PUBLIC_LETTERS)


def _reviewers(made: Publication) -> tuple[Reviewer, ...]:
    """Who had a part, each by the appointment that was in force when the version was published; where there was none yet, by the next."""
    people = json.loads(made.reviewers)
    works_for: dict[tuple[int, str], str] = {}
    appointed = Duty.objects.filter(user__in={each["user"] for each in people}).order_by("appointed", "pk")
    for user, duty, organisation, since in appointed.values_list("user_id", "duty", "organisation", "appointed"):
        if since <= made.at or (user, duty) not in works_for:
            works_for[user, duty] = organisation
    return tuple(Reviewer(each["party"], works_for.get((each["user"], each["party"]), "")) for each in people)
