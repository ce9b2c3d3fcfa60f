import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from zuji.registry.audit import chain
from zuji.registry.audit.models import Event
from zuji.registry.audit.operations import Action


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reading of the record is narrowed to. ``subject`` is a beginning (``dossier:`` finds all of them); the days are whole, of the place of the platform."""

    actor: str = ""
    subject: str = ""
    action: str = ""
    begins: datetime.date | None = None
    ends: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: who keeps its hash elsewhere can tell later whether anything before it was changed or taken away."""

    number: int
    at: datetime.datetime
    hash: str


def entries() -> Iterator[chain.Entry]:
    """All events in the order of their numbers."""
    for event in Event.objects.order_by("number").iterator(chunk_size=2000):
        yield _entry(event)


def of_enterprise(uscc: str, *, before: int | None = None, limit: int = 50) -> list[chain.Entry]:
    """The newest events of what belongs to an enterprise, at most ``limit``; older than the event numbered ``before`` where one is named."""
    events = Event.objects.filter(enterprise=uscc)
    if before is not None:
        events = events.filter(number__lt=before)
    return [_entry(event) for event in events.order_by("-number")[:limit]]


def selected(filters: Filters, *, before: int | None = None, limit: int) -> list[chain.Entry]:
    """The newest events that fit, at most ``limit``; older than the event numbered ``before`` where one is named."""
    events = _fitting(filters)
    if before is not None:
        events = events.filter(number__lt=before)
    return [_entry(event) for event in events.order_by("-number")[:limit]]


def counted(filters: Filters) -> int:
    """How many events fit."""
    return _fitting(filters).count()


def _fitting(filters: Filters) -> QuerySet[Event]:
    events = Event.objects.order_by("-number")
    if filters.actor:
        events = events.filter(actor=filters.actor)
    if filters.action:
        events = events.filter(action=filters.action)
    if filters.subject:
        events = events.filter(subject__startswith=filters.subject)
    if filters.begins:
        events = events.filter(at__gte=_midnight(filters.begins))
    if filters.ends and filters.ends < datetime.date.max:
        events = events.filter(at__lt=_midnight(filters.ends + datetime.timedelta(days=1)))
    return events


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), timezone.get_default_timezone())


def head(*, until: datetime.date | None = None) -> Head | None:
    """The last event, or the last of the days up to ``until``; None where there is none."""
    last_one = _fitting(Filters(ends=until)).values_list("number", "at", "hash").first()
    return Head(*last_one) if last_one else None


def departs(kept: Head) -> str:
    """How the chain of today departs from a head that was kept elsewhere; empty where it goes on from it."""
    found = Event.objects.filter(number=kept.number).values_list("hash", flat=True).first()
    if found is None:
        return f"event {kept.number}: was there when its head was kept, and is missing now"
    return (
        "" if found == kept.hash else f"event {kept.number}: had the hash {kept.hash[:12]} when its head was kept, and has {found[:12]} now"
    )


def latest(action: Action) -> chain.Entry | None:
    """The newest event of an action."""
    found = Event.objects.filter(action=action.value).order_by("-number").first()
    return _entry(found) if found else None


def _entry(event: Event) -> chain.Entry:
    return chain.Entry(
        number=event.number,
        at=event.at,
        actor=event.actor,
        enterprise=event.enterprise,
        action=event.action,
        subject=event.subject,
        details=event.details,
        previous=event.previous,
        hash=event.hash,
    )


def check() -> list[str]:
    """What is wrong with the stored chain; empty if nothing is."""
    return chain.faults(entries())


def last(action: Action, subject: str) -> datetime.datetime | None:
    """When this was last done to this thing; None if never."""
    return Event.objects.filter(action=action.value, subject=subject).order_by("-number").values_list("at", flat=True).first()
