"""An enterprise from inside: who may act for it, where it produces, and what it has entrusted to others."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from zuji.engine.text import Text
from zuji.registry.accounts.models import ApiClient, Delegation, Enterprise, IdentityCheck, Invitation, Membership, Role, Site
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.refusals import NotFound
from zuji.workflow.permissions import Permission


@dataclass(frozen=True, slots=True)
class Identity:
    """Whether the enterprise is who it says: ``state`` is confirmed, refused or waiting; ``reason`` says why it was refused."""

    state: str
    reason: str = ""
    at: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class EnterpriseHome:
    """What an enterprise's own people see of it first. ``role`` is empty for a consultant."""

    enterprise: int
    uscc: str
    name: Text
    city: Text
    demonstration: bool
    identity: Identity
    role: str
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MemberRow:
    user: int
    name: str
    email: str
    role: str
    since: datetime.datetime
    sole_owner: bool


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """``state`` is open, expired, accepted or revoked."""

    invitation: int
    email: str
    role: str
    by: str
    expires: datetime.datetime
    state: str


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """``state`` is in_force, expired or revoked; ``person`` is empty while the address has no account. ``products`` None: all."""

    delegation: int
    email: str
    role: str
    products: tuple[str, ...] | None
    by: str
    expires: datetime.date
    state: str


@dataclass(frozen=True, slots=True)
class ClientRow:
    """``state`` is in_force, expired or revoked."""

    client_id: str
    name: str
    role: str
    by: str
    created: datetime.datetime
    expires: datetime.date
    state: str


@dataclass(frozen=True, slots=True)
class SiteRow:
    site: int
    name: Text
    address: str
    division: str
    closed: bool


def enterprise(*, viewer: Viewer, uscc: str) -> EnterpriseHome:
    """An enterprise as its own people, or a consultant for all of its products, see it.

    Raises:
        NotFound: there is none, or it is not theirs.
    """
    found = _own(viewer, uscc, Permission.VIEW)
    role = viewer.roles.get(found.pk, "")
    owners = Membership.objects.filter(enterprise=found, role=Role.OWNER, user__is_active=True).order_by("created", "pk")
    return EnterpriseHome(
        enterprise=found.pk,
        uscc=found.uscc,
        name=Text(found.name_zh, found.name_en),
        city=Text(found.city_zh, found.city_en),
        demonstration=found.demonstration,
        identity=identity_of(found),
        role=role,
        owners=tuple(owners.values_list("user__name", flat=True)),
    )


@dataclass(frozen=True, slots=True)
class ProgramsEnterprise:
    """The enterprise that a program acts for, and as what."""

    enterprise: int
    uscc: str
    name: Text
    role: str
    identity_confirmed: bool


def enterprise_of_program(*, viewer: Viewer) -> ProgramsEnterprise:
    """The one enterprise that a program acts for. Raises :class:`NotFound` where the viewer is no program."""
    found = Enterprise.objects.filter(pk__in=viewer.roles).first() if viewer.client else None
    if found is None:
        raise NotFound
    return ProgramsEnterprise(
        enterprise=found.pk,
        uscc=found.uscc,
        name=Text(found.name_zh, found.name_en),
        role=viewer.roles[found.pk],
        identity_confirmed=found.identity_confirmed,
    )


def identity_of(enterprise: Enterprise) -> Identity:
    """What the newest check of its papers found; one of another name than today's counts for nothing."""
    if enterprise.demonstration and enterprise.identity_confirmed:
        return Identity("confirmed")
    check = IdentityCheck.objects.filter(enterprise=enterprise).order_by("-pk").first()
    if check is None or check.of_name != enterprise.name_zh:
        return Identity("confirmed" if enterprise.identity_confirmed else "waiting")
    return Identity("confirmed" if enterprise.identity_confirmed else "refused", check.reason, check.at)


def members(*, viewer: Viewer, uscc: str) -> list[MemberRow]:
    """Who acts for the enterprise. For those who manage it."""
    found = _own(viewer, uscc, Permission.MANAGE)
    rows = list(Membership.objects.filter(enterprise=found).select_related("user").order_by("created", "pk"))
    owners = sum(row.role == Role.OWNER for row in rows)
    return [
        MemberRow(
            user=row.user_id,
            name=row.user.name,
            email=row.user.email,
            role=row.role,
            since=row.created,
            sole_owner=row.role == Role.OWNER and owners == 1,
        )
        for row in rows
    ]


def invitations(*, viewer: Viewer, uscc: str) -> list[InvitationRow]:
    """The newest hundred invitations. For those who manage the enterprise."""
    found = _own(viewer, uscc, Permission.MANAGE)
    now = timezone.now()
    return [
        InvitationRow(
            invitation=row.pk,
            email=row.email,
            role=row.role,
            by=row.by.name,
            expires=row.expires,
            state="accepted" if row.accepted else "revoked" if row.revoked else "expired" if row.expires <= now else "open",
        )
        for row in Invitation.objects.filter(enterprise=found).select_related("by").order_by("-pk")[:100]
    ]


def delegations(*, viewer: Viewer, uscc: str) -> list[DelegationRow]:
    """The newest hundred delegations. For those who manage the enterprise."""
    found = _own(viewer, uscc, Permission.MANAGE)
    return [
        DelegationRow(
            delegation=row.pk,
            email=row.email,
            role=row.role,
            products=tuple(row.products) or None,
            by=row.by.name,
            expires=row.expires,
            state=_state(row.revoked, row.expires),
        )
        for row in Delegation.objects.filter(enterprise=found).select_related("by").order_by("-pk")[:100]
    ]


def clients(*, viewer: Viewer, uscc: str) -> list[ClientRow]:
    """The newest hundred programs. For those who manage the enterprise."""
    found = _own(viewer, uscc, Permission.MANAGE)
    return [_client(row) for row in ApiClient.objects.filter(enterprise=found).select_related("created_by").order_by("-pk")[:100]]


def own_clients(*, viewer: Viewer) -> list[ClientRow]:
    """The newest hundred programs that a person made in their own name."""
    rows = ApiClient.objects.filter(enterprise=None, created_by=viewer.user).select_related("created_by").order_by("-pk")[:100]
    return [_client(row) for row in rows]


def _client(row: ApiClient) -> ClientRow:
    return ClientRow(
        client_id=row.client_id,
        name=row.name,
        role=row.role,
        by=row.created_by.name,
        created=row.created,
        expires=row.expires,
        state=_state(row.revoked, row.expires),
    )


def sites(*, viewer: Viewer, uscc: str) -> list[SiteRow]:
    """Where the enterprise produces; closed ones last."""
    found = _own(viewer, uscc, Permission.VIEW)
    return [
        SiteRow(site=row.pk, name=Text(row.name_zh, row.name_en), address=row.address, division=row.division, closed=row.closed)
        for row in Site.objects.filter(enterprise=found).order_by("closed", "created", "pk")
    ]


def _state(revoked: datetime.datetime | None, expires: datetime.date) -> str:
    if revoked:
        return "revoked"
    return "expired" if expires < timezone.localdate() else "in_force"


def _own(viewer: Viewer, uscc: str, permission: Permission) -> Enterprise:
    found = Enterprise.objects.filter(uscc=uscc).first()
    if found is None:
        raise NotFound
    viewer.demand(permission, enterprise=found.pk)
    return found
