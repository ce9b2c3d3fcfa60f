"""One writer at a time for one enterprise, and the permission as it is once the lock is held."""

from zuji.engine.text import Text
from zuji.registry.accounts.models import Enterprise, Membership, Role, User
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.refusals import NotFound, Refused
from zuji.workflow.permissions import Permission


def locked(enterprise: int) -> Enterprise:
    """The enterprise, whose members nobody else changes until the transaction ends.

    On PostgreSQL by the row's lock (one that leaves others free to add rows that refer to it); on SQLite because every transaction is
    IMMEDIATE. Whoever locks several things locks enterprises by their numbers, then people, then the audit chain.

    Raises:
        NotFound: there is none of that number.
    """
    found = Enterprise.objects.select_for_update(no_key=True).filter(pk=enterprise).first()
    if found is None:
        raise NotFound
    return found


def managed(viewer: Viewer, enterprise: int) -> Enterprise:
    """The enterprise, locked, where the viewer may manage it: also now, not only when the page was asked for.

    Raises:
        NotFound, NotAllowed: see ``Viewer.demand``.
    """
    viewer.demand(Permission.MANAGE, enterprise=enterprise)
    found = locked(enterprise)
    if viewer.user is not None and not viewer.system:
        role = Membership.objects.filter(user=viewer.user, enterprise=found).values_list("role", flat=True).first()
        now = Viewer(user=viewer.user, roles={} if role is None else {enterprise: role})
        now.demand(Permission.MANAGE, enterprise=enterprise)
    return found


def another_owner(enterprise: Enterprise, *, without: int) -> None:
    """Nothing where the enterprise has an owner besides the person ``without``.

    Raises:
        Refused: it would have nobody left who can manage it.
    """
    owners = Membership.objects.filter(enterprise=enterprise, role=Role.OWNER, user__is_active=True)
    if not owners.exclude(user=without).exists():
        raise Refused(
            Text(
                f"“{enterprise.name_zh}”只有这一位负责人。请先指定另一位负责人。",
                f"{enterprise.name_en} has no other owner. Make somebody else an owner first.",
            )
        )


def person(viewer: Viewer) -> User:
    """The person who acts, locked.

    Raises:
        NotFound: nobody is signed in, or the account was closed meanwhile.
    """
    found = User.objects.select_for_update(no_key=True).filter(pk=viewer.user, is_active=True).first() if viewer.user is not None else None
    if found is None:
        raise NotFound
    return found
