from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Form, Router
from ninja.errors import AuthenticationError

from zuji.registry.accounts import queries as accounts
from zuji.web.api.shapes import Token
from zuji.web.api.signing_in import SECONDS, new_token, shown_credentials
from zuji.web.api.throttles import TOKEN

router = Router(tags=["token"])


@router.post("/token", response=Token, auth=None, throttle=[TOKEN], operation_id="token", url_name="token")
def token(
    request: HttpRequest,
    grant_type: Annotated[Literal["client_credentials"], Form()],
    client_id: Annotated[str, Form(max_length=200)] = "",
    client_secret: Annotated[str, Form(max_length=200)] = "",
) -> Token:
    """A token for a program that shows its id and secret, by Basic authentication or in the form."""
    del grant_type
    client, secret = shown_credentials(request) or (client_id, client_secret)
    if accounts.viewer_of_client(client, secret) is None:
        raise AuthenticationError
    return Token(access_token=new_token(client), token_type="Bearer", expires_in=SECONDS)  # noqa: S106  # the name of the kind
