"""All writes about people and enterprises. Each checks permission and state, changes, and records, in one transaction."""

from zuji.registry.accounts.operations.clients import MadeClient, make_client, make_own_client, revoke_client, revoke_own_client
from zuji.registry.accounts.operations.delegations import delegate, revoke_delegation
from zuji.registry.accounts.operations.duties import appoint, confirm_person, end_duty
from zuji.registry.accounts.operations.enterprises import (
    add_site,
    change_enterprise,
    change_site,
    close_site,
    register_enterprise,
    register_own_enterprise,
    reopen_site,
)
from zuji.registry.accounts.operations.identity import appoint_operator, confirm_identity, dismiss_operator, refuse_identity
from zuji.registry.accounts.operations.invitations import (
    Invited,
    accept_as_new_person,
    accept_invitation,
    invite,
    mail_again,
    revoke_invitation,
)
from zuji.registry.accounts.operations.members import add_member, change_role, leave, remove_member
from zuji.registry.accounts.operations.people import close_account, create_user, password_changed, rename_person
from zuji.registry.accounts.operations.record import export_record, read_record, verify_record
from zuji.registry.accounts.operations.registration import Begun, begin_registration, complete_registration

__all__ = [
    "Begun",
    "Invited",
    "MadeClient",
    "accept_as_new_person",
    "accept_invitation",
    "add_member",
    "add_site",
    "appoint",
    "appoint_operator",
    "begin_registration",
    "change_enterprise",
    "change_role",
    "change_site",
    "close_account",
    "close_site",
    "complete_registration",
    "confirm_identity",
    "confirm_person",
    "create_user",
    "delegate",
    "dismiss_operator",
    "end_duty",
    "export_record",
    "invite",
    "leave",
    "mail_again",
    "make_client",
    "make_own_client",
    "password_changed",
    "read_record",
    "refuse_identity",
    "register_enterprise",
    "register_own_enterprise",
    "remove_member",
    "rename_person",
    "reopen_site",
    "revoke_client",
    "revoke_delegation",
    "revoke_invitation",
    "revoke_own_client",
    "verify_record",
]
