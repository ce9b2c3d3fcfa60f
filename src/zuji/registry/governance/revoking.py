"""Revocation of a published version by two publishers: what the first saw is what the second confirms, or nothing is done."""

import datetime

from django.db import transaction

from zuji.engine.canonical import digest
from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, one_after_the_other, record
from zuji.registry.codes import new_code
from zuji.registry.factors.models import FactorVersion, Standing
from zuji.registry.factors.operations import set_standing
from zuji.registry.governance import notices, people
from zuji.registry.governance.models import Dossier, Revocation, RevocationDecision
from zuji.registry.governance.moving import advance, locked, moment, reasoned
from zuji.registry.governance.publishing import APPROVAL_HOLDS, demand_digest
from zuji.registry.governance.refusals import NotImpartial, StateConflict
from zuji.registry.jobs.republishing import republish
from zuji.registry.refusals import NotAllowed, NotFound, Refused
from zuji.workflow.duties import Duty
from zuji.workflow.factor import REVOCATION_REASONS, Act, Party


@transaction.atomic
def propose_revocation(
    *,
    viewer: Viewer,
    reference: str,
    reason_code: str,
    reason: str,
    preview: str,
    seen: str | None = None,
    now: datetime.datetime | None = None,
) -> str:
    """A publisher wants a published version (``id@version``) revoked; the code under which another one confirms it before it expires.

    ``preview`` is the digest of the dry run that they looked at, ``seen`` what :func:`standing_digest` said of the version on that page. The same
    proposal of the same person again, as a form sent twice makes it, is the one that is there.

    Raises:
        NotFound: there is no such version.
        NotAllowed, NotImpartial: they are no publisher, or have another part in its dossier.
        StateConflict: it is revoked, was changed since it was looked at, or another revocation of it waits to be confirmed.
    """
    at = moment(now)
    user = _publisher(viewer)
    factor = version(reference)
    _demand_impartial(viewer, factor)
    if reason_code not in REVOCATION_REASONS:
        raise Refused(Text("请选择撤销的原因。", "Choose why it is revoked."))
    demand_digest(preview)
    kept = reasoned(reason, needed=True)
    one_after_the_other()
    _demand_not_revoked(factor)
    if seen is not None and seen != standing_digest(factor):
        raise _moved()
    sealed = seal(factor, reason_code=reason_code, reason=kept, preview=preview)
    here = Revocation.objects.filter(factor=factor, decision=None, expires__gt=at).first()
    if here is not None:
        if (here.user_id, here.digest) == (user, sealed):
            return here.code
        raise StateConflict(
            Text("已有一份撤销该版本的提议等待确认。", "Another proposal to revoke this version waits to be confirmed."),
            state="revocation_proposed",
        )
    made = Revocation.objects.create(
        code=new_code(), factor=factor, reason_code=reason_code, reason=kept, preview=preview, digest=sealed, user_id=user, at=at,
        expires=at + APPROVAL_HOLDS,
    )  # fmt: skip
    _record(viewer, factor, state="revocation_proposed", reason_code=reason_code, digest=sealed)
    notices.announce_revocation(made)
    return made.code


@transaction.atomic
def confirm_revocation(*, viewer: Viewer, code: str, preview: str, seen: str | None = None, now: datetime.datetime | None = None) -> None:
    """Another publisher confirms a revocation: the version enters no new calculation. What was calculated with it stays, and its owners are told.

    ``preview`` and ``seen`` are the digests on the page: of the dry run that was kept, and of the proposal.

    Raises:
        NotFound: there is no such proposal.
        NotAllowed, NotImpartial: they are no publisher, the one who proposed it, or have another part in the dossier.
        StateConflict: it has expired, was decided already, was proposed on another preview, or something became of the version since.
    """
    at = moment(now)
    user = _publisher(viewer)
    one_after_the_other()
    found = _held(code)
    _demand_impartial(viewer, found.factor)
    if people.same(user, found.user_id):
        raise NotImpartial(Text("撤销须由另一位发布人确认。", "A revocation is confirmed by another publisher."))
    _demand_open(found, at)
    _demand_not_revoked(found.factor)
    if found.preview != preview or (seen is not None and seen != found.digest):
        raise StateConflict(
            Text(
                "您看到的不是所提议的内容或影响预览。请重新打开，看过之后再确认。",
                "What you looked at is not what was proposed. Open it again, then confirm.",
            ),
            state="revocation_proposed",
        )
    if found.digest != seal(found.factor, reason_code=found.reason_code, reason=found.reason, preview=found.preview):
        raise _moved()
    stands_in = replacement(found.factor)
    RevocationDecision.objects.create(revocation=found, confirmed=True, user_id=user, at=at)
    set_standing(found.factor, "revoked", by=viewer.name, at=at, reason_code=found.reason_code, reason=found.reason)
    governed = locked().filter(publication__factor=found.factor).first()
    if governed is not None:
        advance(governed, Act.REVOKE, viewer=viewer, now=at, reason=found.reason)
    _record(viewer, found.factor, state="revoked", reason_code=found.reason_code, digest=found.digest)
    republish(publication=found.code, changes={str(found.factor): stands_in})


@transaction.atomic
def drop_revocation(*, viewer: Viewer, code: str, reason: str, now: datetime.datetime | None = None) -> None:
    """A publisher takes a proposed revocation back, or does not confirm another's, with the reason: the version stays in force.

    Raises:
        NotFound: there is no such proposal.
        NotAllowed, NotImpartial: as for a confirmation, but that one may drop what one proposed.
        StateConflict: it was decided already, or has expired.
    """
    at = moment(now)
    user = _publisher(viewer)
    one_after_the_other()
    found = _held(code)
    _demand_impartial(viewer, found.factor)
    kept = reasoned(reason, needed=True)
    _demand_open(found, at)
    RevocationDecision.objects.create(revocation=found, confirmed=False, reason=kept, user_id=user, at=at)
    _record(viewer, found.factor, state="revocation_dropped", reason_code=found.reason_code, digest=found.digest)


def version(reference: str) -> FactorVersion:
    """The published version ``id@version``. Raises :class:`NotFound`."""
    if "\0" in reference:  # no version is called so, and PostgreSQL refuses to be asked
        raise NotFound
    factor_id, _, number = reference.rpartition("@")
    found = FactorVersion.objects.filter(factor_id=factor_id, version=number).first()
    if found is None:
        raise NotFound
    return found


def replacement(factor: FactorVersion) -> str | None:
    """What stands in for a version that is revoked: the version that superseded it, or that one's successor, unless it is revoked; None: nothing."""
    at, seen = factor, {factor.pk}
    while True:
        after = Standing.objects.filter(factor=at, state="superseded").values_list("superseded_by", flat=True).first()
        factor_id, _, number = (after or "").rpartition("@")
        successor = FactorVersion.objects.filter(factor_id=factor_id, version=number).first()
        if successor is None or successor.pk in seen:
            break
        at = successor
        seen.add(at.pk)
    if at == factor or Standing.objects.filter(factor=at, state="revoked").exists():
        return None
    return str(at)


def standing_digest(factor: FactorVersion) -> str:
    """SHA-256 of a version and of what has become of it, in hexadecimal: another whenever anything has."""
    return digest(_standing(factor))


def seal(factor: FactorVersion, *, reason_code: str, reason: str, preview: str) -> str:
    """SHA-256 of what a revocation is signed on, in hexadecimal."""
    return digest(
        {
            "zuji": "revocation/1",
            **_standing(factor),
            "stands_in": replacement(factor),
            "why": reason_code,
            "reason": reason,
            "preview": preview,
        }
    )


def _standing(factor: FactorVersion) -> dict[str, object]:
    rows = Standing.objects.filter(factor=factor).order_by("pk").values_list("state", "superseded_by", "reason")
    return {"factor": str(factor), "content": factor.digest, "became": [list(row) for row in rows]}


def _held(code: str) -> Revocation:
    found = Revocation.objects.select_related("factor").select_for_update(of=("self",)).filter(pk=code).first()
    if found is None:
        raise NotFound
    return found


def _demand_open(found: Revocation, at: datetime.datetime) -> None:
    decision = RevocationDecision.objects.filter(revocation=found).first()
    if decision is not None and decision.confirmed:
        raise StateConflict(Text("该版本已撤销。", "This version is revoked already."), state="revoked")
    if decision is not None:
        raise StateConflict(Text("这份提议已作罢。", "This proposal was dropped."), state="dropped")
    if found.expires <= at:
        raise StateConflict(
            Text("撤销提议已过期，须重新提议。", "The proposal has expired: the revocation is to be proposed anew."), state="expired"
        )


def _demand_not_revoked(factor: FactorVersion) -> None:
    if Standing.objects.filter(factor=factor, state="revoked").exists():
        raise StateConflict(Text("该版本已撤销。", "This version is revoked already."), state="revoked")


def _demand_impartial(viewer: Viewer, factor: FactorVersion) -> None:
    """Who reviewed a version, or belongs to who submitted it, does not decide on its revocation."""
    governed = Dossier.objects.select_related("enterprise").filter(publication__factor=factor).first()
    if governed is not None:
        people.demand(Party.PUBLISHER, viewer, governed)


def _moved() -> StateConflict:
    return StateConflict(
        Text(
            "提议之后该版本的状态有变动，所签的已不是现在的内容。请重新打开，看过之后再决定。",
            "Something became of this version since: what was looked at is not what stands here now. Open it again, then decide.",
        ),
        state="moved",
    )


def _publisher(viewer: Viewer) -> int:
    if viewer.user is None or Duty.PUBLISHER.value not in viewer.duties:
        raise NotAllowed(Text("这一步由发布人办理。", "This step takes the duty of publisher."))
    return viewer.user


def _record(viewer: Viewer, factor: FactorVersion, **details: str) -> None:
    record(action=Action.FACTOR_STANDING_CHANGED, actor=viewer.name, subject=f"factor:{factor}", details=details)
