"""What ends at once when a person leaves an enterprise or the platform: their sessions, and the programs that they set up."""

from django.db.models import F
from django.utils import timezone

from zuji.registry.accounts.models import ApiClient, User


def end_sessions(user: int) -> None:
    """Every session of the person has ended with the next request."""
    User.objects.filter(pk=user).update(session_epoch=F("session_epoch") + 1)


def end_clients(user: int, *, enterprise: int | None = None) -> int:
    """Revoke the programs that the person set up, for one enterprise or for all; their number."""
    clients = ApiClient.objects.filter(created_by=user, revoked=None)
    if enterprise is not None:
        clients = clients.filter(enterprise=enterprise)
    return clients.update(revoked=timezone.now())
