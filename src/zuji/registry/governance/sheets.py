"""One dossier, with what each role may see of it: names of reviewers stay with the platform until publication, opinions until the decision."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from zuji.engine.candidate import EvidenceFile
from zuji.engine.factors import FactorVersion
from zuji.engine.findings import Finding
from zuji.engine.text import Text
from zuji.formats.factors.candidates import FIELDS
from zuji.registry.accounts import queries as accounts
from zuji.registry.accounts.queries import duties
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.governance import people
from zuji.registry.governance.comparing import Difference, differences, fields_of_published
from zuji.registry.governance.content import Content
from zuji.registry.governance.models import (
    Approval,
    Assignment,
    Dossier,
    Drawn,
    FieldChange,
    GateRun,
    Opening,
    Overruling,
    Publication,
    Recusal,
    Step,
    Tick,
)
from zuji.registry.governance.moving import moment
from zuji.registry.governance.queries import Row, found, row_of
from zuji.registry.refusals import NotAllowed, NotFound, RegistryError
from zuji.workflow.duties import Duty
from zuji.workflow.factor import FEWEST_TICKS, Act, Party, State
from zuji.workflow.permissions import Permission


@dataclass(frozen=True, slots=True)
class Taken:
    """A step: who did what, when and why. ``by`` is empty where the viewer is not told, or where it was the platform."""

    pk: int
    cycle: int
    act: str
    source: str
    target: str
    at: datetime.datetime
    by: str
    party: Party
    reason: str
    digest: str


@dataclass(frozen=True, slots=True)
class Ticked:
    """A tick of the current cycle; ``by`` is empty where the viewer is not told."""

    key: str
    page: str
    file: str
    agrees: bool
    note: str
    by: str
    mine: bool
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """An expert who was asked in the current cycle, and what they said, as far as the viewer is told."""

    by: str
    user: int | None
    panel: int
    mine: bool
    at: datetime.datetime
    due: datetime.datetime
    recused: bool
    reason: str
    verdict: str
    answers: Mapping[str, int]
    comment: str
    given: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Signed:
    """The first signature of the current cycle."""

    by: str
    mine: bool
    digest: str
    preview: str
    at: datetime.datetime
    expires: datetime.datetime


@dataclass(frozen=True, slots=True)
class Sheet:
    """A dossier. ``may`` names what this viewer may do with it now (an act of the table, or edit, tick, assign, opine, recuse, overrule,
    decide_appeal); ``opened`` the documents that they opened; ``to_check`` the fields to tick, each with the number of ticks it has.
    """

    row: Row
    revision: int
    digest: str
    fields: Mapping[str, str]
    evidence: tuple[EvidenceFile, ...]
    faults: tuple[Finding, ...]
    gate: tuple[Mapping[str, Any], ...]
    gate_passed: bool | None
    gate_checks: int
    overruled: Mapping[str, str]
    steps: tuple[Taken, ...]
    ticks: tuple[Ticked, ...]
    to_check: Mapping[str, int]
    opened: frozenset[str]
    asked: tuple[Asked, ...]
    approval: Signed | None
    round: str
    publication: str
    restored_from: str
    against: str
    differences: tuple[Difference, ...]
    may: frozenset[str] = field(default_factory=frozenset)


def sheet(code: str, *, viewer: Viewer, now: datetime.datetime | None = None) -> Sheet:
    """A dossier with everything that the viewer may see. Raises :class:`NotFound`."""
    dossier = found(code, viewer)
    content = Content.of(dossier.content)
    candidate, faults = content.read
    run = GateRun.objects.filter(dossier=dossier).order_by("-cycle").first()
    official = bool(viewer.duties & people.SEES_ALL) or viewer.system
    ticks = Tick.objects.filter(dossier=dossier, cycle=dossier.cycle)
    counts = {key: sum(1 for each in ticks if each.key == key and each.agrees) for key in content.to_check}
    replaced = content.fields.get("supersedes", "")
    drawn = Drawn.objects.filter(dossier=dossier, cycle=dossier.cycle).values_list("round_id", flat=True).first()
    return Sheet(
        row=row_of(dossier, viewer, moment(now)),
        revision=dossier.revision,
        digest=dossier.digest,
        fields={name: content.fields[name] for name in FIELDS if name in content.fields},
        evidence=content.evidence,
        faults=faults,
        gate=tuple(json.loads(run.findings)) if run is not None else (),
        gate_passed=run.passed if run is not None else None,
        gate_checks=run.checks if run is not None else 0,
        overruled=dict(Overruling.objects.filter(dossier=dossier).values_list("code", "reason")),
        steps=_steps(dossier, named=official),
        ticks=_ticks(list(ticks), viewer, named=official),
        to_check=counts,
        opened=frozenset(Opening.objects.filter(dossier=dossier, user=viewer.user).values_list("file_id", flat=True))
        if viewer.user
        else frozenset(),
        asked=_asked(dossier, viewer, named=official),
        approval=_approval(dossier, viewer),
        round=drawn or "",
        publication=Publication.objects.filter(dossier=dossier).values_list("code", flat=True).first() or "",
        restored_from=dossier.restored_from,
        against=replaced,
        differences=differences(_published(replaced), content.fields) if candidate is not None or replaced else (),
        may=_may(dossier, viewer),
    )


@dataclass(frozen=True, slots=True)
class Proposal:
    """What publishing a dossier would do: ``new`` would be published, in the place of ``old`` (``id@version``; empty: of none)."""

    old: str
    new: FactorVersion


def proposal(code: str, *, viewer: Viewer) -> Proposal:
    """What publishing a dossier would do, for a preview of it.

    Raises:
        NotFound: there is no such dossier for this person.
        NotReadable: its fields make no factor yet.
    """
    candidate = Content.of(found(code, viewer).content).candidate
    return Proposal(old=candidate.supersedes, new=candidate.factor)


@dataclass(frozen=True, slots=True)
class Saved:
    """One save of a draft: the fields before and after (None: empty)."""

    revision: int
    at: datetime.datetime
    by: str
    changes: tuple[tuple[str, str | None, str | None], ...]


def history(code: str, *, viewer: Viewer) -> tuple[Saved, ...]:
    """Every save of a dossier, the newest first. Raises :class:`NotFound`."""
    dossier = found(code, viewer)
    rows = list(FieldChange.objects.filter(dossier=dossier).order_by("-revision", "key"))
    own = viewer.may(Permission.VIEW, enterprise=dossier.enterprise_id) or bool(viewer.duties & people.SEES_ALL)
    called = accounts.names({each.by for each in rows}) if own else {}
    saves: dict[int, list[FieldChange]] = {}
    for each in rows:
        saves.setdefault(each.revision, []).append(each)
    return tuple(
        Saved(revision, kept[0].at, called.get(kept[0].by, ""), tuple((each.key, each.before, each.after) for each in kept))
        for revision, kept in saves.items()
    )


@dataclass(frozen=True, slots=True)
class Eligible:
    """An expert whom a secretary might ask; ``obstacle`` says why not, None where nothing speaks against it. ``open_tasks`` are theirs elsewhere."""

    user: int
    name: str
    organisation: str
    scope: tuple[str, ...]
    open_tasks: int
    obstacle: Text | None


def experts_for(code: str, *, viewer: Viewer) -> tuple[Eligible, ...]:
    """The experts for a dossier, those who can be asked first. The number of questions to the database is fixed.

    Raises:
        NotFound: there is no such dossier for this person.
        NotAllowed: they are no secretary.
    """
    dossier = found(code, viewer)
    if Duty.SECRETARY.value not in viewer.duties:
        raise NotAllowed(Text("只有评审秘书安排专家。", "A secretary assigns experts."))
    asked = set(Assignment.objects.filter(dossier=dossier, cycle=dossier.cycle).values_list("user_id", flat=True))
    experts = duties.holders(Duty.EXPERT)
    impartial = people.obstacles(Party.EXPERT, [each.user for each in experts], dossier)
    waiting = Assignment.objects.filter(recusal=None, opinion=None, dossier__state=State.REVIEWING.value)
    busy = dict(waiting.order_by().values_list("user_id").annotate(n=Count("pk")))
    made = []
    for each in experts:
        obstacle = impartial[each.user]
        if each.user in asked:
            obstacle = Text("已请过", "asked already")
        elif each.scope and dossier.category not in each.scope:
            obstacle = Text("专业范围不含这一类别", "not within their competence")
        made.append(Eligible(each.user, each.name, each.organisation, each.scope, busy.get(each.user, 0), obstacle))
    return tuple(sorted(made, key=lambda one: (one.obstacle is not None, one.open_tasks, one.name)))


def _steps(dossier: Dossier, *, named: bool) -> tuple[Taken, ...]:
    rows = list(Step.objects.filter(dossier=dossier).order_by("pk"))
    called = accounts.names({each.by for each in rows})
    taken = []
    for each in rows:
        party = people.party_of(each.source, each.act)
        told = named or party is Party.SUBMITTER
        by = called.get(each.by, "") if told else ""
        taken.append(Taken(each.pk, each.cycle, each.act, each.source, each.target, each.at, by, party, each.reason, each.digest))
    return tuple(taken)


def _ticks(rows: list[Tick], viewer: Viewer, *, named: bool) -> tuple[Ticked, ...]:
    called = accounts.names({f"user:{each.user_id}" for each in rows}) if named else {}
    return tuple(
        Ticked(
            each.key,
            each.page,
            each.file_id,
            each.agrees,
            each.note,
            called.get(f"user:{each.user_id}", ""),
            each.user_id == viewer.user,
            each.at,
        )
        for each in rows
    )


def _asked(dossier: Dossier, viewer: Viewer, *, named: bool) -> tuple[Asked, ...]:
    """While a review goes on, an expert reads their own opinion alone, and the submitter none; afterwards everybody who sees the dossier reads all."""
    rows = Assignment.objects.filter(dossier=dossier, cycle=dossier.cycle).select_related("user", "recusal", "opinion").order_by("pk")
    going_on = dossier.state == State.REVIEWING.value
    made = []
    for each in rows:
        mine = each.user_id == viewer.user
        opinion, recusal = getattr(each, "opinion", None), getattr(each, "recusal", None)
        told = opinion is not None and (mine or named or not going_on)
        if not (named or mine or (told and not going_on)):
            continue
        made.append(
            Asked(
                by=each.user.name if named or mine else "",
                user=each.user_id if named or mine else None,
                panel=each.panel,
                mine=mine,
                at=each.at,
                due=each.due,
                recused=recusal is not None,
                reason=recusal.reason if isinstance(recusal, Recusal) and (named or mine) else "",
                verdict=opinion.verdict if opinion is not None and told else "",
                answers=json.loads(opinion.answers) if opinion is not None and told else {},
                comment=opinion.comment if opinion is not None and told else "",
                given=opinion.at if opinion is not None else None,
            )
        )
    return tuple(made)


def _approval(dossier: Dossier, viewer: Viewer) -> Signed | None:
    if dossier.state not in (State.SIGNED_ONCE.value, State.PUBLISHED.value):
        return None
    kept = Approval.objects.filter(dossier=dossier, cycle=dossier.cycle).select_related("user").order_by("-pk").first()
    if kept is None:
        return None
    named = bool(viewer.duties & people.SEES_ALL) or dossier.state == State.PUBLISHED.value
    return Signed(kept.user.name if named else "", kept.user_id == viewer.user, kept.digest, kept.preview, kept.at, kept.expires)


def _published(reference: str) -> Mapping[str, str] | None:
    try:
        return fields_of_published(reference)
    except NotFound:
        return None


_MORE = {
    State.DRAFT: {"edit": Party.SUBMITTER},
    State.RETURNED: {"edit": Party.SUBMITTER, "overrule": Party.SECRETARY},
    State.TRACING: {"tick": Party.CHECKER},
    State.REVIEWING: {"assign": Party.SECRETARY, "opine": Party.EXPERT, "recuse": Party.EXPERT},
    State.APPEALED: {"decide_appeal": Party.SECRETARY},
}


def _may(dossier: Dossier, viewer: Viewer) -> frozenset[str]:
    """What this viewer may do now: asked of the same rules that the operations ask."""
    state = State(dossier.state)
    wanted: dict[str, Party] = dict(_MORE.get(state, {}))
    wanted |= {each.action.value: each.permission for each in people.open_in(state) if each.permission is not Party.PLATFORM}
    allowed = {party for party in set(wanted.values()) if _may_as(party, dossier, viewer)}
    found_ = {name for name, party in wanted.items() if party in allowed}
    if state is State.SPOT_CHECK and not Drawn.objects.filter(dossier=dossier, cycle=dossier.cycle).exists():
        found_ -= {Act.FOUND_SOUND.value, Act.RETURN.value, Act.REJECT.value}
    if (
        "opine" in found_
        and not Assignment.objects.filter(dossier=dossier, cycle=dossier.cycle, user=viewer.user, recusal=None, opinion=None).exists()
    ):
        found_ -= {"opine", "recuse"}
    if Act.PUBLISH.value in found_ and viewer.user is not None:
        kept = Approval.objects.filter(dossier=dossier, cycle=dossier.cycle).order_by("-pk").first()
        if kept is not None and people.same(viewer.user, kept.user_id):
            found_ -= {Act.PUBLISH.value}
    return frozenset(found_)


def _may_as(party: Party, dossier: Dossier, viewer: Viewer) -> bool:
    try:
        people.demand(party, viewer, dossier)
    except RegistryError:
        return False
    return True


__all__ = [
    "FEWEST_TICKS",
    "Asked",
    "Eligible",
    "Proposal",
    "Saved",
    "Sheet",
    "Signed",
    "Taken",
    "Ticked",
    "experts_for",
    "history",
    "proposal",
    "sheet",
]
