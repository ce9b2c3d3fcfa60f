"""The authority's spot check: a seed is published, later the draw is made, and the inspector looks at what was drawn."""

import datetime
import json
import secrets

from django.db import transaction

from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, one_after_the_other, record
from zuji.registry.governance import risk
from zuji.registry.governance.content import Content
from zuji.registry.governance.models import Dossier, Draw, Drawn, Round
from zuji.registry.governance.moving import advance, demand, demand_seen, held, locked, moment, note, reasoned
from zuji.registry.governance.refusals import StateConflict
from zuji.registry.refusals import NotAllowed, NotFound, Refused
from zuji.workflow.duties import Duty
from zuji.workflow.factor import Act, State
from zuji.workflow.spot_check import draw, list_digest, sample_size

USUAL_SHARE = 20
"""Percent of what waits that is drawn, where nothing else is said: the platform's own, no rule was found that sets it (未核实)."""


@transaction.atomic
def announce_round(
    *,
    viewer: Viewer,
    draw_at: datetime.datetime,
    percent: int = USUAL_SHARE,
    seed: str = "",
    origin: str = "",
    now: datetime.datetime | None = None,
) -> str:
    """An inspector publishes the seed of a draw to come; the number of the round. Without a ``seed`` of the inspector's one is made here.

    The round covers what was submitted before this moment, so that nobody can shape a dossier after the seed.

    Raises:
        NotAllowed: they are no inspector.
        Refused: the draw would not be later, or an announced round is still to be drawn.
    """
    at = moment(now)
    user = _inspector(viewer)
    if draw_at <= at:
        raise Refused(Text("抽取时间须晚于公布种子的时间。", "The draw comes after the seed is published."))
    if not 1 <= percent <= 100:
        raise Refused(Text("抽查比例为 1% 至 100%。", "The share is from 1 to 100 percent."))
    one_after_the_other()
    if Round.objects.filter(draw=None).exists():
        raise Refused(Text("上一轮抽查尚未抽取。", "The round before is still to be drawn."))
    start = f"CJ-{at.year:04d}-"
    last = Round.objects.filter(number__startswith=start).order_by("-number").values_list("number", flat=True).first()
    made = Round.objects.create(
        number=f"{start}{int(last.removeprefix(start)) + 1 if last else 1:04d}",
        seed=reasoned(seed)[:120] or secrets.token_hex(16),
        origin=reasoned(origin)[:300],
        percent=percent,
        announced=at,
        announced_by_id=user,
        draw_at=draw_at,
    )
    record(
        action=Action.SPOT_CHECK_ANNOUNCED,
        actor=viewer.name,
        subject=f"spot-check:{made.number}",
        details={"seed": made.seed, "percent": percent, "draw_at": draw_at.isoformat()},
    )
    return made.number


@transaction.atomic
def draw_round(*, viewer: Viewer, number: str, now: datetime.datetime | None = None) -> tuple[str, ...]:
    """Make the draw of a round, once its time has come; the numbers of the dossiers drawn. The others go on to publication.

    Raises:
        NotAllowed: they are no inspector.
        StateConflict: it was drawn already, or its time has not come.
    """
    at = moment(now)
    user = _inspector(viewer)
    found = Round.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if found is None:
        raise NotFound
    if Draw.objects.filter(round=found).exists():
        raise StateConflict(Text("这一轮已经抽取。", "This round was drawn already."), state="drawn")
    if at < found.draw_at:
        raise StateConflict(Text("还没有到公布的抽取时间。", "The announced time of the draw has not come."), state="announced")
    waiting = locked().filter(state=State.SPOT_CHECK.value, submitted__lt=found.announced).order_by("number")
    pool = [each for each in waiting if not Drawn.objects.filter(dossier=each, cycle=each.cycle).exists()]
    weights = {each.number: risk.weight_of(each) for each in pool}
    drawn = draw(found.seed, weights, sample_size(len(pool), found.percent))
    digest = list_digest(weights)
    Draw.objects.create(
        round=found,
        listed=json.dumps(weights, sort_keys=True, separators=(",", ":")),
        list_digest=digest,
        drawn=json.dumps(drawn, separators=(",", ":")),
        at=at,
        by_id=user,
    )
    for each in pool:
        if each.number in drawn:
            Drawn.objects.create(round=found, dossier=each, cycle=each.cycle)
            each.due = at + datetime.timedelta(days=15)
            each.save(update_fields=["due"])
        else:
            advance(each, Act.CLEAR, viewer=None, now=at)
    record(
        action=Action.SPOT_CHECK_DRAWN,
        actor=viewer.name,
        subject=f"spot-check:{number}",
        details={"listed": len(pool), "drawn": len(drawn), "list_digest": digest},
    )
    return drawn


@transaction.atomic
def find_sound(*, viewer: Viewer, dossier: str, remark: str = "", seen: str | None = None, now: datetime.datetime | None = None) -> None:
    """An inspector found a drawn dossier in order: it goes on to publication."""
    _found(viewer, dossier, Act.FOUND_SOUND, remark, seen, now)


@transaction.atomic
def return_drawn(*, viewer: Viewer, dossier: str, reason: str, seen: str | None = None, now: datetime.datetime | None = None) -> None:
    """An inspector returns a drawn dossier, with the reason."""
    _found(viewer, dossier, Act.RETURN, reason, seen, now)


@transaction.atomic
def reject_drawn(*, viewer: Viewer, dossier: str, reason: str, seen: str | None = None, now: datetime.datetime | None = None) -> None:
    """An inspector rejects a drawn dossier, with the reason."""
    _found(viewer, dossier, Act.REJECT, reason, seen, now)


def _found(viewer: Viewer, code: str, act: Act, reason: str, seen: str | None, now: datetime.datetime | None) -> None:
    found = _drawn(viewer, code, act)
    demand_seen(found, seen)
    Content.of(found.content).demand_intact()
    advance(found, act, viewer=viewer, now=moment(now), reason=reason)
    note(found, Action.SPOT_CHECK_FOUND, viewer.name, act=act.value)


def _drawn(viewer: Viewer, code: str, act: Act) -> Dossier:
    found = held(viewer, code)
    if found.state != State.SPOT_CHECK.value:
        _inspector(viewer)
        raise StateConflict(Text("这份因子不在抽查中。", "This factor is not in the spot check."), state=found.state)
    demand(viewer, found, act)
    if not Drawn.objects.filter(dossier=found, cycle=found.cycle).exists():
        raise StateConflict(Text("这份因子没有被抽中，等待抽取。", "This factor was not drawn: it waits for a draw."), state=found.state)
    return found


def _inspector(viewer: Viewer) -> int:
    if viewer.user is None or Duty.INSPECTOR.value not in viewer.duties:
        raise NotAllowed(Text("这一步由抽查员办理。", "This step takes the duty of inspector."))
    return viewer.user
