from dataclasses import dataclass

from zuji.engine.text import Text
from zuji.registry.accounts.models import Enterprise, Membership, User
from zuji.registry.accounts.viewer import ANYONE, Viewer


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


def viewer(user: int | None) -> Viewer:
    """The person with this number, with what they may see; without a number, nobody in particular."""
    if user is None:
        return ANYONE
    roles = dict(Membership.objects.filter(user=user, user__is_active=True).values_list("enterprise_id", "role"))
    return Viewer(user=user, roles=roles)


def memberships(user: int) -> list[Member]:
    """The enterprises that a person acts for."""
    rows = Membership.objects.filter(user=user).select_related("enterprise").order_by("enterprise__name_zh")
    return [_member(row.enterprise, row.role) for row in rows]


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
