"""Reading the record of what was done. For auditors alone, and every reading is itself recorded."""

import datetime
from dataclasses import dataclass, replace

from django.db import transaction

from zuji.registry.accounts.queries import names, user_by_email
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit import chain
from zuji.registry.audit import queries as audit
from zuji.registry.audit.operations import PLATFORM, Action, record
from zuji.registry.audit.queries import Filters, Head
from zuji.registry.refusals import NotFound
from zuji.workflow.duties import Duty

PAGE = 50
MOST_EXPORTED = 100_000
_SUBJECT = "audit"


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification found: how many events, how many faults, and when."""

    at: datetime.datetime
    events: int
    faults: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """An event as it is shown; ``who`` and ``of`` are names where the actor or the subject is a person."""

    entry: chain.Entry
    who: str
    of: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A page of the record, newest first. ``older`` is where the next page begins; ``verified`` the last verification, if there was one."""

    rows: tuple[Row, ...]
    total: int
    older: int | None
    head: Head | None
    verified: chain.Entry | None


@dataclass(frozen=True, slots=True)
class Exported:
    """The events of an export, newest first, with the head of the chain at that time; ``total`` is how many fit, which may be more."""

    entries: tuple[chain.Entry, ...]
    total: int
    head: Head | None


@transaction.atomic
def read_record(*, viewer: Viewer, filters: Filters, before: int | None = None) -> Reading:
    """A page of the record. The number of database queries does not depend on how much is kept.

    Raises:
        NotFound: the viewer is no auditor; the record looks to them as if it did not exist.
    """
    _demand(viewer)
    wanted = _person(filters)
    found = audit.selected(wanted, before=before, limit=PAGE + 1)
    shown = found[:PAGE]
    known = names({entry.actor for entry in shown} | {entry.subject for entry in shown})
    reading = Reading(
        rows=tuple(Row(entry, known.get(entry.actor, ""), known.get(entry.subject, "")) for entry in shown),
        total=audit.counted(wanted),
        older=shown[-1].number if len(found) > PAGE else None,
        head=audit.head(),
        verified=audit.latest(Action.AUDIT_VERIFIED),
    )
    record(action=Action.AUDIT_READ, actor=viewer.name, subject=_SUBJECT, details=_told(wanted) | {"before": before})
    return reading


@transaction.atomic
def export_record(*, viewer: Viewer, filters: Filters, form: str) -> Exported:
    """The events that fit, as a file takes them, at most :data:`MOST_EXPORTED`. Raises :class:`NotFound` as :func:`read_record`."""
    _demand(viewer)
    wanted = _person(filters)
    made = Exported(entries=tuple(audit.selected(wanted, limit=MOST_EXPORTED)), total=audit.counted(wanted), head=audit.head())
    record(
        action=Action.AUDIT_EXPORTED,
        actor=viewer.name,
        subject=_SUBJECT,
        details=_told(wanted) | {"form": form, "events": len(made.entries)},
    )
    return made


@transaction.atomic
def verify_record(*, viewer: Viewer) -> Verified:
    """Recompute the chain from its first event, and record what was found. Raises :class:`NotFound` as :func:`read_record`."""
    _demand(viewer)
    head, faults = audit.head(), audit.check()
    events = head.number if head else 0
    details: dict[str, str | int | bool | None] = {"events": events, "faults": len(faults), "head": head.hash if head else ""}
    record(action=Action.AUDIT_VERIFIED, actor=viewer.name, subject=PLATFORM, details=details)
    return Verified(at=datetime.datetime.now(datetime.UTC), events=events, faults=tuple(faults[:20]), count=len(faults))


def _demand(viewer: Viewer) -> None:
    if not viewer.system and Duty.AUDITOR.value not in viewer.duties:
        raise NotFound


def _person(filters: Filters) -> Filters:
    """An address in place of a number names the same person."""
    if "@" not in filters.actor:
        return filters
    user = user_by_email(filters.actor)
    return replace(filters, actor=f"user:{user}" if user is not None else filters.actor)


def _told(filters: Filters) -> dict[str, str | int | bool | None]:
    stated = {
        "actor": filters.actor,
        "subject": filters.subject,
        "action": filters.action,
        "begins": filters.begins.isoformat() if filters.begins else "",
        "ends": filters.ends.isoformat() if filters.ends else "",
    }
    return {name: value for name, value in stated.items() if value}
