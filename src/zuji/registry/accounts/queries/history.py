import datetime
import json
from dataclasses import dataclass

from zuji.registry.accounts.models import Enterprise
from zuji.registry.accounts.queries.people import names
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit import queries as audit
from zuji.registry.refusals import NotFound
from zuji.workflow.permissions import Permission

PAGE = 50


@dataclass(frozen=True, slots=True)
class Happened:
    """One event in an enterprise. ``who`` is a person's or a program's name, or empty for the platform itself; ``of`` the person it is about."""

    number: int
    at: datetime.datetime
    who: str
    action: str
    of: str
    subject: str
    details: dict[str, str | int | bool | None]


@dataclass(frozen=True, slots=True)
class Page:
    """Some events, the newest first, and the number to continue before; None where there are no older ones."""

    events: tuple[Happened, ...]
    older: int | None


def history(*, viewer: Viewer, uscc: str, before: int | None = None) -> Page:
    """What was done in an enterprise, by whom and when. For its members; a consultant sees the history of products.

    Raises:
        NotFound: there is no such enterprise, or it is not theirs.
    """
    found = Enterprise.objects.filter(uscc=uscc).values_list("pk", flat=True).first()
    if found is None or not (viewer.system or found in viewer.roles):
        raise NotFound
    viewer.demand(Permission.VIEW, enterprise=found)
    entries = audit.of_enterprise(uscc, before=before, limit=PAGE + 1)
    shown = entries[:PAGE]
    known = names({entry.actor for entry in shown} | {entry.subject for entry in shown})
    events = tuple(
        Happened(
            number=entry.number,
            at=entry.at,
            who=known.get(entry.actor, ""),
            action=entry.action,
            of=known.get(entry.subject, "") if entry.subject != entry.actor else "",
            subject=entry.subject,
            details=json.loads(entry.details),
        )
        for entry in shown
    )
    return Page(events=events, older=shown[-1].number if len(entries) > PAGE else None)
