"""How often somebody may ask for what costs others something: letters, and registrations."""

from typing import cast

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse


def too_often(request: HttpRequest, action: str, key: str) -> HttpResponse | None:
    """The answer to somebody who asked too often, by their address or by ``key``; None where it is not too often. Counts this time."""
    return cast("HttpResponse | None", ratelimit.consume_or_429(request, action=action, key=key))
