import datetime
from collections.abc import Iterator

from zuji.registry.audit import chain
from zuji.registry.audit.models import Event
from zuji.registry.audit.operations import Action


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
