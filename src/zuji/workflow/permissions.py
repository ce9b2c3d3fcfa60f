"""Who may do what for an enterprise: one table from role to permissions, and nothing else that decides it.

>>> sorted(permission.value for permission in PERMISSIONS["approver"])
['sign_off', 'view']
"""

from collections.abc import Mapping
from enum import StrEnum


class Permission(StrEnum):
    """What can be permitted. What a person may not view looks to them as if it did not exist."""

    VIEW = "view"  # read a product with its versions, results, evidence and history
    CREATE = "create"  # add products to the enterprise
    EDIT = "edit"  # answers, evidence, calculations, asking for sign-off
    SIGN_OFF = "sign_off"  # sign a version on behalf of the enterprise, or return it
    MANAGE = "manage"  # members, invitations, sites, delegations, programs, the enterprise's own data


_VIEW = frozenset({Permission.VIEW})
_EDIT = _VIEW | {Permission.EDIT}

PERMISSIONS: Mapping[str, frozenset[Permission]] = {
    "owner": frozenset(Permission),
    "editor": _EDIT | {Permission.CREATE},
    "approver": _VIEW | {Permission.SIGN_OFF},
    "viewer": _VIEW,
}
"""What a member of an enterprise may do, by role."""

DELEGATED: Mapping[str, frozenset[Permission]] = {"editor": _EDIT, "viewer": _VIEW}
"""What an outside consultant may do under a delegation, by its role: never sign, manage or create."""


def permitted(role: str | None, permission: Permission) -> bool:
    """Whether a member of ``role`` (None: not a member) has ``permission``; an unknown role has none."""
    return permission in PERMISSIONS.get(role or "", frozenset())


def delegated(role: str, permission: Permission) -> bool:
    """Whether a delegation of ``role`` gives ``permission``; an unknown role gives none."""
    return permission in DELEGATED.get(role, frozenset())
