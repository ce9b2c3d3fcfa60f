import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from zuji.engine.text import Text
from zuji.registry.accounts.entries import Entries
from zuji.registry.accounts.models import Invitation, Membership, Role
from zuji.registry.accounts.operations.locks import locked, managed, person
from zuji.registry.accounts.operations.members import join
from zuji.registry.accounts.operations.people import create_user
from zuji.registry.accounts.tokens import hashed, new_token
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.refusals import NotFound, Refused

VALID_FOR = datetime.timedelta(days=14)
OPEN_AT_MOST = 100  # per enterprise: an owner cannot send letters without end


@dataclass(frozen=True, slots=True)
class Invited:
    """The two links of an invitation: one for the owner to copy, one that only the letter holds."""

    email: str
    enterprise: Text
    token: str
    mailed: str
    expires: datetime.datetime


@transaction.atomic
def invite(*, viewer: Viewer, enterprise: int, email: str, role: str) -> Invited:
    """Ask the person with an address to act for the enterprise. An open invitation to the same address is replaced.

    Raises:
        Unfit: see ``faults``.
        Refused: too many invitations are open.
    """
    kept = managed(viewer, enterprise)
    entries = Entries()
    address = entries.email("email", email)
    entries.chosen("role", role, frozenset(Role.values))
    if "email" not in entries.faults and Membership.objects.filter(enterprise=kept, user__email__iexact=address).exists():
        entries.fault("email", Text("该邮箱的持有人已是企业成员。", "The person with this address is a member already."))
    entries.settle()
    now = timezone.now()
    Invitation.objects.filter(enterprise=kept, email=address, revoked=None, accepted=None).update(revoked=now)
    if Invitation.objects.filter(enterprise=kept, revoked=None, accepted=None, expires__gt=now).count() >= OPEN_AT_MOST:
        raise Refused(
            Text(f"未接受的邀请已达 {OPEN_AT_MOST} 个，请先撤销一些。", f"{OPEN_AT_MOST} invitations are open. Revoke some of them first.")
        )
    made = Invited(
        email=address, enterprise=Text(kept.name_zh, kept.name_en), token=new_token(), mailed=new_token(), expires=now + VALID_FOR
    )
    row = Invitation.objects.create(
        enterprise=kept,
        email=address,
        role=role,
        token_hash=hashed(made.token),
        mailed_hash=hashed(made.mailed),
        by=person(viewer),
        expires=made.expires,
    )
    record(action=Action.INVITATION_MADE, actor=viewer.name, subject=f"invitation:{row.pk}", enterprise=kept.uscc, details={"role": role})
    return made


@transaction.atomic
def revoke_invitation(*, viewer: Viewer, enterprise: int, invitation: int) -> None:
    """The links lead nowhere from now on.

    Raises:
        Refused: it was accepted or revoked already.
    """
    kept = managed(viewer, enterprise)
    found = Invitation.objects.filter(pk=invitation, enterprise=kept).first()
    if found is None:
        raise NotFound
    if found.accepted or found.revoked:
        raise Refused(Text("该邀请已被接受或撤销。", "The invitation was accepted or revoked already."))
    found.revoked = timezone.now()
    found.save(update_fields=["revoked"])
    record(action=Action.INVITATION_REVOKED, actor=viewer.name, subject=f"invitation:{found.pk}", enterprise=kept.uscc)


@transaction.atomic
def mail_again(*, token: str) -> Invited:
    """A new letter to the address that was invited, for somebody who has the copied link and no account. The letter before leads nowhere.

    Raises:
        NotFound: the link is not one that can be followed.
    """
    found = _open(token, mailed=False)
    made = Invited(
        email=found.email,
        enterprise=Text(found.enterprise.name_zh, found.enterprise.name_en),
        token=token,
        mailed=new_token(),
        expires=found.expires,
    )
    found.mailed_hash = hashed(made.mailed)
    found.save(update_fields=["mailed_hash"])
    record(action=Action.INVITATION_MAILED, actor="anonymous", subject=f"invitation:{found.pk}", enterprise=found.enterprise.uscc)
    return made


@transaction.atomic
def accept_invitation(*, viewer: Viewer, token: str) -> str:
    """The person who is signed in acts for the enterprise from now on; its code.

    Raises:
        NotFound: the link is not one that can be followed.
        Refused: the invitation is for another address, or they are a member already.
    """
    found = _open(token)
    who = person(viewer)
    if who.email.lower() != found.email:
        raise Refused(
            Text(
                "这份邀请发给了另一个邮箱。请用受邀邮箱的账户登录后再接受。",
                "This invitation was sent to another address. Sign in with the account of that address to accept it.",
            )
        )
    _accept(found, who.pk)
    return found.enterprise.uscc


@transaction.atomic
def accept_as_new_person(*, token: str, name: str, password: str) -> int:
    """Make the account of the invited person, who read the letter, and the membership with it; the person's number.

    Raises:
        NotFound: the link is not one that can be followed.
        Unfit: see ``faults``.
    """
    found = _open(token, mailed=True)
    made = create_user(actor="anonymous", email=found.email, name=name, password=password)
    _accept(found, made)
    return made


def _open(token: str, *, mailed: bool | None = None) -> Invitation:
    """The open invitation that a link belongs to, locked with its enterprise. Enterprise first: the order in which everybody locks."""
    rows = Invitation.objects.filter(revoked=None, accepted=None, expires__gt=timezone.now())
    if mailed is None:
        rows = rows.filter(token_hash=hashed(token)) | rows.filter(mailed_hash=hashed(token))
    else:
        rows = rows.filter(**{"mailed_hash" if mailed else "token_hash": hashed(token)})
    enterprise = rows.values_list("enterprise_id", flat=True).first()
    if enterprise is None:
        raise NotFound
    kept = locked(enterprise)
    found = rows.filter(enterprise=kept).select_related("enterprise").first()  # anew: whoever held the lock may have used it
    if found is None:
        raise NotFound
    return found


def _accept(invitation: Invitation, user: int) -> None:
    join(invitation.enterprise, actor=f"user:{user}", user=user, role=invitation.role)
    invitation.accepted, invitation.accepted_by_id = timezone.now(), user
    invitation.save(update_fields=["accepted", "accepted_by"])
