"""All reads about people and enterprises."""

from zuji.registry.accounts.queries.history import Happened, Page, history
from zuji.registry.accounts.queries.office import Waiting, enterprises_to_confirm, for_office
from zuji.registry.accounts.queries.organisation import (
    ClientRow,
    DelegationRow,
    EnterpriseHome,
    Identity,
    InvitationRow,
    MemberRow,
    SiteRow,
    clients,
    delegations,
    enterprise,
    invitations,
    members,
    sites,
)
from zuji.registry.accounts.queries.people import (
    Delegated,
    Member,
    delegations_to,
    enterprise_by_uscc,
    memberships,
    user_by_email,
    viewer,
    viewer_of_client,
)
from zuji.registry.accounts.queries.tokens import OpenInvitation, OpenRegistration, invitation, registration

__all__ = [
    "ClientRow",
    "Delegated",
    "DelegationRow",
    "EnterpriseHome",
    "Happened",
    "Identity",
    "InvitationRow",
    "Member",
    "MemberRow",
    "OpenInvitation",
    "OpenRegistration",
    "Page",
    "SiteRow",
    "Waiting",
    "clients",
    "delegations",
    "delegations_to",
    "enterprise",
    "enterprise_by_uscc",
    "enterprises_to_confirm",
    "for_office",
    "history",
    "invitation",
    "invitations",
    "members",
    "memberships",
    "registration",
    "sites",
    "user_by_email",
    "viewer",
    "viewer_of_client",
]
