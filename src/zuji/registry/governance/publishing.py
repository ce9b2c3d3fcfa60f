"""Publication by two people, each bound to the hash of exactly what they saw; and what time does to a published version."""

import datetime
import json

from django.db import transaction
from django.utils import timezone

from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.codes import new_code
from zuji.registry.factors.gate import subject_of
from zuji.registry.factors.models import FactorVersion
from zuji.registry.factors.operations import publish_version, set_standing
from zuji.registry.governance import people
from zuji.registry.governance.content import Content
from zuji.registry.governance.models import Approval, Dossier, Opinion, Publication, Tick
from zuji.registry.governance.moving import advance, demand, demand_seen, held, locked, moment
from zuji.registry.governance.refusals import NotImpartial, StateConflict
from zuji.registry.jobs.republishing import republish
from zuji.registry.refusals import NotAllowed, Refused
from zuji.workflow.factor import TERMS, Act, Party, State

APPROVAL_HOLDS = datetime.timedelta(days=TERMS[State.SIGNED_ONCE])
_DIGEST = 64


@transaction.atomic
def sign(*, viewer: Viewer, dossier: str, seen: str, preview: str, now: datetime.datetime | None = None) -> datetime.datetime:
    """The first signature, for exactly the content ``seen`` and the impact ``preview`` (both SHA-256, hexadecimal); when it expires.

    Raises:
        NotAllowed, NotImpartial, StateConflict: as for every step; also where the content is not what was seen.
        EvidenceAltered: a document is not on disk as it was handed in.
    """
    at = moment(now)
    found = held(viewer, dossier)
    if found.state == State.SIGNED_ONCE.value and _approval(found).expires <= at:
        people.demand(Party.PUBLISHER, viewer, found)
        advance(found, Act.LAPSE, viewer=None, now=at)
    demand(viewer, found, Act.SIGN)
    _demand_exact(found, seen, preview)
    if viewer.user is None:
        raise NotAllowed(Text("签发由本人办理。", "A person signs."))
    made = Approval.objects.create(
        dossier=found, cycle=found.cycle, digest=found.digest, preview=preview, user_id=viewer.user, at=at, expires=at + APPROVAL_HOLDS
    )
    advance(found, Act.SIGN, viewer=viewer, now=at, due=made.expires)
    return made.expires


@transaction.atomic
def unsign(*, viewer: Viewer, dossier: str, reason: str, now: datetime.datetime | None = None) -> None:
    """A publisher takes the first signature back, with the reason: to look at a newer preview, or at something they missed."""
    found = held(viewer, dossier)
    demand(viewer, found, Act.UNSIGN)
    advance(found, Act.UNSIGN, viewer=viewer, now=moment(now), reason=reason)


@transaction.atomic
def return_unpublished(*, viewer: Viewer, dossier: str, reason: str, seen: str | None = None, now: datetime.datetime | None = None) -> None:
    """A publisher returns a dossier in place of signing it."""
    found = held(viewer, dossier)
    if found.state not in (State.AWAITING.value, State.SIGNED_ONCE.value):
        people.demand(Party.PUBLISHER, viewer, found)
        raise StateConflict(Text("这份因子不在签发环节。", "This factor does not await publication."), state=found.state)
    demand(viewer, found, Act.RETURN)
    demand_seen(found, seen)
    advance(found, Act.RETURN, viewer=viewer, now=moment(now), reason=reason)


@transaction.atomic
def publish(*, viewer: Viewer, dossier: str, seen: str, preview: str, now: datetime.datetime | None = None) -> str:
    """The second signature, by another person, for exactly what the first was given for; the code of the publication.

    The version is added, the one that it replaces is superseded, and the footprints that rest on that one are recalculated in the background:
    all of it or nothing.

    Raises:
        NotAllowed, NotImpartial, StateConflict: as for every step; also where the first signature is of the same person, has expired, or was
            given for another content or preview.
        EvidenceAltered: a document is not on disk as it was handed in.
    """
    at = moment(now)
    found = held(viewer, dossier)
    demand(viewer, found, Act.PUBLISH)
    approval = _approval(found)
    if viewer.user is None or people.same(viewer.user, approval.user_id):
        raise NotImpartial(Text("复签须由另一人办理。", "The second signature is another person's."))
    if approval.expires <= at:
        raise StateConflict(
            Text("首签已过期，须重新首签。", "The first signature has expired: the factor is to be signed first once more."),
            state=found.state,
        )
    _demand_exact(found, seen, preview)
    if (approval.digest, approval.preview) != (seen, preview):
        raise StateConflict(
            Text(
                "首签所依据的内容或影响预览与您看到的不同。请撤销首签，按新的预览重新签发。",
                "The first signature was given for another content or another preview than you saw. Take it back and sign by the new one.",
            ),
            state=found.state,
        )
    content = Content.of(found.content)
    candidate = content.candidate
    replaced = _replaced(candidate.supersedes)
    row = publish_version(candidate.factor, by=viewer.name, at=at, dossier=found.code, group=subject_of(candidate))
    made = Publication.objects.create(
        code=new_code(),
        dossier=found,
        approval=approval,
        factor=row,
        replaces=replaced,
        content=found.content,
        digest=found.digest,
        preview=preview,
        reviewers=json.dumps(_reviewers(found, viewer.user), separators=(",", ":")),
        user_id=viewer.user,
        at=at,
    )
    advance(found, Act.PUBLISH, viewer=viewer, now=at)
    if replaced is not None:
        reference = candidate.factor.reference
        set_standing(
            replaced, "superseded", by=viewer.name, at=at, superseded_by=reference, reason_code=candidate.reason or "", dossier=found.code
        )
        follow(replaced, Act.SUPERSEDE, at)
        republish(publication=made.code, changes={str(replaced): reference})
    return made.code


@transaction.atomic
def expire_due(*, now: datetime.datetime | None = None, day: datetime.date | None = None) -> int:
    """Note of every version published here whose validity ended before ``day`` (that of ``now``) that it has; how many there were.

    The platform does it daily.
    """
    at = moment(now)
    over = FactorVersion.objects.filter(standings__state="published", valid_to__lt=day or timezone.localdate(at))
    ended = list(over.exclude(standings__state="expired"))
    for factor in ended:
        set_standing(factor, "expired", by="system", at=at)
        follow(factor, Act.EXPIRE, at)
        record(action=Action.FACTOR_STANDING_CHANGED, actor="system", subject=f"factor:{factor}", details={"state": "expired"})
    return len(ended)


def _demand_exact(found: Dossier, seen: str, preview: str) -> None:
    """Nothing where the content is the one seen, sealed and whole on disk, and ``preview`` is a digest."""
    demand_seen(found, seen)
    demand_digest(preview)
    content = Content.of(found.content)
    if content.digest != found.digest:
        raise StateConflict(
            Text("档案内容与其封存的哈希不符，不得签发。", "The content of the dossier does not give its sealed hash: it is not signed."),
            state=found.state,
        )
    content.demand_intact()


def demand_digest(preview: str) -> None:
    if len(preview) != _DIGEST or set(preview) - set("0123456789abcdef"):
        raise Refused(Text("缺少影响预览的哈希。", "The hash of the impact preview is missing."))


def _approval(found: Dossier) -> Approval:
    return Approval.objects.filter(dossier=found, cycle=found.cycle).order_by("-pk")[0]


def _replaced(reference: str) -> FactorVersion | None:
    """The version that is replaced. Raises Refused where there is none of this reference."""
    if not reference:
        return None
    factor_id, _, version = reference.rpartition("@")
    found = FactorVersion.objects.filter(factor_id=factor_id, version=version).first()
    if found is None:
        raise Refused(Text(f"没有发布过“{reference}”。", f"“{reference}” was never published."))
    return found


def follow(factor: FactorVersion, act: Act, at: datetime.datetime) -> None:
    """What happens to a version happens to the dossier that it came from, where it came from one."""
    governed = locked().filter(publication__factor=factor, state=State.PUBLISHED.value).first()
    if governed is not None:
        advance(governed, act, viewer=None, now=at)


def _reviewers(found: Dossier, second: int) -> list[dict[str, str | int]]:
    """Who had which part in the cycle that was published, by the number of the account."""
    ticked = Tick.objects.filter(dossier=found, cycle=found.cycle).order_by("user_id").values_list("user_id", flat=True).distinct()
    opined = Opinion.objects.filter(assignment__dossier=found, assignment__cycle=found.cycle).values_list("assignment__user_id", flat=True)
    parts: list[tuple[Party, int]] = [
        *((Party.CHECKER, user) for user in ticked),
        *((Party.EXPERT, user) for user in sorted(set(opined))),
        (Party.PUBLISHER, _approval(found).user_id),
        (Party.PUBLISHER, second),
    ]
    return [{"party": party.value, "user": user} for party, user in parts]
