"""Requests that make something carry an ``Idempotency-Key``: sent twice, they make it once (draft-ietf-httpapi-idempotency-key-header-07)."""

import hashlib
from collections.abc import Callable
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Header, Schema

from zuji.registry.accounts.viewer import Viewer
from zuji.registry.replies.operations import once

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=200,
        pattern=r"^[A-Za-z0-9._:-]+$",
        description="a name of your own for this request, such as a UUID; the same request under it is done once",
    ),
]


def answer_once(request: HttpRequest, viewer: Viewer, key: str, work: Callable[[], tuple[int, Schema]]) -> HttpResponse:
    """The answer of ``work``, or the one given before under ``key``."""
    digest = hashlib.sha256(b"\0".join([str(request.method).encode(), request.get_full_path().encode(), request.body])).hexdigest()

    def done() -> tuple[int, str]:
        status, made = work()
        return status, made.model_dump_json()

    answered = once(client=viewer.name, key=key, request=digest, work=done)
    response = HttpResponse(answered.body, status=answered.status, content_type="application/json; charset=utf-8")
    if answered.again:
        response.headers["Idempotent-Replayed"] = "true"
    return response
