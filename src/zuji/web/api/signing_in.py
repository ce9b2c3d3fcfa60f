"""Client credentials (RFC 6749 4.4): a program shows id and secret, gets a token for a quarter of an hour, and shows that.

The token only names the program, signed; what the program may do is looked up with every request, so that a revoked one is out at once.
"""

import base64
import binascii
from typing import Any, Literal

from django.core import signing
from django.http import HttpRequest
from ninja.security.base import AuthBase

from zuji.registry.accounts import queries as accounts
from zuji.registry.accounts.viewer import Viewer

SECONDS = 900
_SALT = "zuji.api.token"
_LONGEST = 2000


def new_token(client_id: str) -> str:
    """A token that names a program whose secret was right."""
    return signing.dumps(client_id, salt=_SALT)


class ProgramToken(AuthBase):
    """``Authorization: Bearer …`` with a token of :func:`new_token`."""

    openapi_type = "oauth2"
    openapi_flows: dict[str, Any] = {"clientCredentials": {"tokenUrl": "/v1/token", "scopes": {}}}  # noqa: RUF012  # read by the library

    def __call__(self, request: HttpRequest) -> Viewer | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not 0 < len(token) <= _LONGEST:
            return None
        try:
            client_id = signing.loads(token.strip(), salt=_SALT, max_age=SECONDS)
        except signing.BadSignature:
            return None
        return accounts.viewer_of_client(client_id) if isinstance(client_id, str) else None


class Anybody(ProgramToken):
    """A program by its token, or anybody without one; a token that is not good is told so, not passed over."""

    def __call__(self, request: HttpRequest) -> Viewer | Literal["anybody"] | None:  # type: ignore[override]  # the library takes whatever is true
        if "Authorization" not in request.headers:
            return "anybody"
        return super().__call__(request)


ANYBODY = Anybody()


def shown_credentials(request: HttpRequest) -> tuple[str, str] | None:
    """Id and secret from the Basic header (RFC 7617), or None where it has none."""
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic" or len(encoded) > _LONGEST:
        return None
    try:
        client, colon, secret = base64.b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (client, secret) if colon else None
