"""The table of roles: what each may do, written out once more as people would say it."""

import pytest

from zuji.registry.accounts.models import Role
from zuji.workflow.permissions import DELEGATED, PERMISSIONS, Permission, delegated, permitted

SAID = {
    "owner": "view create edit sign_off manage",
    "editor": "view create edit",
    "approver": "view sign_off",
    "viewer": "view",
}


def test_the_table_is_what_people_say() -> None:
    assert {role: {p.value for p in held} for role, held in PERMISSIONS.items()} == {role: set(text.split()) for role, text in SAID.items()}
    assert {role.value for role in Role} == set(PERMISSIONS)


def test_a_consultant_never_signs_manages_or_creates() -> None:
    assert not {Permission.SIGN_OFF, Permission.MANAGE, Permission.CREATE} & frozenset().union(*DELEGATED.values())


@pytest.mark.parametrize("permission", list(Permission))
def test_nobody_and_unknown_roles_have_nothing(permission: Permission) -> None:
    assert not permitted(None, permission)
    assert not permitted("emperor", permission)
    assert not delegated("owner", permission)


def test_whoever_may_do_something_may_look() -> None:
    assert all(Permission.VIEW in held for held in (*PERMISSIONS.values(), *DELEGATED.values()))
