"""Every field of every form and of the interface with hostile text, and with fields that it does not have."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import MULTIPART_CONTENT, encode_multipart

from tests.integration.access.inert import alive
from tests.integration.access.places import Asked, requests
from tests.integration.access.table import same_session, undone
from tests.integration.access.tenant import ANYONE, AUDITOR, OFFICIAL, OPERATOR, OWNER, PROGRAM, SECRET, Tenant
from zuji.registry.accounts.models import ApiClient, Delegation, Enterprise, Invitation, Membership, Registration, Site, User
from zuji.registry.footprints.models import Footprint, Publication, Step, Submission
from zuji.registry.products.models import Attachment, GroupSeen, Product, Version
from zuji.web.access import Access

PAYLOADS = {
    "script": "<script>zjx()</script>",
    "attribute": "\"'><img src=x onerror=zjx()>",
    "closing": "</textarea></title></select></script><svg onload=zjx()>",
    "template": "{{7*7}}{% now 'Y' %}${7*7}",
    "formula": "=cmd|' /C calc'!A0",
    "address": "javascript:zjx()",
    "bidi": "abc\u202e\u2066def",
    "nul": "abc\x00def",
    "line": "abc\r\nBcc: zjx@evil.example",
    "surrogate": "abc\ud800",
    "long": "长" * 10_000,
    "path": "../../../../etc/passwd",
    "number": "9" * 5_000,
}
SLOW = {"POST version-calculate", "POST api:calculations"}
FORMS = [asked for asked in requests() if asked.method in {"POST", "PUT", "PATCH", "DELETE"} and (asked.sent.fields or asked.sent.content)]
forms = pytest.mark.parametrize("asked", FORMS, ids=lambda asked: asked.key)


def sender(asked: Asked) -> str:
    """Who may send it."""
    if asked.access is Access.PROGRAM:
        return PROGRAM
    if asked.access is Access.OPERATOR:
        return OPERATOR
    if asked.access is Access.DUTY:
        return AUDITOR if asked.duties == {"auditor"} else OFFICIAL
    return ANYONE if asked.access is Access.PUBLIC else OWNER


def fields_of(asked: Asked, tenant: Tenant) -> dict[str, Any]:
    found = asked.sent.content if asked.sent.content is not None else asked.sent.fields
    return {name: value(tenant) if callable(value) else value for name, value in found.items()}


def send(client: Client, asked: Asked, tenant: Tenant, fields: Mapping[str, Any]) -> Any:
    address = asked.address(tenant) + ("?field=ammonia" if asked.name == "api:evidence" else "")
    if asked.sent.content is not None:
        body, kind = json.dumps(fields).encode(), "application/json"
    else:
        parts = {name: SimpleUploadedFile("f.txt", value) if isinstance(value, bytes) else value for name, value in fields.items()}
        body, kind = encode_multipart("BoUnDaRyStRiNg", parts), MULTIPART_CONTENT
    return client.generic(asked.method, address, body, kind, headers={"Idempotency-Key": "one-request-0001"})


def varied(fields: Mapping[str, Any], payload: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The same fields with the payload in one of them after the other, also in nested ones and as a name."""
    for name, value in fields.items():
        if isinstance(value, dict):
            yield name, {**fields, name: dict.fromkeys(value, payload)}
            yield f"name in {name}", {**fields, name: {payload: "1"}}
        elif not isinstance(value, bytes):
            yield name, {**fields, name: payload}


@forms
def test_hostile_text_is_refused_or_stays_text(tenant: Tenant, asked: Asked) -> None:
    role = sender(asked)
    for name, payload in PAYLOADS.items():
        if name == "surrogate" and asked.sent.content is None:
            continue  # no browser can send it in a form
        for field, fields in varied(fields_of(asked, tenant), payload):
            with undone(), same_session(tenant.sees(role)) as client:
                answer = send(client, asked, tenant, fields)
                assert answer.status_code < 500, (field, name)
                assert alive(answer) == [], (field, name)
                if answer.status_code == 302:
                    assert "\n" not in answer.headers["Location"]
                    assert alive(client.get(answer.headers["Location"])) == [], (field, name)


EXTRA = {
    "state": "submitted", "status": "submitted", "tenant": "1", "enterprise": "1", "enterprise_id": "1", "uscc": SECRET.uscc, "operator": "on",
    "is_active": "on", "is_staff": "on", "is_superuser": "on", "identity_confirmed": "on", "demonstration": "on", "public": "on",
    "created_by": "user:1", "by": "1", "user": "1", "user_id": "1", "id": "1", "pk": "1", "code": "z" * 26, "number": "77", "case_number": "ZJ-2026-000077",
    "session_epoch": "9", "archived": "on", "total": "1", "result_hash": "sha256:1", "signed_by": "user:1", "permissions": "manage", "product_id": "1",
}  # fmt: skip
# What no form decides: by table, the columns that are compared.
DECIDED: Mapping[Any, tuple[str, ...]] = {
    User: ("email", "is_active", "operator", "session_epoch", "name"),
    Enterprise: ("uscc", "identity_confirmed", "demonstration", "name_zh"),
    Membership: ("user__email", "enterprise__uscc", "role"),
    Invitation: ("enterprise__uscc", "email", "role", "by__email", "revoked__isnull", "accepted__isnull"),
    Delegation: ("enterprise__uscc", "email", "role", "by__email", "products", "expires"),
    ApiClient: ("enterprise__uscc", "role", "created_by__email", "name", "expires"),
    Site: ("enterprise__uscc", "closed", "name_zh"),
    Registration: ("email", "uscc", "name_zh"),
    Product: ("enterprise__uscc", "archived", "created_by", "model", "name_zh", "specification"),
    Version: ("product__name_zh", "number", "model", "revision", "state", "created_by", "answers"),
    GroupSeen: ("version__product__name_zh", "group", "finished"),
    Attachment: ("version__product__name_zh", "key", "by", "removed_by"),
    Footprint: ("enterprise__uscc", "study_id", "number", "total", "demonstration", "created_by", "revision"),
    Publication: ("by",),
    Step: ("version__product__name_zh", "act", "by", "reason"),
    Submission: ("case_number", "prepared_by", "signed_by"),
}


def decided() -> dict[str, list[str]]:
    kept = {}
    for model, columns in DECIDED.items():
        plain = [column for column in columns if not column.endswith("__isnull")]
        kept[model.__name__] = sorted(map(str, model.objects.values_list(*plain)))
    return kept


@forms
def test_fields_that_a_form_does_not_have_change_nothing(tenant: Tenant, asked: Asked) -> None:
    """The same request with and without them leaves the same; the interface refuses them."""
    role, fields = sender(asked), fields_of(asked, tenant)
    extra = {name: value for name, value in EXTRA.items() if name not in fields}
    with undone(), same_session(tenant.sees(role)) as client:
        before = decided()
        plain = send(client, asked, tenant, fields)
        wanted = decided()
    with undone(), same_session(tenant.sees(role)) as client:
        answer = send(client, asked, tenant, {**fields, **extra})
        got = decided()
    if asked.access is Access.PROGRAM and asked.sent.content is not None:
        assert answer.status_code == 422
        assert got == before
        return
    assert answer.status_code == plain.status_code
    assert got == wanted


@pytest.mark.parametrize("asked", [each for each in requests() if each.method == "GET"], ids=lambda asked: asked.key)
def test_hostile_words_in_an_address_are_shown_as_text(tenant: Tenant, asked: Asked) -> None:
    role = sender(asked) if asked.access is not Access.MEMBER else OWNER
    for payload in (PAYLOADS["attribute"], PAYLOADS["closing"], PAYLOADS["long"][:500], "abc\x00", "-1", "9" * 30):
        sent = dict.fromkeys(
            ("q", "query", "page", "kind", "field", "next", "before", "after", "revision", "open", "key", "archived", "version", "model"),
            payload,
        )
        with undone(), same_session(tenant.sees(role)) as client:
            answer = client.get(asked.address(tenant), sent)
            assert answer.status_code < 500, payload[:30]
            assert alive(answer) == [], payload[:30]


@pytest.mark.parametrize(
    "place", ["/v1/products?query=a%00b", "/v1/factors?query=%00", "/factors/?q=%00", "/factors/a%00b/", "/v1/factors/a%00b/1"]
)
def test_a_nul_in_an_address_breaks_nothing(tenant: Tenant, place: str) -> None:
    assert tenant.sees(PROGRAM).get(place).status_code in {200, 400, 404, 422}
