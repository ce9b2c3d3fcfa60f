"""Recording. Every operation of every slice calls :func:`record` once, inside its own transaction."""

import datetime
from collections.abc import Mapping
from enum import StrEnum

from django.db import connection

from zuji.registry.audit import chain
from zuji.registry.audit.models import Event

# Any fixed number will do: it names the lock of the chain among PostgreSQL's advisory locks.
_LOCK = 7_302_025


class Action(StrEnum):
    """Everything that can be written, as ``thing.change``."""

    ENTERPRISE_REGISTERED = "enterprise.registered"
    FACTORS_LOADED = "factors.loaded"
    FOOTPRINT_STORED = "footprint.stored"
    MEMBER_ADDED = "member.added"
    USER_CREATED = "user.created"


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
    if not connection.in_atomic_block:
        raise RuntimeError("an audit event is recorded inside the transaction of the change that it describes")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
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
