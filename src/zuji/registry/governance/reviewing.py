"""Expert review: experts are asked within their competence, declare that they have no interest in it, and decide by a form."""

import datetime
import json
from collections.abc import Mapping, Sequence
from typing import cast

from django.db import transaction
from django.db.models import QuerySet

from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action
from zuji.registry.governance import people
from zuji.registry.governance.content import Content
from zuji.registry.governance.models import Assignment, Dossier, Opinion, Recusal, Step
from zuji.registry.governance.moving import advance, demand, demand_seen, held, moment, note, reasoned
from zuji.registry.governance.notices import announce_assignment
from zuji.registry.governance.refusals import NotImpartial, StateConflict
from zuji.registry.refusals import NotAllowed, Refused
from zuji.workflow import opinion as form
from zuji.workflow.factor import FEWEST_EXPERTS, NAMES, TERMS, VERDICTS, Act, Party, State, Verdict, outcome


@transaction.atomic
def assign(*, viewer: Viewer, dossier: str, expert: int, days: int | None = None, now: datetime.datetime | None = None) -> int:
    """A secretary asks an expert for an opinion within ``days``; the number of the assignment.

    Two are asked, and a third where two differ; more only where somebody stepped back. After an admitted appeal, others than before.

    Raises:
        NotAllowed, NotImpartial, StateConflict: as for every step; also where the *expert* has a part in the dossier.
        Refused: they are no expert, not of this category, were asked already, or enough are.
    """
    at = moment(now)
    found = _in_review(viewer, dossier, Party.SECRETARY)
    scope = people.scope_of(expert)
    if scope is None:
        raise Refused(Text("这位用户不是评审专家。", "This person is no expert."))
    if scope and found.category not in scope:
        raise Refused(Text(f"专家的专业范围不含“{found.category}”。", f"“{found.category}” is not within the competence of this expert."))
    people.demand_impartial(Party.EXPERT, expert, found)
    panel = _panel(found)
    mine = people.people_of([f"user:{expert}"])
    asked = Assignment.objects.filter(dossier=found, cycle=found.cycle)
    if mine & people.people_of(f"user:{user}" for user in asked.values_list("user_id", flat=True)):
        raise Refused(Text("已请过这位专家（或其另一账户）。", "This expert (or another account of theirs) was asked already."))
    active = asked.filter(panel=panel, recusal=None).count()
    most = FEWEST_EXPERTS + (1 if outcome(_verdicts(found)) == "third" else 0)
    if active >= most:
        raise Refused(
            Text(f"已请满 {most} 位专家；意见不一时再请第三位。", f"{most} experts were asked: a third one only where they differ.")
        )
    made = Assignment.objects.create(
        dossier=found,
        cycle=found.cycle,
        panel=panel,
        user_id=expert,
        at=at,
        by=viewer.name,
        due=at + datetime.timedelta(days=max(1, min(days or TERMS[State.REVIEWING], 90))),
    )
    announce_assignment(made)
    note(found, Action.DOSSIER_ASSIGNED, viewer.name, expert=f"user:{expert}", panel=panel)
    return made.pk


@transaction.atomic
def recuse(*, viewer: Viewer, dossier: str, reason: str, conflict: bool = True, now: datetime.datetime | None = None) -> None:
    """An expert gives an assignment back: there is a conflict of interest, or something else is in the way."""
    found = _in_review(viewer, dossier, None)
    asked = _assignment(viewer, found)
    Recusal.objects.create(assignment=asked, conflict=conflict, reason=reasoned(reason, needed=True), at=moment(now))
    note(found, Action.DOSSIER_ASSIGNED, viewer.name, expert=viewer.name, panel=asked.panel, recused=True)


@transaction.atomic
def release(*, viewer: Viewer, dossier: str, expert: int, reason: str, now: datetime.datetime | None = None) -> None:
    """A secretary takes an assignment back from an expert who is overdue or out of reach, so that somebody else can be asked."""
    found = _in_review(viewer, dossier, Party.SECRETARY)
    asked = _open(found).filter(user=expert).first()
    if asked is None:
        raise Refused(Text("这位专家没有待办的评审。", "This expert has no open assignment here."))
    Recusal.objects.create(assignment=asked, conflict=False, reason=reasoned(reason, needed=True), at=moment(now))
    note(found, Action.DOSSIER_ASSIGNED, viewer.name, expert=f"user:{expert}", panel=asked.panel, released=True)


@transaction.atomic
def opine(
    *,
    viewer: Viewer,
    dossier: str,
    answers: Mapping[str, int],
    verdict: str,
    comment: str,
    no_conflict: bool,
    seen: str | None = None,
    now: datetime.datetime | None = None,
) -> str:
    """An expert's opinion on what they saw (``seen``, the digest of the content); the state of the dossier after it.

    The second opinion decides where it agrees with the first; the third always.

    Raises:
        NotAllowed, NotImpartial, StateConflict: as for every step; also for a second opinion of the same expert.
        NotImpartial: no conflict of interest was not declared.
        Refused: the form is not filled in.
    """
    at = moment(now)
    found = _in_review(viewer, dossier, None)
    asked = _assignment(viewer, found)
    if not no_conflict:
        raise NotImpartial(
            Text(
                "有利益冲突的专家不得评审。请选择“回避”，由评审秘书另请专家。",
                "An expert with a conflict of interest gives no opinion. Step back, and the secretary asks somebody else.",
            )
        )
    demand_seen(found, seen)
    Content.of(found.content).demand_intact()
    if verdict not in VERDICTS:
        raise Refused(Text("请选择结论。", "Choose a verdict."))
    decided = cast("Verdict", verdict)
    wrong = form.faults(answers, decided, comment)
    if wrong:
        zh, en = "；".join(each.zh for each in wrong.values()), " ".join(each.en for each in wrong.values())
        raise Refused(Text(zh, en))
    Opinion.objects.create(
        assignment=asked,
        form=form.FORM,
        answers=json.dumps({question: answers[question] for question in form.QUESTIONS}, separators=(",", ":")),
        verdict=decided,
        comment=reasoned(comment, needed=True),
        digest=found.digest,
        at=at,
    )
    note(found, Action.DOSSIER_OPINED, viewer.name, panel=asked.panel)
    came = outcome(_verdicts(found))
    if isinstance(came, Act):
        advance(found, came, viewer=None, now=at, reason="" if came is Act.AGREE else _reasons(found, came))
    return found.state


@transaction.atomic
def return_from_review(*, viewer: Viewer, dossier: str, reason: str, seen: str | None = None, now: datetime.datetime | None = None) -> None:
    """A secretary returns a dossier from review for a reason of form."""
    found = _in_review(viewer, dossier, Party.SECRETARY)
    demand_seen(found, seen)
    advance(found, Act.RETURN, viewer=viewer, now=moment(now), reason=reason)


@transaction.atomic
def decide_appeal(*, viewer: Viewer, dossier: str, admit: bool, reason: str, now: datetime.datetime | None = None) -> None:
    """A secretary who did not run the review admits an appeal, and other experts review the dossier; or dismisses it. With the reason."""
    found = held(viewer, dossier)
    act = Act.ADMIT if admit else Act.DISMISS
    demand(viewer, found, act)
    ran = people.people_of(Assignment.objects.filter(dossier=found, cycle=found.cycle).values_list("by", flat=True))
    if ran & people.people_of([viewer.name]):
        raise NotImpartial(Text("申诉由没有经办这次评审的秘书处理。", "An appeal is decided by a secretary who did not run the review."))
    advance(found, act, viewer=viewer, now=moment(now), reason=reason)


def _in_review(viewer: Viewer, dossier: str, party: Party | None) -> Dossier:
    """A dossier in review, held, for ``party`` (None: an expert who was asked). Raises as every step does."""
    found = held(viewer, dossier)
    if party is not None:
        people.demand(party, viewer, found)
    if found.state != State.REVIEWING.value:
        state = NAMES[found.state]
        raise StateConflict(Text(f"状态是“{state.zh}”，不在评审中。", f"The state is “{state.en}”, not in review."), state=found.state)
    return found


def _assignment(viewer: Viewer, found: Dossier) -> Assignment:
    """The open assignment of an expert, whose impartiality is asked again: a role may have changed since they were asked."""
    people.demand(Party.EXPERT, viewer, found)
    mine = Assignment.objects.filter(dossier=found, cycle=found.cycle, panel=_panel(found), user=viewer.user)
    asked = mine.filter(recusal=None).first()
    if asked is None:
        raise NotAllowed(Text("没有请您评审这份因子，或您已回避。", "You were not asked about this factor, or stepped back."))
    if Opinion.objects.filter(assignment=asked).exists():
        raise StateConflict(Text("您已提交意见，不能再改。", "You gave your opinion already; it cannot be changed."), state=found.state)
    return asked


def _open(found: Dossier) -> QuerySet[Assignment]:
    return Assignment.objects.filter(dossier=found, cycle=found.cycle, panel=_panel(found), recusal=None, opinion=None)


def _panel(found: Dossier) -> int:
    return 1 + Step.objects.filter(dossier=found, cycle=found.cycle, act=Act.ADMIT.value).count()


def _verdicts(found: Dossier) -> Sequence[Verdict]:
    rows = Opinion.objects.filter(assignment__dossier=found, assignment__cycle=found.cycle, assignment__panel=_panel(found))
    return [cast("Verdict", verdict) for verdict in rows.order_by("at", "pk").values_list("verdict", flat=True)]


def _reasons(found: Dossier, came: Act) -> str:
    """The remarks of those who decided it, without their names."""
    verdict = {Act.REJECT: "reject", Act.REVISE: "revise"}[came]
    rows = Opinion.objects.filter(assignment__dossier=found, assignment__cycle=found.cycle, assignment__panel=_panel(found))
    texts = [text for each, text in rows.order_by("at", "pk").values_list("verdict", "comment") if each == verdict]
    texts = texts or list(rows.order_by("at", "pk").values_list("comment", flat=True))
    return "\n".join(texts)[:2000]
