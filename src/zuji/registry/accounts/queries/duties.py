"""Who does what for the platform, and which accounts are one person's."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from zuji.registry.accounts.models import Duty, Membership, RealName, User
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.refusals import NotFound
from zuji.workflow.duties import Duty as DutyName


@dataclass(frozen=True, slots=True)
class Appointment:
    """A duty in force. ``scope`` lists the categories that it covers (none: all)."""

    appointment: int
    user: int
    name: str
    email: str
    duty: str
    organisation: str
    uscc: str
    scope: tuple[str, ...]
    since: datetime.datetime


@dataclass(frozen=True, slots=True)
class Account:
    """An account as an operator sees it before appointing: ``confirmed`` where its person showed a document."""

    user: int
    name: str
    email: str
    operator: bool
    confirmed: bool


def appointments(*, viewer: Viewer) -> list[Appointment]:
    """Every duty in force, by duty and name.

    Raises:
        NotFound: the viewer is no operator.
    """
    if not (viewer.system or viewer.operator):
        raise NotFound
    rows = Duty.objects.filter(ended=None, user__is_active=True).select_related("user").order_by("duty", "user__name", "pk")
    return [_appointment(row) for row in rows]


def holders(duty: DutyName) -> list[Appointment]:
    """Those who hold ``duty`` now and whose account is open."""
    rows = Duty.objects.filter(duty=duty.value, ended=None, user__is_active=True).select_related("user").order_by("user__name", "pk")
    return [_appointment(row) for row in rows]


def account(email: str, *, viewer: Viewer) -> Account:
    """The open account with this address.

    Raises:
        NotFound: the viewer is no operator, or there is none.
    """
    found = User.objects.filter(email__iexact=email.strip(), is_active=True).first() if viewer.system or viewer.operator else None
    if found is None:
        raise NotFound
    confirmed = RealName.objects.filter(user=found).exists()
    return Account(found.pk, found.name, found.email, found.operator, confirmed)


def person_keys(users: Collection[int]) -> dict[int, str]:
    """What stands for the person behind each account: two accounts of one person have the same. An account nobody confirmed stands for itself."""
    kept = dict(RealName.objects.filter(user__in=users).values_list("user_id", "document_key"))
    return {user: kept.get(user) or f"user:{user}" for user in users}


def confirmed_people(users: Collection[int]) -> frozenset[int]:
    """Those of the accounts whose person showed a document."""
    return frozenset(RealName.objects.filter(user__in=users).values_list("user_id", flat=True))


def same_person(one: int, other: int) -> bool:
    """Whether two accounts are one person's, as far as papers say."""
    keys = person_keys({one, other})
    return keys[one] == keys[other]


def enterprises_of_person(user: int) -> frozenset[int]:
    """The enterprises for which the person behind an account acts, through any of their accounts."""
    return enterprises_of_people([user])[user]


def enterprises_of_people(users: Collection[int]) -> dict[int, frozenset[int]]:
    """By account, the enterprises for which the person behind it acts, through any of their accounts. Three questions, however many people."""
    keys = dict(RealName.objects.filter(user__in=users).values_list("user_id", "document_key"))
    mine: defaultdict[str, set[int]] = defaultdict(set)
    for user, key in RealName.objects.filter(document_key__in=set(keys.values())).values_list("user_id", "document_key"):
        mine[key].add(user)
    accounts = {user: {user, *mine[keys[user]]} if user in keys else {user} for user in users}
    act: defaultdict[int, set[int]] = defaultdict(set)
    for user, enterprise in Membership.objects.filter(user__in=set().union(*accounts.values())).values_list("user_id", "enterprise_id"):
        act[user].add(enterprise)
    return {user: frozenset().union(*(act[each] for each in own)) for user, own in accounts.items()}


def _appointment(row: Duty) -> Appointment:
    return Appointment(
        row.pk, row.user_id, row.user.name, row.user.email, row.duty, row.organisation, row.uscc, tuple(row.scope), row.appointed
    )
