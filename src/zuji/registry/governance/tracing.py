"""The traceability check: each value is held against the page of its document by two people, who opened it."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from zuji.engine.text import Text
from zuji.registry.accounts.models import Enterprise
from zuji.registry.accounts.viewer import SYSTEM, Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.evidence import queries as evidence
from zuji.registry.governance import people
from zuji.registry.governance.content import Content
from zuji.registry.governance.models import Dossier, Opening, Tick
from zuji.registry.governance.moving import advance, demand, demand_seen, held, moment, note, reasoned
from zuji.registry.governance.refusals import StateConflict
from zuji.registry.governance.sheets import Sheet, sheet
from zuji.registry.refusals import NotFound, Refused
from zuji.workflow.factor import FEWEST_TICKS, NAMES, Act, Party, State


def read_dossier(*, viewer: Viewer, dossier: str, now: datetime.datetime | None = None) -> Sheet:
    """A dossier with what the viewer may see of it. That somebody from outside its enterprise read it is recorded: what is proposed is not public.

    Raises:
        NotFound: there is no such dossier for this person.
    """
    shown = sheet(dossier, viewer=viewer, now=now)
    if not shown.row.mine and not viewer.system:
        with transaction.atomic():
            record(
                action=Action.DOSSIER_READ,
                actor=viewer.name,
                subject=f"dossier:{dossier}",
                enterprise=shown.row.uscc,
                details={"number": shown.row.number, "cycle": shown.row.cycle},
            )
    return shown


def open_document(*, viewer: Viewer, dossier: str, file: str, now: datetime.datetime | None = None) -> evidence.File:
    """A document behind a dossier, with its bytes, for whoever may see the dossier. That they opened it is recorded.

    Raises:
        NotFound: there is no such dossier for this person, or no such document behind it.
        Altered: the bytes on disk are not those that were handed in.
    """
    found = Dossier.objects.select_related("enterprise").filter(pk=dossier).first()
    if found is None or not people.sees(viewer, found):
        raise NotFound
    behind = next((each for each in Content.of(found.content).evidence if each.code == file), None)
    if behind is None:
        raise NotFound
    # Whoever reviews it may read what its submitter handed in for it, and nothing else of theirs.
    opened = evidence.file(file, viewer=SYSTEM)
    with transaction.atomic():
        if viewer.user is not None:
            Opening.objects.get_or_create(dossier=found, file_id=file, user_id=viewer.user, defaults={"at": moment(now)})
        record(
            action=Action.EVIDENCE_READ,
            actor=viewer.name,
            subject=f"evidence:{file}",
            enterprise=Enterprise.objects.values_list("uscc", flat=True).get(pk=found.enterprise_id),
            details={"sha256": opened.row.sha256, "dossier": found.number},
        )
    return opened


@dataclass(frozen=True, slots=True)
class Mark:
    """The text of the field ``key`` was held against ``page`` of the document ``file``; ``agrees`` False: it says otherwise, with a ``remark``."""

    key: str
    file: str
    page: str
    agrees: bool = True
    remark: str = ""


@transaction.atomic
def tick(*, viewer: Viewer, dossier: str, mark: Mark, seen: str | None = None, now: datetime.datetime | None = None) -> bool:
    """A checker held a value against the page of its document; True where this finished the check.

    Each person ticks a field once. After a mark that does not agree the dossier can only be returned. The check is finished when two people
    found every value on its page.

    Raises:
        NotAllowed, NotImpartial, StateConflict: as for every step.
        Refused: it is no value of this dossier, no document of it, nobody opened that document under this account, or the person ticked it already.
    """
    at = moment(now)
    found = held(viewer, dossier)
    demand(viewer, found, Act.RETURN) if found.state == State.TRACING.value else _closed(viewer, found)
    demand_seen(found, seen)
    content = Content.of(found.content)
    content.demand_intact()
    behind = next((each for each in content.evidence if each.code == mark.file), None)
    if mark.key not in content.to_check or behind is None:
        raise Refused(Text("档案中没有这个数值或这份文件。", "The dossier has no such value, or no such document."))
    if not mark.page.strip():
        raise Refused(Text("请写明数值所在的页码或表号。", "State the page or the table where the value stands."))
    if viewer.user is None or not Opening.objects.filter(dossier=found, file=mark.file, user=viewer.user).exists():
        raise Refused(Text("请先打开这份文件，再勾选。", "Open the document first, then tick."))
    said = reasoned(mark.remark, needed=not mark.agrees)
    mine = people.people_of([viewer.name])
    here = Tick.objects.filter(dossier=found, cycle=found.cycle)
    others = here.filter(key=mark.key).values_list("user_id", flat=True)
    if mine & people.people_of(f"user:{user}" for user in others):
        raise StateConflict(
            Text(
                "您已核对过这一项，须由另一人再核。", "You held this value against its page already: the second tick is another person's."
            ),
            state=found.state,
        )
    Tick.objects.create(
        dossier=found, cycle=found.cycle, key=mark.key, value=content.fields[mark.key], file_id=mark.file, sha256=behind.sha256,
        page=mark.page.strip()[:60],
        agrees=mark.agrees, note=said, user_id=viewer.user, at=at,
    )  # fmt: skip
    note(found, Action.DOSSIER_TICKED, viewer.name, key=mark.key, agrees=mark.agrees, sha256=behind.sha256)
    if any(not each for each in here.values_list("agrees", flat=True)):
        return False
    done = all(here.filter(key=each).count() >= FEWEST_TICKS for each in content.to_check)
    if done:
        advance(found, Act.TRACE, viewer=None, now=at)
    return done


@transaction.atomic
def return_untraced(*, viewer: Viewer, dossier: str, reason: str, seen: str | None = None, now: datetime.datetime | None = None) -> None:
    """A checker returns a dossier whose values are not on the pages they are said to be on."""
    found = held(viewer, dossier)
    if found.state != State.TRACING.value:
        _closed(viewer, found)
    demand(viewer, found, Act.RETURN)
    demand_seen(found, seen)
    advance(found, Act.RETURN, viewer=viewer, now=moment(now), reason=reason)


def _closed(viewer: Viewer, found: Dossier) -> None:
    people.demand(Party.CHECKER, viewer, found)
    state = NAMES[found.state]
    raise StateConflict(
        Text(f"状态是“{state.zh}”，不在溯源核验中。", f"The state is “{state.en}”, not in the traceability check."), state=found.state
    )
