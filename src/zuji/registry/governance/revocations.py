"""Reading revocations: what a version stands at before one is proposed, what waits to be confirmed, and what became of each."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from zuji.engine.factors import FactorVersion
from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.factors import changes
from zuji.registry.factors.changes import Change
from zuji.registry.factors.published import versions_of
from zuji.registry.governance import people, revoking
from zuji.registry.governance.models import Dossier, Revocation
from zuji.registry.governance.moving import moment
from zuji.registry.refusals import NotFound, RegistryError
from zuji.workflow.duties import Duty
from zuji.workflow.factor import Party

OFFICIALS = frozenset(duty.value for duty in Duty if duty is not Duty.AUDITOR)
PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A proposed revocation. ``state``: open, expired, confirmed or dropped; ``mine``: the viewer proposed it."""

    code: str
    reference: str
    name: Text
    reason_code: str
    reason: str
    state: str
    at: datetime.datetime
    expires: datetime.datetime
    by: str
    mine: bool
    left: int

    @property
    def factor(self) -> str:
        return self.reference.rpartition("@")[0]

    @property
    def version(self) -> str:
        return self.reference.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of revocations, the newest first."""

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A revocation as it was proposed and decided. ``preview`` and ``digest`` are what is signed; ``changed``: something became of the version since.

    ``may`` names what the viewer may do now: confirm, drop. ``new`` is the version in its place; None: nothing is.
    """

    row: Row
    preview: str
    digest: str
    became: tuple[Change, ...]
    new: FactorVersion | None
    dossier: str
    decided_by: str
    decided: datetime.datetime | None
    dropped_why: str
    changed: bool
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class Subject:
    """A version before its revocation is proposed. ``seen`` is the digest of how it stands; ``waiting`` the code of a proposal that is open."""

    reference: str
    name: Text
    value: str
    unit: str
    became: tuple[Change, ...]
    revoked: bool
    seen: str
    waiting: str
    dossier: str
    new: FactorVersion | None
    obstacle: Text | None

    @property
    def factor(self) -> str:
        return self.reference.rpartition("@")[0]

    @property
    def version(self) -> str:
        return self.reference.rpartition("@")[2]


def listed(*, viewer: Viewer, page: int = 1, now: datetime.datetime | None = None) -> Listed:
    """Every revocation that was proposed, the newest first. Raises :class:`NotFound` for who takes no part in decisions on factors."""
    _officials(viewer)
    total = Revocation.objects.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    rows = _known(Revocation.objects.all())[(page - 1) * PAGE : page * PAGE]
    return Listed(tuple(_row(each, viewer, moment(now)) for each in rows), total, page, pages)


def sheet(code: str, *, viewer: Viewer, now: datetime.datetime | None = None) -> Sheet:
    """One revocation. Raises :class:`NotFound`."""
    _officials(viewer)
    found = _known(Revocation.objects.filter(pk=code)).first()
    if found is None:
        raise NotFound
    decision = getattr(found, "decision", None)
    row = _row(found, viewer, moment(now))
    sealed = revoking.seal(found.factor, reason_code=found.reason_code, reason=found.reason, preview=found.preview)
    changed = row.state == "open" and sealed != found.digest
    return Sheet(
        row=row,
        preview=found.preview,
        digest=found.digest,
        became=_became(row.reference),
        new=_stand_in(revoking.replacement(found.factor)),
        dossier=Dossier.objects.filter(publication__factor=found.factor).values_list("pk", flat=True).first() or "",
        decided_by=decision.user.name if decision is not None else "",
        decided=decision.at if decision is not None else None,
        dropped_why=decision.reason if decision is not None else "",
        changed=changed,
        may=_may(found, row, viewer, changed=changed),
    )


def subject(reference: str, *, viewer: Viewer, now: datetime.datetime | None = None) -> Subject:
    """The published version ``id@version`` before its revocation is proposed.

    Raises:
        NotFound: there is none, or the viewer is no publisher.
    """
    if viewer.user is None or Duty.PUBLISHER.value not in viewer.duties:
        raise NotFound
    factor = revoking.version(reference)
    stood = _became(reference)
    waiting = Revocation.objects.filter(factor=factor, decision=None, expires__gt=moment(now)).values_list("pk", flat=True).first()
    governed = Dossier.objects.select_related("enterprise").filter(publication__factor=factor).first()
    return Subject(
        reference=reference,
        name=Text(factor.name_zh, factor.name_en),
        value=factor.value,
        unit=factor.unit,
        became=stood,
        revoked=any(each.state == "revoked" for each in stood),
        seen=revoking.standing_digest(factor),
        waiting=waiting or "",
        dossier=governed.pk if governed is not None else "",
        new=_stand_in(revoking.replacement(factor)),
        obstacle=_obstacle(viewer, governed),
    )


def waiting(viewer: Viewer, *, now: datetime.datetime | None = None) -> tuple[Row, ...]:
    """What waits for the viewer to confirm, the most urgent first. The number of questions to the database is fixed."""
    if viewer.user is None or Duty.PUBLISHER.value not in viewer.duties:
        return ()
    at = moment(now)
    rows = list(_known(Revocation.objects.filter(decision=None, expires__gt=at)).order_by("expires", "pk"))
    if not rows:
        return ()
    behind = Dossier.objects.filter(publication__factor__in=[each.factor_id for each in rows]).select_related("enterprise", "publication")
    governed = {each.publication.factor_id: each for each in behind}
    barred = people.barred(viewer.user, [(Party.PUBLISHER, each) for each in governed.values()])
    mine = people.same_as(viewer.user, [each.user_id for each in rows])
    return tuple(
        _row(each, viewer, at)
        for each in rows
        if each.user_id not in mine and (each.factor_id not in governed or (Party.PUBLISHER, governed[each.factor_id].pk) not in barred)
    )


def letter_codes(references: Sequence[str]) -> dict[str, str]:
    """Of published versions (``id@version``), the code of the revocation by which they were revoked, where they were by one."""
    ids = {each.rpartition("@")[0] for each in references}
    rows = Revocation.objects.filter(decision__confirmed=True, factor__factor_id__in=ids).select_related("factor")
    return {str(each.factor): each.pk for each in rows if str(each.factor) in set(references)}


def _became(reference: str) -> tuple[Change, ...]:
    factor, _, version = reference.rpartition("@")
    return changes.became(factor, version)


def _known(rows: QuerySet[Revocation]) -> QuerySet[Revocation]:
    return rows.select_related("factor", "user", "decision__user")


def _stand_in(reference: str | None) -> FactorVersion | None:
    return versions_of([reference.rpartition("@")[0]])[reference] if reference else None


def _officials(viewer: Viewer) -> None:
    if not viewer.system and not viewer.duties & OFFICIALS:
        raise NotFound


def _row(found: Revocation, viewer: Viewer, at: datetime.datetime) -> Row:
    decision = getattr(found, "decision", None)
    decided = {None: "", True: "confirmed", False: "dropped"}[decision.confirmed if decision is not None else None]
    return Row(
        code=found.pk,
        reference=str(found.factor),
        name=Text(found.factor.name_zh, found.factor.name_en),
        reason_code=found.reason_code,
        reason=found.reason,
        state=decided or ("open" if found.expires > at else "expired"),
        at=found.at,
        expires=found.expires,
        by=found.user.name,
        mine=found.user_id == viewer.user,
        left=(found.expires - at).days,
    )


def _may(found: Revocation, row: Row, viewer: Viewer, *, changed: bool) -> frozenset[str]:
    if row.state != "open" or viewer.user is None or Duty.PUBLISHER.value not in viewer.duties:
        return frozenset()
    if _obstacle(viewer, Dossier.objects.select_related("enterprise").filter(publication__factor=found.factor).first()) is not None:
        return frozenset()
    same = people.same(viewer.user, found.user_id)
    return frozenset({"drop"}) if same or changed else frozenset({"confirm", "drop"})


def _obstacle(viewer: Viewer, governed: Dossier | None) -> Text | None:
    """Why the viewer keeps away from a version; None where nothing speaks against it."""
    try:
        if governed is not None:
            people.demand(Party.PUBLISHER, viewer, governed)
    except RegistryError as refused:
        return refused.text
    return None
