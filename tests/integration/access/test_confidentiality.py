"""Canaries: what an enterprise wrote shows to nobody else, anywhere; its secrets to nobody at all; and to its own people it shows as text."""

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail

from tests.integration.access.inert import alive
from tests.integration.access.places import Asked, requests
from tests.integration.access.table import same_session, undone
from tests.integration.access.tenant import (
    ANYONE,
    AUDITOR,
    FOREIGN,
    OFFICIAL,
    OPERATOR,
    OUTSIDERS,
    OWNER,
    PARTNER,
    PROGRAM,
    REMOVED,
    RIVAL,
    SECRET,
    STRANGER,
    WORD,
    Tenant,
    leaks,
    word,
)
from zuji.config.logs import JsonLines
from zuji.registry.accounts.models import ApiClient, Invitation
from zuji.registry.audit.models import Event
from zuji.registry.jobs.models import Job
from zuji.web.access import Access

_ADDRESS = re.compile(r"[\w-]+@secret\.example")
READS = [asked for asked in requests() if asked.method == "GET"]
WRITES = [asked for asked in requests() if asked.method != "GET"]
# What a bearer of a link is told, what an operator checks, and what is entrusted to a consultant of one product.
MEANT = {
    "invitation": ("企业名", "-enterprise-en", "人owner", "-invited"),
    "office-void": ("GEC",),
    "average-contributions": ("企业名", "-enterprise-en"),
    "contribution-read": ("企业名", "-enterprise-en"),
    "register-complete": ("注册", "-register"),
    "impact-preview": ("企业名", "-enterprise-en"),  # to those who decide on publications
    "audit": ("人owner", "人editor", "人approver", "人viewer", "人removed", "程序", "-reader"),  # who did something, to an auditor
    "office-identity": ("企业名", "-enterprise-en", "城市", "-city", "执照", "人owner", "-owner"),
}
# What those who decide on a factor are shown of it, and an auditor after them; that the public statistics name who hands factors in.
_OF_A_DOSSIER = ("企业名", "-enterprise-en", "-factor-file", "因子", "技术", "人editor")
DECIDING = frozenset({OFFICIAL, AUDITOR})
MEANT |= dict.fromkeys(("dossier", "dossier-document", "dossiers", "dossier-history", "dossier-impact"), _OF_A_DOSSIER)
MEANT |= dict.fromkeys(("dossier-statistics", "api:dossier-statistics"), ("企业名", "-enterprise-en"))
FOR = {
    "office-identity": {OPERATOR},
    "audit": {AUDITOR},
    **{name: DECIDING for name in MEANT if name.startswith("dossier") and name != "dossier-statistics"},
}
OF_A_PARTNER = ("产品entrusted", "-product-entrusted", "规格entrusted", "企业名", "-enterprise-en", "人editor")


def text_of(answer: Any) -> str:
    body = b"".join(answer) if answer.streaming else answer.content
    if answer.headers.get("Content-Type", "").startswith("application/json"):
        body = json.dumps(json.loads(body), ensure_ascii=False).encode()
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return f"{headers}\n{body.decode('utf-8', 'replace')}"


def shown(answer: Any, meant: tuple[str, ...] = ()) -> list[str]:
    return [leak for leak in leaks(text_of(answer)) if not any(word(each).lower() in leak.lower() for each in meant)]


def languages(asked: Asked) -> tuple[str, ...]:
    return ("",) if asked.route.startswith(("v1/", "health/")) else ("", "/en")


@pytest.mark.parametrize("role", sorted(OUTSIDERS))
def test_nothing_of_the_enterprise_shows_to_anybody_else(tenant: Tenant, role: str) -> None:
    """Its things' addresses, those of missing things, and the pages of everybody's own."""
    client = tenant.sees(role)
    for asked in READS:
        meant = MEANT.get(asked.name, ()) if role in FOR.get(asked.name, {role}) else ()
        for language in languages(asked)[: 2 if role in {ANYONE, RIVAL, PARTNER} else 1]:
            own = tenant.rival if role in {RIVAL, FOREIGN} else None
            for place in {asked.address(tenant, language=language), asked.address(tenant, language=language, own=own)}:
                with undone(), same_session(client):
                    partner = OF_A_PARTNER if role == PARTNER else ()
                    assert shown(client.get(place), meant + partner) == [], (place, role)


def test_a_consultant_of_one_product_sees_that_one(tenant: Tenant) -> None:
    client = tenant.sees(PARTNER)
    assert word("产品entrusted") in client.get(f"/products/{tenant.entrusted.code}/").content.decode()
    assert shown(client.get("/account/"), OF_A_PARTNER) == []


@pytest.mark.parametrize("role", [ANYONE, RIVAL, STRANGER, OPERATOR, OFFICIAL, AUDITOR, PARTNER, REMOVED, FOREIGN])
def test_a_refused_write_tells_nothing(tenant: Tenant, role: str) -> None:
    client = tenant.sees(role)
    for asked in WRITES:
        if asked.access in {Access.ENTERPRISE, Access.MEMBER, Access.PROGRAM}:
            with undone(), same_session(client):
                assert shown(asked.ask(client, tenant)) == [], asked.key


def test_searching_finds_nothing_of_others(tenant: Tenant) -> None:
    for role in (ANYONE, RIVAL):
        for query in ("产品draft", tenant.draft.code, SECRET.uscc):
            for place in ("/factors/", "/footprints/", f"/enterprises/{tenant.rival['uscc']}/"):
                assert shown(tenant.sees(role).get(place, {"q": query, "query": query})) == []
    listed = tenant.sees(FOREIGN).get("/v1/products", {"query": WORD}).json()
    assert (listed["products"], listed["total"]) == ([], 0)


def test_jobs_events_and_sessions_hold_codes_and_nothing_of_the_content(tenant: Tenant) -> None:
    assert Job.objects.count() > 0
    assert Event.objects.filter(enterprise=SECRET.uscc).count() > 10
    for model in (Job, Event):
        for row in model._default_manager.values():
            assert leaks(json.dumps(row, default=str, ensure_ascii=False)) == [], model
    for session in Session.objects.all():  # which knows its person by their address
        assert leaks(_ADDRESS.sub("", json.dumps(session.get_decoded(), ensure_ascii=False))) == []


@pytest.mark.parametrize("role", [OWNER, PROGRAM])
def test_to_its_own_people_it_shows_as_text_and_its_secrets_not_at_all(tenant: Tenant, role: str) -> None:
    hashed = [*ApiClient.objects.values_list("secret_hash", flat=True), *Invitation.objects.values_list("token_hash", flat=True)]
    seen = set()
    for asked in READS:
        for language in languages(asked):
            with undone(), same_session(tenant.sees(role)) as client:
                answer = client.get(asked.address(tenant, language=language))
            assert alive(answer) == [], asked.key
            text = text_of(answer).replace(asked.address(tenant), "")
            known = {name for name, secret in tenant.secrets.items() if secret in text}
            assert known <= ({"token of an invitation", "token of a registration"} if "<token>" in asked.route else set()), asked.key
            assert not any(each in text for each in hashed), asked.key
            if leaks(text):
                seen.add(asked.name)
    # A test that cannot fail is none: the canaries do show, on most of the pages that show the enterprise's own.
    assert len(seen) >= (8 if role == PROGRAM else 20), seen


def test_secrets_are_kept_nowhere(tenant: Tenant) -> None:
    for model in apps.get_models():
        for row in model._default_manager.values():
            text = json.dumps(row, default=str, ensure_ascii=False)
            assert [name for name, secret in tenant.secrets.items() if secret in text] == [], model


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """What is written to the log, line by line, as the server writes it."""
    lines: list[str] = []

    class Listed(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(JsonLines().format(record))

    handler = Listed()
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


def test_the_log_names_nobody_s_things(tenant: Tenant, logged: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for asked in requests():
        with undone(), same_session(tenant.sees(OWNER)) as client:
            asked.ask(client, tenant)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(word("故障"))

    monkeypatch.setattr("zuji.registry.products.queries.product", fail)
    client, program = tenant.sees(OWNER), tenant.sees(PROGRAM)
    client.raise_request_exception = program.raise_request_exception = False
    try:
        answers = [
            client.get(f"/products/{tenant.draft.code}/"),
            program.get(f"/v1/products/{tenant.draft.code}"),
        ]
    finally:
        client.raise_request_exception = program.raise_request_exception = True
    assert {answer.status_code for answer in answers} == {500}
    assert [leak for answer in answers for leak in leaks(text_of(answer))] == []
    text = "\n".join(logged)
    assert "RuntimeError" in text
    assert leaks(json.dumps([json.loads(line) for line in logged], ensure_ascii=False)) == []
    codes = (tenant.draft.code, tenant.submitted.footprint, tenant.file, *tenant.secrets.values())
    assert [code for code in codes if code in text] == []


def test_letters_go_to_whom_they_were_written(tenant: Tenant) -> None:
    for asked in WRITES:
        with undone(), same_session(tenant.sees(OWNER)) as client:
            mail.outbox.clear()
            asked.ask(client, tenant)
            named = {str(value).lower() for value in asked.sent.fields.values() if not callable(value)}
            for letter in mail.outbox:
                assert set(letter.to) <= named | {f"{word('-invited').lower()}@secret.example"}, asked.key
                meant = ("企业名", "-enterprise-en", "人owner")
                assert [leak for leak in leaks(f"{letter.subject}\n{letter.body}") if not any(word(each) in leak for each in meant)] == []
                assert "\n" not in letter.subject
                assert letter.content_subtype == "plain"
                assert letter.attachments == []
