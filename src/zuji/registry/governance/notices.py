"""Who gets a letter about a step of a dossier, and whether there is still a reason for it when it is sent."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from zuji.engine.text import Text
from zuji.registry.accounts import queries as accounts
from zuji.registry.accounts.queries import duties
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.governance import people
from zuji.registry.governance.models import Assignment, Dossier, FieldChange, Revocation, Step
from zuji.registry.jobs.operations import enqueue
from zuji.workflow.duties import Duty
from zuji.workflow.factor import Act, State
from zuji.workflow.permissions import Permission

NOTICE = "dossier.notice"
"""The kind of job that sends one letter to one person; its key names the step or the assignment, and the person."""

WAITS_FOR = {
    State.TRACING.value: Duty.CHECKER,
    State.REVIEWING.value: Duty.SECRETARY,
    State.SPOT_CHECK.value: Duty.INSPECTOR,
    State.AWAITING.value: Duty.PUBLISHER,
    State.SIGNED_ONCE.value: Duty.PUBLISHER,
    State.APPEALED.value: Duty.SECRETARY,
}
"""Whom a dossier in a state waits for; in review also for the experts who were asked."""

SILENT = frozenset({Act.LET_IN.value})
"""Steps about which the submitter gets no letter: another one of the same moment says more."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a letter says: that a dossier took a step, or waits for its reader (``waits``). Values stay out of it."""

    email: str
    act: str
    state: str
    number: str
    name: Text
    dossier: str
    waits: bool


def announce(step: Step, dossier: Dossier, *, by: Viewer | None) -> None:
    """Have letters sent about a step to the submitter and to whom it waits for, one job for each; inside the step's transaction."""
    actor = by.user if by is not None else None
    for user in sorted({*_submitters(dossier, step), *_next(dossier)}):
        if user != actor:
            enqueue(NOTICE, {"step": step.pk, "user": user}, f"step:{step.pk}:{user}")


def announce_assignment(assignment: Assignment) -> None:
    """Have a letter sent to an expert who is asked for an opinion."""
    enqueue(NOTICE, {"assignment": assignment.pk, "user": assignment.user_id}, f"assignment:{assignment.pk}:{assignment.user_id}")


def announce_revocation(made: Revocation) -> None:
    """Have a letter sent to every publisher but the one who proposed a revocation: one of them is to confirm it, or to drop it."""
    for each in duties.holders(Duty.PUBLISHER):
        if each.user != made.user_id:
            enqueue(NOTICE, {"revocation": made.pk, "user": each.user}, f"revocation:{made.pk}:{each.user}")


@dataclass(frozen=True, slots=True)
class RevocationNotice:
    """What a letter says of a proposed revocation that waits for its reader."""

    email: str
    revocation: str
    reference: str
    name: Text
    expires: datetime.datetime


def due_revocation(*, user: int, revocation: str, now: datetime.datetime | None = None) -> RevocationNotice | None:
    """The letter about a proposed revocation; None where it is decided or over by now, or its reader is no publisher any more."""
    email = accounts.email_of(user)
    found = Revocation.objects.select_related("factor").filter(pk=revocation, decision=None).first()
    if email is None or found is None or Duty.PUBLISHER.value not in accounts.viewer(user).duties:
        return None
    if found.expires <= (now or datetime.datetime.now(datetime.UTC)):
        return None
    return RevocationNotice(email, found.pk, str(found.factor), Text(found.factor.name_zh, found.factor.name_en), found.expires)


def due(*, user: int, step: int = 0, assignment: int = 0) -> Notice | None:
    """The letter about a step or an assignment; None where it is no longer the reader's to act on, or their account is closed."""
    email = accounts.email_of(user)
    if email is None:
        return None
    if assignment:
        asked = Assignment.objects.select_related("dossier").filter(pk=assignment, user=user).first()
        if asked is None or asked.dossier.state != State.REVIEWING.value or asked.dossier.cycle != asked.cycle:
            return None
        return _notice(email, "assign", asked.dossier, asked.dossier.state, waits=True)
    found = Step.objects.select_related("dossier__enterprise").filter(pk=step).first()
    if found is None:
        return None
    dossier, viewer = found.dossier, accounts.viewer(user)
    if viewer.may(Permission.VIEW, enterprise=dossier.enterprise_id):
        return _notice(email, found.act, dossier, found.target, waits=found.target == State.RETURNED.value)
    last = Step.objects.filter(dossier=dossier).order_by("-pk").values_list("pk", flat=True)[0]
    if last != step or WAITS_FOR.get(found.target) not in viewer.duties or not people.sees(viewer, dossier):
        return None
    return _notice(email, found.act, dossier, found.target, waits=True)


def _notice(email: str, act: str, dossier: Dossier, state: str, *, waits: bool) -> Notice:
    return Notice(email, act, state, dossier.number, Text(dossier.name_zh, dossier.name_en), dossier.code, waits)


def _submitters(dossier: Dossier, step: Step) -> Iterator[int]:
    """Those of the enterprise who worked on the dossier; all its editors where only programs did."""
    if step.act in SILENT:
        return
    names = {dossier.created_by, *FieldChange.objects.filter(dossier=dossier).values_list("by", flat=True).distinct()}
    users = {int(name.removeprefix("user:")) for name in names if name.startswith("user:")}
    members = accounts.members_who_may(Permission.EDIT, enterprise=dossier.enterprise_id)
    yield from (user for user in members if user in users or not users)


def _next(dossier: Dossier) -> Iterator[int]:
    duty = WAITS_FOR.get(dossier.state)
    if duty is not None:
        yield from (each.user for each in duties.holders(duty))
