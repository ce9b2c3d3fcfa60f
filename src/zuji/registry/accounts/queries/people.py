import datetime
import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from zuji.engine.text import Text
from zuji.registry.accounts.models import ApiClient, Delegation, Duty, Enterprise, Membership, User
from zuji.registry.accounts.tokens import hashed
from zuji.registry.accounts.viewer import ANYONE, Grant, Viewer
from zuji.workflow.permissions import PERMISSIONS, Permission, permitted

SIGNS_FOR = datetime.timedelta(hours=12)
"""So long after a person made a program in their own name it signs publications for them: longer, and nobody can say that they are there."""


@dataclass(frozen=True, slots=True)
class Member:
    """An enterprise as its member sees it."""

    enterprise: int
    uscc: str
    name: Text
    city: Text
    role: str
    demonstration: bool
    identity_confirmed: bool


@dataclass(frozen=True, slots=True)
class Delegated:
    """What an enterprise entrusted to a consultant: products by their codes, or all of them (None), to the end of a day."""

    uscc: str
    name: Text
    role: str
    products: tuple[str, ...] | None
    expires: datetime.date


def viewer(user: int | None) -> Viewer:
    """The person with this number, with what they may see now; without a number, nobody in particular. Four questions to the database."""
    known = User.objects.filter(pk=user, is_active=True).values_list("email", "operator").first() if user is not None else None
    if known is None:
        return ANYONE if user is None else Viewer(user=user)
    email, operator = known
    roles = dict(Membership.objects.filter(user=user).values_list("enterprise_id", "role"))
    grants = tuple(
        Grant(enterprise=enterprise, role=role, products=frozenset(products) if products else None)
        for enterprise, role, products in _in_force(email).values_list("enterprise_id", "role", "products")
    )
    duties = frozenset(Duty.objects.filter(user=user, ended=None).values_list("duty", flat=True))
    return Viewer(user=user, roles=roles, grants=grants, operator=operator, duties=duties)


def viewer_of_client(client_id: str, secret: str | None = None) -> Viewer | None:
    """The program with this id, with what it may do now; None where there is none, or none any more.

    With ``secret`` it has to be the right one too: the comparison takes the same time for every wrong one, known id or not.
    Without, for a program that showed its secret before and comes back with what it was given for it.
    """
    found = ApiClient.objects.filter(client_id=client_id).select_related("created_by").first()
    kept = found.secret_hash if found is not None else hashed("nobody")
    right = secret is None or hmac.compare_digest(kept, hashed(secret))
    if found is None or not right or found.revoked or found.expires < timezone.localdate() or not found.created_by.is_active:
        return None
    if found.enterprise_id is not None:
        return Viewer(roles={found.enterprise_id: found.role}, client=found.client_id)
    duties = frozenset(Duty.objects.filter(user=found.created_by, ended=None).values_list("duty", flat=True))
    there = timezone.now() - found.created <= SIGNS_FOR
    return Viewer(user=found.created_by_id, client=found.client_id, duties=duties, signs=there)


def memberships(user: int) -> list[Member]:
    """The enterprises that a person acts for."""
    rows = Membership.objects.filter(user=user).select_related("enterprise").order_by("enterprise__name_zh")
    return [_member(row.enterprise, row.role) for row in rows]


def delegations_to(user: int) -> list[Delegated]:
    """What enterprises have entrusted to a person, as far as it is in force."""
    email = User.objects.filter(pk=user, is_active=True).values_list("email", flat=True).first()
    rows = _in_force(email).select_related("enterprise").order_by("enterprise__name_zh", "pk") if email else ()
    return [
        Delegated(
            uscc=row.enterprise.uscc,
            name=Text(row.enterprise.name_zh, row.enterprise.name_en),
            role=row.role,
            products=tuple(row.products) or None,
            expires=row.expires,
        )
        for row in rows
    ]


def _in_force(email: str) -> QuerySet[Delegation]:
    return Delegation.objects.filter(email=email.lower(), revoked=None, expires__gte=timezone.localdate())


def _member(enterprise: Enterprise, role: str) -> Member:
    return Member(
        enterprise=enterprise.pk,
        uscc=enterprise.uscc,
        name=Text(enterprise.name_zh, enterprise.name_en),
        city=Text(enterprise.city_zh, enterprise.city_en),
        role=role,
        demonstration=enterprise.demonstration,
        identity_confirmed=enterprise.identity_confirmed,
    )


def enterprise_by_uscc(uscc: str) -> int | None:
    """The number of the enterprise with this code."""
    return Enterprise.objects.filter(uscc=uscc).values_list("pk", flat=True).first()


def user_by_email(email: str) -> int | None:
    """The number of the person with this address."""
    return User.objects.filter(email__iexact=email).values_list("pk", flat=True).first()


def names(written: Iterable[str]) -> dict[str, str]:
    """What people and programs are called whom the audit chain and histories name by number or id; the platform itself has no name here."""
    wanted = set(written)
    people = [int(name.removeprefix("user:")) for name in wanted if name.startswith("user:")]
    programs = [name.removeprefix("client:") for name in wanted if name.startswith("client:")]
    found: dict[str, str] = {}
    if people:
        found |= {f"user:{pk}": name for pk, name in User.objects.filter(pk__in=people).values_list("pk", "name")}
    if programs:
        rows = ApiClient.objects.filter(client_id__in=programs).values_list("client_id", "name", "enterprise", "created_by__name")
        found |= {f"client:{client}": name if enterprise else f"{person}（{name}）" for client, name, enterprise, person in rows}
    return found


def members_who_may(permission: Permission, *, enterprise: int) -> list[int]:
    """The numbers of the members of an enterprise who have a permission there and whose account is open."""
    roles = [role for role in PERMISSIONS if permitted(role, permission)]
    rows = Membership.objects.filter(enterprise=enterprise, role__in=roles, user__is_active=True)
    return list(rows.order_by("user_id").values_list("user_id", flat=True))


def email_of(user: int) -> str | None:
    """Where a person gets letters; None where their account is closed."""
    return User.objects.filter(pk=user, is_active=True).values_list("email", flat=True).first()
