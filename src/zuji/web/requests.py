"""Each request has a number: in every line that is logged meanwhile, in the answer's ``X-Request-ID``, and on the page of a fault."""

import logging
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar

from django.conf import settings
from django.db import Error as AnyDatabaseError
from django.http import HttpRequest, HttpResponseBase

CURRENT: ContextVar[str] = ContextVar("request", default="")
_log = logging.getLogger("zuji.web")


class RequestLog:
    """The outermost middleware: one line for each request, when it has been answered.

    The line names the route, never the address: an address may hold a code that opens something, or what somebody searched for.
    A number that a client sends is not taken over, so that nobody can put words into the log.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began, number = time.perf_counter(), secrets.token_hex(8)
        token = CURRENT.set(number)
        try:
            response = self.answer(request)
            response.headers["X-Request-ID"] = number
            self._write(request, response.status_code, began)
            return response
        finally:
            CURRENT.reset(token)

    def _write(self, request: HttpRequest, status: int, began: float) -> None:
        match = request.resolver_match
        static = match is None and request.path.startswith(settings.STATIC_URL)
        level = logging.ERROR if status >= 500 else logging.DEBUG if static else logging.INFO
        user = None
        with suppress(AnyDatabaseError):  # known already where a page was answered; where the database is gone it stays unknown
            user = None if static or not hasattr(request, "user") else request.user.pk
        said = {
            "method": request.method if request.method in _METHODS else "other",
            "route": match.view_name if match is not None else "static" if static else "none",
            "status": status,
            "ms": round(1000 * (time.perf_counter() - began)),
            "user": user,
        }
        _log.log(level, "request.answered", extra=said)


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}  # a client may send any word
