from django.db import transaction

from zuji.engine.text import Text
from zuji.registry.accounts.models import Enterprise, Membership, Role
from zuji.registry.accounts.operations.endings import end_clients, end_sessions
from zuji.registry.accounts.operations.locks import another_owner, locked, managed, person
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit.operations import Action, record
from zuji.registry.refusals import NotFound, Refused
from zuji.workflow.permissions import Permission, permitted


@transaction.atomic
def add_member(*, actor: str, enterprise: int, user: int, role: str) -> None:
    """``user`` acts for ``enterprise`` as ``role`` from now on. Not for pages: there people come by invitation.

    Raises:
        Refused: there is no such role, or the person is a member already.
    """
    join(locked(enterprise), actor=actor, user=user, role=role)


def join(enterprise: Enterprise, *, actor: str, user: int, role: str) -> None:
    """The same inside a transaction in which the enterprise is locked."""
    if role not in Role.values:
        raise Refused(Text(f"没有“{role}”这一角色。", f"There is no role {role!r}."))
    if Membership.objects.filter(user=user, enterprise=enterprise).exists():
        raise Refused(Text("该用户已是企业成员。", "This person is a member of the enterprise already."))
    Membership.objects.create(user_id=user, enterprise=enterprise, role=role)
    record(action=Action.MEMBER_ADDED, actor=actor, subject=f"user:{user}", enterprise=enterprise.uscc, details={"role": role})


@transaction.atomic
def change_role(*, viewer: Viewer, enterprise: int, user: int, role: str) -> None:
    """A member acts as ``role`` from now on. One who may no longer manage loses the programs that they set up.

    Raises:
        Refused: there is no such role, or the enterprise would have no owner left.
    """
    kept = managed(viewer, enterprise)
    found = _membership(kept, user)
    if role not in Role.values:
        raise Refused(Text("请选择角色。", "Choose a role."))
    if found.role == role:
        return
    if found.role == Role.OWNER:
        another_owner(kept, without=user)
    before, found.role = found.role, role
    found.save(update_fields=["role"])
    if permitted(before, Permission.MANAGE) and not permitted(role, Permission.MANAGE):
        end_clients(user, enterprise=enterprise)
    record(
        action=Action.MEMBER_CHANGED,
        actor=viewer.name,
        subject=f"user:{user}",
        enterprise=kept.uscc,
        details={"before": before, "role": role},
    )


@transaction.atomic
def remove_member(*, viewer: Viewer, enterprise: int, user: int) -> None:
    """A member acts for the enterprise no more; their sessions end at once.

    Raises:
        Refused: the enterprise would have no owner left.
    """
    kept = managed(viewer, enterprise)
    _part(kept, viewer, user, Action.MEMBER_REMOVED)


@transaction.atomic
def leave(*, viewer: Viewer, enterprise: int) -> None:
    """The person who asks acts for the enterprise no more; their sessions end at once.

    Raises:
        Refused: the enterprise would have no owner left.
    """
    if enterprise not in viewer.roles:
        raise NotFound
    kept = locked(enterprise)
    _part(kept, viewer, person(viewer).pk, Action.MEMBER_LEFT)


def _part(enterprise: Enterprise, viewer: Viewer, user: int, action: Action) -> None:
    found = _membership(enterprise, user)
    if found.role == Role.OWNER:
        another_owner(enterprise, without=user)
    found.delete()
    ended = end_clients(user, enterprise=enterprise.pk)
    end_sessions(user)
    record(
        action=action,
        actor=viewer.name,
        subject=f"user:{user}",
        enterprise=enterprise.uscc,
        details={"role": found.role, "clients_revoked": ended},
    )


def _membership(enterprise: Enterprise, user: int) -> Membership:
    found = Membership.objects.filter(enterprise=enterprise, user=user).first()
    if found is None:
        raise NotFound
    return found
