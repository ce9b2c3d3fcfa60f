"""Who acts: the program behind a request, and the one enterprise that it acts for."""

from typing import cast

from django.http import HttpRequest

from zuji.registry.accounts.viewer import Viewer
from zuji.registry.refusals import NotFound


def program(request: HttpRequest) -> Viewer:
    """The program that sent the request."""
    return cast("Viewer", request.auth)  # type: ignore[attr-defined]  # set where the token was checked


def enterprise_of(viewer: Viewer) -> int:
    """The enterprise that a program acts for. Raises :class:`NotFound` where it acts for none."""
    for enterprise in viewer.roles:
        return enterprise
    raise NotFound
