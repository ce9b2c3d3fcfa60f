from collections.abc import Iterator

from zuji.registry.audit import chain
from zuji.registry.audit.models import Event


def entries() -> Iterator[chain.Entry]:
    """All events in the order of their numbers."""
    for event in Event.objects.order_by("number").iterator(chunk_size=2000):
        yield chain.Entry(
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
