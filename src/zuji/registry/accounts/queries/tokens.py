"""What the bearer of a link is shown. A link that cannot be followed any more is like one that never was."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from zuji.engine.text import Text
from zuji.registry.accounts.models import Invitation, Registration
from zuji.registry.accounts.tokens import hashed
from zuji.registry.refusals import NotFound


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """``mailed``: the link is the one from the letter, so its bearer reads the mail of the address, and ``email`` says which that is."""

    enterprise: Text
    role: str
    by: str
    mailed: bool
    email: str


@dataclass(frozen=True, slots=True)
class OpenRegistration:
    email: str
    name: str
    uscc: str
    enterprise: Text


def invitation(token: str) -> OpenInvitation:
    """The invitation that a link belongs to.

    Raises:
        NotFound: accepted, revoked, expired, or never made.
    """
    key = hashed(token)
    found = (
        Invitation.objects.filter(Q(token_hash=key) | Q(mailed_hash=key), revoked=None, accepted=None, expires__gt=timezone.now())
        .select_related("enterprise", "by")
        .first()
    )
    if found is None:
        raise NotFound
    mailed = found.mailed_hash == key
    return OpenInvitation(
        enterprise=Text(found.enterprise.name_zh, found.enterprise.name_en),
        role=found.role,
        by=found.by.name,
        mailed=mailed,
        email=found.email if mailed else "",
    )


def registration(token: str) -> OpenRegistration:
    """The registration that a link in a letter belongs to.

    Raises:
        NotFound: completed, older than a day, or never begun.
    """
    found = Registration.objects.filter(token_hash=hashed(token), expires__gt=timezone.now()).first()
    if found is None:
        raise NotFound
    return OpenRegistration(email=found.email, name=found.name, uscc=found.uscc, enterprise=Text(found.name_zh, found.name_en))
