"""One dossier, held by one writer at a time, and moved along the table of :mod:`zuji.workflow.factor`."""

import datetime
import unicodedata
from collections.abc import Mapping

from django.db.models import QuerySet

from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.governance import notices, people
from zuji.registry.governance.models import LONGEST_REASON, Dossier, Step
from zuji.registry.governance.refusals import StateConflict
from zuji.registry.refusals import NotFound, Refused
from zuji.workflow.factor import FACTOR, NAMES, TERMS, Act, Party, State
from zuji.workflow.machine import TransitionRefused

PLATFORM = "system"
_ACTIONS: Mapping[Act, Action] = {
    Act.SUBMIT: Action.DOSSIER_SUBMITTED,
    Act.LET_IN: Action.DOSSIER_GATED,
    Act.STOP: Action.DOSSIER_GATED,
    Act.RETURN: Action.DOSSIER_RETURNED,
    Act.REVISE: Action.DOSSIER_RETURNED,
    Act.REJECT: Action.DOSSIER_REJECTED,
    Act.WITHDRAW: Action.DOSSIER_WITHDRAWN,
    Act.APPEAL: Action.DOSSIER_APPEALED,
    Act.ADMIT: Action.DOSSIER_APPEAL_DECIDED,
    Act.DISMISS: Action.DOSSIER_APPEAL_DECIDED,
    Act.SIGN: Action.FACTOR_PROPOSED,
    Act.PUBLISH: Action.FACTOR_PUBLISHED,
    Act.SUPERSEDE: Action.FACTOR_STANDING_CHANGED,
    Act.REVOKE: Action.FACTOR_STANDING_CHANGED,
    Act.EXPIRE: Action.FACTOR_STANDING_CHANGED,
}
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}  # what hides or reorders the text around it; PostgreSQL cannot keep a NUL at all


def moment(now: datetime.datetime | None) -> datetime.datetime:
    """The time at which something is done."""
    return now or datetime.datetime.now(datetime.UTC)


def locked() -> QuerySet[Dossier]:
    """Dossiers, each held to the end of the transaction by who reads it: two writers come one after the other."""
    return Dossier.objects.select_related("enterprise").select_for_update(of=("self",))


def held(viewer: Viewer, code: str) -> Dossier:
    """A dossier that somebody may see, held to the end of the transaction. Raises :class:`NotFound`."""
    found = locked().filter(pk=code).first()
    if found is None or not people.sees(viewer, found):
        raise NotFound
    return found


def expect(dossier: Dossier, act: Act) -> Party:
    """Who may take ``act`` on a dossier as it stands. Raises :class:`StateConflict` where it is not open."""
    try:
        return FACTOR.apply(State(dossier.state), act, reason="—").permission
    except TransitionRefused as refused:
        raise StateConflict(refused.text, state=refused.state, open_=refused.allowed) from refused


def demand(viewer: Viewer, dossier: Dossier, act: Act) -> None:
    """Nothing where somebody may take ``act`` on a dossier now.

    Raises:
        NotAllowed, NotImpartial: they may not, whatever its state.
        StateConflict: it is not open in this state.
    """
    parties = {each.permission for each in FACTOR.transitions if each.action is act}
    if len(parties) == 1:
        people.demand(parties.pop(), viewer, dossier)
        expect(dossier, act)
    else:
        people.demand(expect(dossier, act), viewer, dossier)


def demand_seen(dossier: Dossier, seen: str | None) -> None:
    """Nothing where ``seen``, the digest that somebody looked at, is that of the content now. Raises :class:`StateConflict`."""
    if seen is not None and seen != dossier.digest:
        raise StateConflict(
            Text(
                "您看到的内容不是现在的内容（哈希不同）。请重新打开，看过之后再决定。",
                "What you looked at is not what lies here now (another hash). Open it again and decide when you have seen it.",
            ),
            state=dossier.state,
        )


def reasoned(text: str, *, needed: bool = False) -> str:
    """A reason as it is kept. Raises :class:`Refused` for one that is too long, hides something, or is missing where it is ``needed``."""
    kept = text.strip()
    if needed and not kept:
        raise Refused(Text("请写明理由。", "State the reason."))
    if len(kept) > LONGEST_REASON:
        raise Refused(Text("说明过长，最多 2000 字。", "The text is too long: 2,000 characters at most."))
    if any(unicodedata.category(character) in _HIDDEN and character not in "\n\r\t" for character in kept):
        raise Refused(Text("说明含有不可见的控制字符，请重新输入。", "There are invisible control characters in the text: type it again."))
    return kept


def advance(
    dossier: Dossier, act: Act, *, viewer: Viewer | None, now: datetime.datetime, reason: str = "", due: datetime.datetime | None = None
) -> Step:
    """Move a held dossier: its state, its deadline, its step, the letters and the event. ``viewer`` None: the platform itself.

    Who may, is asked before (:func:`demand`). Raises :class:`StateConflict`.
    """
    kept = reasoned(reason)
    try:
        transition = FACTOR.apply(State(dossier.state), act, reason=kept)
    except TransitionRefused as refused:
        raise StateConflict(refused.text, state=refused.state, open_=refused.allowed) from refused
    source, dossier.state = dossier.state, transition.target.value
    term = TERMS.get(transition.target)
    dossier.due = due or (now + datetime.timedelta(days=term) if term else None)
    dossier.changed = now
    dossier.save(update_fields=["state", "due", "changed"])
    by = viewer.name if viewer is not None else PLATFORM
    step = Step.objects.create(
        dossier=dossier,
        cycle=dossier.cycle,
        act=act.value,
        source=source,
        target=dossier.state,
        at=now,
        by=by,
        reason=kept,
        digest=dossier.digest,
    )
    notices.announce(step, dossier, by=viewer)
    note(dossier, _ACTIONS.get(act, Action.DOSSIER_MOVED), by, act=act.value, state=dossier.state)
    return step


def note(dossier: Dossier, action: Action, by: str, **details: str | int | bool | None) -> None:
    """Record an event about a dossier. Reasons are the people's own and stay out of the chain."""
    record(
        action=action,
        actor=by,
        subject=f"dossier:{dossier.code}",
        enterprise=dossier.enterprise.uscc,
        details={"number": dossier.number, "cycle": dossier.cycle, "digest": dossier.digest, **details},
    )


def name_of(state: str) -> Text:
    """What a state is called."""
    return NAMES[state]
