"""Where pages come from: a server of the contract, a file that was delivered, or nowhere, which is how it is today."""

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from typing import Protocol

from zuji.connectors.national.contract import MOST_BYTES, BadAnswer, Page, read_page

Fetch = Callable[[str, Mapping[str, str]], tuple[int, bytes]]
"""Address and headers to status and body. Raises ``OSError`` where nothing answers."""

TIMEOUT = 30.0


class NothingPublished(RuntimeError):
    """There is no interface to ask."""


class NationalDatabase(Protocol):
    """A source of pages. ``name`` tells it apart from others in the list of synchronisations."""

    @property
    def name(self) -> str: ...

    def page(self, cursor: str) -> Page:
        """The page after a cursor (empty: the first). Raises :class:`BadAnswer`, ``OSError`` or :class:`NothingPublished`."""
        ...


class NotPublished:
    """The state of things: the national database has published no interface."""

    name = "none"

    def page(self, cursor: str) -> Page:
        """Always raises :class:`NothingPublished`."""
        del cursor
        raise NothingPublished("the national database has published no interface; the contract is our own proposal")


class NationalFile:
    """One page delivered as a file, such as an extract that was handed over."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = f"file:{name[:80]}"
        self._data = data

    def page(self, cursor: str) -> Page:
        """The file as the only page."""
        if cursor:
            raise BadAnswer("a file has one page")
        found = read_page(self._data)
        if found.next is not None:
            raise BadAnswer("next: a file has one page")
        return found


class HttpNational:
    """A server that keeps the contract: ``GET ADDRESS/v1/factors?limit=…&after=…`` with a bearer token, over https."""

    def __init__(self, address: str, *, token: str = "", limit: int = 500, fetch: Fetch | None = None) -> None:
        """Raises ``ValueError`` for an address that is not https."""
        if urllib.parse.urlsplit(address).scheme != "https":
            raise ValueError(f"{address[:80]}: an https address")
        self.name = address.rstrip("/")[:200]
        self._token, self._limit, self._fetch = token, limit, fetch or over_the_network

    def page(self, cursor: str) -> Page:
        """The page after a cursor. A status other than 200 is a :class:`BadAnswer`; the token is in no message."""
        asked = {"limit": str(self._limit), **({"after": cursor} if cursor else {})}
        headers = {"Accept": "application/json", **({"Authorization": f"Bearer {self._token}"} if self._token else {})}
        status, body = self._fetch(f"{self.name}/v1/factors?{urllib.parse.urlencode(asked)}", headers)
        if status != 200:
            raise BadAnswer(f"status {status}")
        return read_page(body)


def over_the_network(address: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
    """Ask a server; a redirect is not followed, for the token would go with it."""
    request = urllib.request.Request(address, headers=dict(headers))  # noqa: S310  # https, checked where the source is made
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=TIMEOUT) as answer:
            return answer.status, answer.read(MOST_BYTES + 1)
    except urllib.error.HTTPError as error:
        return error.code, b""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:  # None: it is not followed
        return None
