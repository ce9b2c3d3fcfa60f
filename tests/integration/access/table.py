"""The table of ``docs/access.md``: what comes of every request for everybody, as the file says and as the site does."""

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from tests.integration.access.places import Asked
from tests.integration.access.tenant import ROLES, Tenant

FILE = Path(__file__).resolve().parents[3] / "docs" / "access.md"
WRITTEN = "✎"
SIGN_IN = "→ sign-in"
REFUSED = frozenset({SIGN_IN, "401", "403", "404", "405"})
_ASIDE = re.compile(r'(?:INTO|UPDATE|FROM)\s+"(?:django_session|zuji_cache|usersessions_\w+)"')
_WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


def expected() -> dict[str, dict[str, str]]:
    """The table of the file: outcome by role, by the request's name."""
    rows = [line for line in FILE.read_text("utf-8").splitlines() if line.startswith("| `")]
    table = {}
    for row in rows:
        key, *outcomes = [cell.strip() for cell in row.strip("|").split("|")]
        table[key.strip("`")] = dict(zip(ROLES, outcomes, strict=True))
    assert len(table) == len(rows), "a request stands twice in docs/access.md"
    return table


def row(asked: Asked, outcomes: Mapping[str, str]) -> str:
    """A line of the file."""
    return f"| `{asked.key}` | " + " | ".join(outcomes[role] for role in ROLES) + " |"


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is undone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def same_session(client: Client) -> Iterator[Client]:
    """The client, which keeps its session although a page signs it out."""
    before = copy.deepcopy(client.cookies)
    yield client
    client.cookies = before


def outcome(asked: Asked, role: str, tenant: Tenant, kept: Mapping[str, int], address: str = "") -> str:
    """What comes of a request: its status, whether it leads to the sign-in page, and a pen where something was written."""
    with undone(), same_session(tenant.sees(role)) as client, writes() as written:
        answer = asked.ask(client, tenant, address)
        changed = bool(written) and content() != kept
    return told(answer) + (f" {WRITTEN}" if changed else "")


def told(answer: Any) -> str:
    if answer.status_code == 302 and answer.headers["Location"].startswith(("/account/login/", "/en/account/login/")):
        return SIGN_IN
    return str(answer.status_code)


@contextmanager
def writes() -> Iterator[list[str]]:
    """The statements that write, but for sessions and counters."""
    seen: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if _WRITE.match(sql) and not _ASIDE.search(sql):
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield seen


def content() -> dict[str, int]:
    """A number for everything that the registry keeps in each of its tables; equal numbers, equal content."""
    kept = {}
    for model in apps.get_models():
        if not model.__module__.startswith("zuji.registry.") or model.__module__.startswith("zuji.registry.factors"):
            continue
        fields = [field.attname for field in model._meta.concrete_fields if field.get_internal_type() != "BinaryField"]
        kept[model._meta.label] = hash(frozenset(map(str, model._default_manager.values_list(*fields))))
    return kept


def plain(answer: Any, replaced: Sequence[tuple[str, str]] = ()) -> tuple[int, dict[str, str], str]:
    """An answer without what differs between any two: the time, the request's number, the form's token, and the address itself."""
    headers = {name: value for name, value in answer.headers.items() if name not in {"Expires", "Date", "X-Request-ID", "Content-Length"}}
    body = b"".join(answer) if answer.streaming else answer.content
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body.decode("utf-8", "replace"))
    for one, other in replaced:
        text = text.replace(one, other)
        headers = {name: value.replace(one, other) for name, value in headers.items()}
    return answer.status_code, headers, text
