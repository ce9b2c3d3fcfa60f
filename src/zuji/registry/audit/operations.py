"""Recording. Every operation of every slice calls :func:`record` once, inside its own transaction."""

import datetime
from collections.abc import Mapping
from enum import StrEnum

from django.db import connection

from zuji.registry.audit import chain
from zuji.registry.audit.models import Event

# Any fixed number will do: it names the lock of the chain among PostgreSQL's advisory locks.
_LOCK = 7_302_025
PLATFORM = "platform"  # the subject of what is done to all of it


class Action(StrEnum):
    """Everything that can be written, as ``thing.change``."""

    ANSWERS_RESTORED = "answers.restored"
    ANSWERS_SAVED = "answers.saved"
    AUDIT_EXPORTED = "audit.exported"
    AUDIT_READ = "audit.read"
    AUDIT_VERIFIED = "audit.verified"
    AVERAGE_CALLED = "average.called"
    AVERAGE_CONTRIBUTED = "average.contributed"
    AVERAGE_CONTRIBUTION_READ = "average.contribution_read"
    AVERAGE_CONTRIBUTION_WITHDRAWN = "average.contribution_withdrawn"
    AVERAGE_RELEASED = "average.released"
    AVERAGE_WITHHELD = "average.withheld"
    CERTIFICATE_CLAIM_RELEASED = "certificate.claim_released"
    CERTIFICATE_CLAIMED = "certificate.claimed"
    CERTIFICATE_CONTESTED = "certificate.contested"
    CERTIFICATE_REGISTERED = "certificate.registered"
    CERTIFICATE_VOIDED = "certificate.voided"
    CLIENT_MADE = "client.made"
    CLIENT_REVOKED = "client.revoked"
    DELEGATION_MADE = "delegation.made"
    DELEGATION_REVOKED = "delegation.revoked"
    DOSSIER_APPEAL_DECIDED = "dossier.appeal_decided"
    DOSSIER_APPEALED = "dossier.appealed"
    DOSSIER_ASSIGNED = "dossier.assigned"
    DOSSIER_CHANGED = "dossier.changed"
    DOSSIER_CREATED = "dossier.created"
    DOSSIER_GATED = "dossier.gated"
    DOSSIER_MOVED = "dossier.moved"
    DOSSIER_OPINED = "dossier.opined"
    DOSSIER_READ = "dossier.read"
    DOSSIER_REJECTED = "dossier.rejected"
    DOSSIER_RETURNED = "dossier.returned"
    DOSSIER_SUBMITTED = "dossier.submitted"
    DOSSIER_TICKED = "dossier.ticked"
    DOSSIER_WITHDRAWN = "dossier.withdrawn"
    DUTY_ASSIGNED = "duty.assigned"
    DUTY_ENDED = "duty.ended"
    ENTERPRISE_CHANGED = "enterprise.changed"
    ENTERPRISE_REGISTERED = "enterprise.registered"
    EVIDENCE_ATTACHED = "evidence.attached"
    EVIDENCE_DETACHED = "evidence.detached"
    EVIDENCE_KEPT = "evidence.kept"
    EVIDENCE_READ = "evidence.read"
    FACTOR_PROPOSED = "factor.proposed"
    FACTOR_PUBLISHED = "factor.published"
    FACTOR_STANDING_CHANGED = "factor.standing_changed"
    FACTORS_LOADED = "factors.loaded"
    FOOTPRINT_STORED = "footprint.stored"
    GATE_OVERRULED = "gate.overruled"
    GENERATION_STATED = "generation.stated"
    IDENTITY_CONFIRMED = "identity.confirmed"
    IDENTITY_REFUSED = "identity.refused"
    INVENTORY_ADOPTED = "inventory.adopted"
    INVENTORY_OVERRULED = "inventory.overruled"
    INVENTORY_STORED = "inventory.stored"
    INVITATION_MADE = "invitation.made"
    INVITATION_MAILED = "invitation.mailed"
    INVITATION_REVOKED = "invitation.revoked"
    JOB_RETRIED = "job.retried"
    MEMBER_ADDED = "member.added"
    MEMBER_CHANGED = "member.changed"
    MEMBER_LEFT = "member.left"
    MEMBER_REMOVED = "member.removed"
    NATIONAL_SYNCHRONISED = "national.synchronised"
    OPERATOR_APPOINTED = "operator.appointed"
    OPERATOR_DISMISSED = "operator.dismissed"
    PASSWORD_CHANGED = "password.changed"  # noqa: S105  # the name of an event
    PERSON_CONFIRMED = "person.confirmed"
    BACKED_UP = "platform.backed_up"
    RESTORED = "platform.restored"
    PRODUCT_ARCHIVED = "product.archived"
    PRODUCT_CREATED = "product.created"
    PRODUCT_DESCRIBED = "product.described"
    REGISTRATION_BEGUN = "registration.begun"
    REPORTS_WRITTEN = "reports.written"
    REPUBLICATION_BEGUN = "republication.begun"
    REPUBLICATION_DRAFTED = "republication.drafted"
    REPUBLICATION_FINISHED = "republication.finished"
    REPUBLICATION_PREVIEWED = "republication.previewed"
    RESIDUAL_MIX_COMPUTED = "residual_mix.computed"
    RESULT_READ = "result.read"

    SITE_ADDED = "site.added"
    SITE_CHANGED = "site.changed"
    SITE_CLOSED = "site.closed"
    SITE_REOPENED = "site.reopened"
    SPOT_CHECK_ANNOUNCED = "spot_check.announced"
    SPOT_CHECK_DRAWN = "spot_check.drawn"
    SPOT_CHECK_FOUND = "spot_check.found"
    SUCCESSOR_ACCEPTED = "successor.accepted"
    SUCCESSOR_DISMISSED = "successor.dismissed"
    USER_CLOSED = "user.closed"
    USER_CREATED = "user.created"
    USER_RENAMED = "user.renamed"
    VERSION_CREATED = "version.created"
    VERSION_MOVED_TO_MODEL = "version.moved_to_model"
    VERSION_RETURNED = "version.returned"
    VERSION_SIGN_OFF_ASKED = "version.sign_off_asked"
    VERSION_SIGNED = "version.signed"
    VERSION_TAKEN_BACK = "version.taken_back"
    VERSION_WITHDRAWN = "version.withdrawn"


def one_after_the_other() -> None:
    """Wait until every other writer is done, to the end of this transaction: for numbers that may have no gap and no twin.

    ``record`` does it by itself; an operation calls it where it has to read first what the event is to hold.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an audit event is recorded inside the transaction of the change that it describes")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def record(
    *,
    action: Action,
    actor: str,
    subject: str,
    enterprise: str = "",
    details: Mapping[str, str | int | bool | None] | None = None,
) -> str:
    """Append one event to the chain and return its hash. ``enterprise`` is the USCC of the one whose thing it is.

    The caller's transaction must be open: the event and the change stand or fall together. Writers wait for each
    other here: on PostgreSQL by an advisory lock held to the end of the transaction (reading the last row FOR UPDATE
    is not enough: the row that a waiting writer would have to see does not exist yet), on SQLite because every
    transaction is IMMEDIATE.
    """
    one_after_the_other()
    last = Event.objects.order_by("-number").values_list("number", "hash").first()
    number, previous = (last[0] + 1, last[1]) if last else (1, chain.FIRST)
    entry = chain.Entry(
        number=number,
        at=datetime.datetime.now(datetime.UTC),
        actor=actor,
        enterprise=enterprise,
        action=action.value,
        subject=subject,
        details=chain.canonical(details or {}),
        previous=previous,
        hash="",
    )
    made = chain.digest(entry)
    Event.objects.create(
        number=entry.number,
        at=entry.at,
        actor=entry.actor,
        enterprise=entry.enterprise,
        action=entry.action,
        subject=entry.subject,
        details=entry.details,
        previous=entry.previous,
        hash=made,
    )
    return made
