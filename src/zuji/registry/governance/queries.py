"""Reading dossiers: lists, what waits for whom, and one dossier with what each role may see of it."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.governance import people
from zuji.registry.governance.content import Content
from zuji.registry.governance.models import Assignment, Dossier, Drawn, Step, Tick
from zuji.registry.governance.moving import moment
from zuji.registry.refusals import NotFound
from zuji.workflow.duties import Duty
from zuji.workflow.factor import EDITABLE, FACTOR, FEWEST_TICKS, Act, Party, State
from zuji.workflow.permissions import Permission


@dataclass(frozen=True, slots=True)
class Clock:
    """Until when somebody is to act, as both sides see it. ``left`` is in whole days, below zero where it is overdue."""

    due: datetime.datetime
    left: int
    party: Party

    @property
    def overdue(self) -> bool:
        return self.left < 0


@dataclass(frozen=True, slots=True)
class Row:
    """A dossier in a list. ``mine``: it is of an enterprise of the viewer's."""

    code: str
    number: str
    factor_id: str
    version: str
    name: Text
    category: str
    enterprise: Text
    uscc: str
    demonstration: bool
    state: str
    cycle: int
    submitted: datetime.datetime | None
    changed: datetime.datetime
    clock: Clock | None
    mine: bool

    @property
    def reference(self) -> str:
        return f"{self.factor_id}@{self.version}" if self.factor_id and self.version else self.factor_id


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list of dossiers, with how many there are in each state."""

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int
    states: dict[str, int]


@dataclass(frozen=True, slots=True)
class Task:
    """A dossier that waits for the viewer, as what."""

    row: Row
    party: Party


def may_look(viewer: Viewer) -> bool:
    """Whether lists of dossiers are for this person at all: members of an enterprise, and whoever holds a duty."""
    return bool(viewer.enterprises or viewer.duties or viewer.system)


def dossiers(
    viewer: Viewer,
    *,
    state: str = "",
    mine: bool = False,
    text: str = "",
    page: int = 1,
    size: int = 25,
    now: datetime.datetime | None = None,
) -> Found:
    """The dossiers that somebody may see, the last changed first; ``text`` is part of a number, an id or a name.

    Raises:
        NotFound: lists of dossiers are not for this person.
    """
    if not may_look(viewer):
        raise NotFound
    seen = _visible(viewer)
    if mine:
        seen = seen.filter(enterprise__in=viewer.enterprises)
    if text.strip():
        word = text.strip()[:60]
        seen = seen.filter(
            Q(number__icontains=word) | Q(factor_id__icontains=word) | Q(name_zh__icontains=word) | Q(name_en__icontains=word)
        )
    states: dict[str, int] = {}
    for each in seen.order_by().values_list("state", flat=True):
        states[each] = states.get(each, 0) + 1
    chosen = seen.filter(state=state) if state else seen
    total = states.get(state, 0) if state else sum(states.values())
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    rows = chosen.select_related("enterprise").order_by("-changed", "code")[(page - 1) * size : page * size]
    return Found(tuple(row_of(each, viewer, moment(now)) for each in rows), total, page, pages, states)


def to_do(viewer: Viewer, *, now: datetime.datetime | None = None) -> tuple[Task, ...]:
    """What waits for somebody, by what they do: the most urgent first. What they may not take, for they have another part in it, is left out.

    Nobody without an enterprise or a duty has anything to do here. The number of questions to the database does not depend on how many there are.
    """
    at = moment(now)
    found: list[Task] = []
    editing = [number for number in viewer.enterprises if viewer.may(Permission.EDIT, enterprise=number)]
    returned = _light().filter(enterprise__in=editing, state__in=[State.RETURNED.value, State.REJECTED.value])
    found += [Task(row_of(each, viewer, at), Party.SUBMITTER) for each in returned]
    if viewer.user is not None:
        waiting = list(_waiting(viewer, viewer.user))
        barred = people.barred(viewer.user, waiting)
        found += [Task(row_of(each, viewer, at), party) for party, each in waiting if (party, each.pk) not in barred]
    far = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    return tuple(sorted(found, key=lambda task: (task.row.clock.due if task.row.clock else far, task.row.number)))


@dataclass(frozen=True, slots=True)
class News:
    """A step that somebody else took on a dossier of the viewer's: what a submitter is told inside the platform, as the letters say it by mail."""

    row: Row
    step: int
    act: str
    target: str
    at: datetime.datetime
    reason: str


def news(viewer: Viewer, *, limit: int = 20, now: datetime.datetime | None = None) -> tuple[News, ...]:
    """The last steps that others took on dossiers of the viewer's enterprises, the newest first."""
    at = moment(now)
    steps = Step.objects.filter(dossier__enterprise__in=viewer.enterprises).exclude(by=viewer.name).exclude(act=Act.LET_IN.value)
    return tuple(
        News(row_of(each.dossier, viewer, at), each.pk, each.act, each.target, each.at, each.reason)
        for each in steps.select_related("dossier__enterprise").order_by("-pk")[:limit]
    )


def clock_of(dossier: Dossier, at: datetime.datetime) -> Clock | None:
    """Who is to act on a dossier until when; None where nobody is."""
    if dossier.due is None:
        return None
    state = State(dossier.state)
    human = {each.permission for each in FACTOR.transitions if state in each.sources} - {Party.PLATFORM}
    others = human - {Party.SUBMITTER}
    party = Party.SECRETARY if state is State.REVIEWING else next(iter(others), Party.SUBMITTER)
    return Clock(due=dossier.due, left=(dossier.due - at).days, party=party)


def row_of(dossier: Dossier, viewer: Viewer, at: datetime.datetime) -> Row:
    """A dossier as lists show it."""
    return Row(
        code=dossier.code,
        number=dossier.number,
        factor_id=dossier.factor_id,
        version=dossier.version,
        name=Text(dossier.name_zh or dossier.name_en, dossier.name_en or dossier.name_zh),
        category=dossier.category,
        enterprise=Text(dossier.enterprise.name_zh, dossier.enterprise.name_en),
        uscc=dossier.enterprise.uscc,
        demonstration=dossier.enterprise.demonstration,
        state=dossier.state,
        cycle=dossier.cycle,
        submitted=dossier.submitted,
        changed=dossier.changed,
        clock=clock_of(dossier, at),
        mine=dossier.enterprise_id in viewer.enterprises,
    )


def row(code: str, *, viewer: Viewer, now: datetime.datetime | None = None) -> Row:
    """A dossier as lists show it. Raises :class:`NotFound`."""
    return row_of(found(code, viewer), viewer, moment(now))


def found(code: str, viewer: Viewer) -> Dossier:
    """A dossier that somebody may see. Raises :class:`NotFound`."""
    here = Dossier.objects.select_related("enterprise").filter(pk=code).first()
    if here is None or not people.sees(viewer, here):
        raise NotFound
    return here


def _visible(viewer: Viewer) -> QuerySet[Dossier]:
    if viewer.system:
        return Dossier.objects.all()
    seen = Q(enterprise__in=viewer.enterprises)
    if viewer.user is not None and viewer.duties & people.SEES_ALL:
        seen |= Q(cycle__gte=1)
    elif viewer.user is not None and Duty.EXPERT.value in viewer.duties:
        seen |= Q(Exists(Assignment.objects.filter(dossier=OuterRef("pk"), user=viewer.user, recusal=None)))
    return Dossier.objects.filter(seen)


def _light() -> QuerySet[Dossier]:
    """Dossiers as lists show them, without their content."""
    return Dossier.objects.select_related("enterprise").defer("content")


def _waiting(viewer: Viewer, user: int) -> Iterator[tuple[Party, Dossier]]:
    """The dossiers that wait for each duty of somebody, whatever other part they have in them."""
    ours = {"dossier": OuterRef("pk"), "cycle": OuterRef("cycle")}
    if Duty.CHECKER.value in viewer.duties:
        yield from ((Party.CHECKER, each) for each in _to_tick(user))
    if Duty.EXPERT.value in viewer.duties:
        asked = Assignment.objects.filter(**ours, user=user, recusal=None, opinion=None)
        yield from ((Party.EXPERT, each) for each in _light().filter(Exists(asked), state=State.REVIEWING.value))
    if Duty.SECRETARY.value in viewer.duties:
        yield from ((Party.SECRETARY, each) for each in _to_assign())
        yield from ((Party.SECRETARY, each) for each in _light().filter(state=State.APPEALED.value))
    if Duty.INSPECTOR.value in viewer.duties:
        drawn = Drawn.objects.filter(**ours)
        yield from ((Party.INSPECTOR, each) for each in _light().filter(Exists(drawn), state=State.SPOT_CHECK.value))
    if Duty.PUBLISHER.value in viewer.duties:
        states = [State.AWAITING.value, State.SIGNED_ONCE.value]
        yield from ((Party.PUBLISHER, each) for each in _light().filter(state__in=states))


def _to_tick(user: int) -> Sequence[Dossier]:
    """Those in the traceability check of which this person has still to tick a value that has not two ticks of others."""
    tracing = list(Dossier.objects.select_related("enterprise").filter(state=State.TRACING.value))
    by: defaultdict[tuple[str, int, str], set[int]] = defaultdict(set)
    for code, cycle, key, who in Tick.objects.filter(dossier__state=State.TRACING.value).values_list(
        "dossier_id", "cycle", "key", "user_id"
    ):
        by[code, cycle, key].add(who)

    def wanted(each: Dossier) -> bool:
        ticked = (by[each.pk, each.cycle, key] for key in Content.of(each.content).to_check)
        return any(user not in people and len(people) < FEWEST_TICKS for people in ticked)

    return [each for each in tracing if wanted(each)]


def _to_assign() -> Sequence[Dossier]:
    """Those in review for which nobody, or not enough people, have still to give an opinion."""
    reviewing = list(_light().filter(state=State.REVIEWING.value))
    of_these = {"dossier__state": State.REVIEWING.value}
    admitted = Counter(Step.objects.filter(**of_these, act=Act.ADMIT.value).values_list("dossier_id", "cycle"))
    asked: defaultdict[tuple[str, int, int], list[str | None]] = defaultdict(list)
    rows = Assignment.objects.filter(**of_these, recusal=None).values_list("dossier_id", "cycle", "panel", "opinion__verdict")
    for code, cycle, panel, verdict in rows:
        asked[code, cycle, panel].append(verdict)

    def wanted(each: Dossier) -> bool:
        verdicts = asked[each.pk, each.cycle, 1 + admitted[each.pk, each.cycle]]
        given = [verdict for verdict in verdicts if verdict is not None]
        return len(verdicts) < (3 if len(given) >= 2 and len(set(given)) > 1 else 2)

    return [each for each in reviewing if wanted(each)]


def editable(dossier: Dossier) -> bool:
    """Whether the content can still be changed."""
    return State(dossier.state) in EDITABLE
