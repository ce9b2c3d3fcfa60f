"""What protects every answer and every session, and that no address can be guessed."""

import math
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests import cast
from tests.integration.access.places import OPEN, PLACES, requests
from tests.integration.access.table import same_session, undone
from tests.integration.access.tenant import ANYONE, MEMBERS, OWNER, PROGRAM, RIVAL, WORD, Tenant
from zuji.registry import codes
from zuji.registry.codes import new_code
from zuji.web.access import Access

ALL = requests()
CODE = re.compile(rf"[{codes.ALPHABET}]{{26}}")
# What stands in addresses without being secret: it opens nothing, because who may see the thing is asked each time (test_table.py).
COUNTED = {
    "enterprises/<uscc>", "office/<uscc>", "members/<user>", "invitations/<invitation>", "sites/<site>", "delegations/<delegation>",
    "/v<number>", "versions/<number>", "cases/<number>", "cases/<case>",
    "successors/<publication>", "publications/<publication>", "previews/<digest>", "duties/<appointment>", "contribute/<uscc>", "letters/<step>",
}  # fmt: skip


def guarded(answer: Any) -> list[str]:
    """The headers that are missing from an answer."""
    wanted = {
        "Content-Security-Policy": r".*\bdefault-src '(self|none)'(;.*)?",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ".+",
        "Cache-Control": ".+",
        "X-Request-ID": "[0-9a-f]{16}",
    }
    return [name for name, value in wanted.items() if not re.fullmatch(value, answer.headers.get(name, ""))]


@pytest.mark.parametrize("role", [ANYONE, OWNER, PROGRAM])
def test_every_answer_is_guarded(tenant: Tenant, role: str) -> None:
    for asked in ALL:
        with undone(), same_session(tenant.sees(role)) as client:
            answer = client.generic(asked.method, asked.address(tenant))
            assert guarded(answer) == [], asked.key
            assert "unsafe" not in answer.headers["Content-Security-Policy"], asked.key
            assert not {"Server", "X-Powered-By"} & set(answer.headers), asked.key
            private = answer.status_code < 400 and role != ANYONE and asked.access is not Access.PUBLIC
            if private and (asked.access is Access.PROGRAM) == (role == PROGRAM):
                assert "no-store" in answer.headers["Cache-Control"], asked.key


def test_errors_are_guarded_too(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False)
    places = ["/nothing/", "/en/nothing/", "/v1/nothing", "/%00", "/footprints/%F0%28/", f"/evidence/{'z' * 26}", "/static/nothing.css"]
    answers = [client.get(place) for place in places]
    answers += [client.put("/"), client.post("/v1/products", "{", "application/json"), client.get("/", headers={"Host": "evil.example"})]

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("zuji.web.pages.home.views.render", fail)
    monkeypatch.setattr("zuji.registry.models.queries.catalogue", fail)
    answers += [client.get("/"), client.get("/v1/models")]
    assert [answer.request["PATH_INFO"] for answer in answers if answer.status_code not in {400, 401, 404, 405, 500}] == []
    assert 500 in {answer.status_code for answer in answers}
    for answer in answers:
        assert [name for name in guarded(answer) if name != "Cache-Control"] == [], answer.request["PATH_INFO"]
        assert "Traceback" not in answer.content.decode("utf-8", "replace")
        assert "RuntimeError" not in answer.content.decode("utf-8", "replace")


def test_cookies_are_for_this_site_and_no_script(tenant: Tenant) -> None:
    cookies = tenant.sees(OWNER).cookies
    assert {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} <= set(cookies) | {settings.CSRF_COOKIE_NAME}
    for name, cookie in cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
        assert cookie["path"] == "/", name
        assert not cookie["domain"], name
    assert 0 < settings.SESSION_COOKIE_AGE <= 24 * 3600


def test_signing_in_and_out_changes_the_session(tenant: Tenant) -> None:
    """A session that somebody planted is not the one of the person who signs in with it."""
    client = Client()
    client.get("/account/login/")
    client.cookies[settings.SESSION_COOKIE_NAME] = "planted0000000000000000000000000"
    with undone():
        client.post("/account/login/", {"login": MEMBERS[OWNER], "password": cast.PASSWORD})
        signed_in = client.cookies[settings.SESSION_COOKIE_NAME].value
        assert signed_in != "planted0000000000000000000000000"
        assert client.get("/account/").status_code == 200
        kept = Client()
        kept.cookies[settings.SESSION_COOKIE_NAME] = signed_in
        client.post("/account/logout/")
        assert kept.get("/account/").status_code == 302


def test_a_session_of_one_person_does_not_become_another_s(tenant: Tenant) -> None:
    with undone(), same_session(tenant.sees(RIVAL)) as client:
        before = client.cookies[settings.SESSION_COOKIE_NAME].value
        client.post("/account/logout/")
        client.post("/account/login/", {"login": MEMBERS[OWNER], "password": cast.PASSWORD})
        assert client.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_the_interface_takes_no_session_and_the_pages_no_token(tenant: Tenant) -> None:
    for asked in ALL:
        if asked.access is Access.PROGRAM and asked.name not in OPEN:
            for headers in ({}, {"Authorization": "Bearer nothing"}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer "}):
                answer = Client(headers=headers).generic(asked.method, asked.address(tenant))
                assert answer.status_code == 401, asked.key
                assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_codes_cannot_be_guessed() -> None:
    made = {new_code() for _ in range(2000)}
    assert len(made) == 2000
    assert all(CODE.fullmatch(code) for code in made)
    assert codes.LENGTH * math.log2(len(codes.ALPHABET)) >= 128
    used = {place: {code[place] for code in made} for place in range(codes.LENGTH)}
    assert all(letters == set(codes.ALPHABET) for letters in used.values()), "every letter in every place"


def test_every_thing_in_an_address_has_such_a_code_or_is_asked_for_by_right(tenant: Tenant) -> None:
    for key, place in PLACES.items():
        if place.missing is not None and key not in COUNTED:
            assert not isinstance(place.thing, str), key
            assert CODE.fullmatch(place.thing(tenant)), key


def test_counting_through_the_numbers_opens_nothing(tenant: Tenant) -> None:
    rival = tenant.sees(RIVAL)
    year = tenant.submitted.case.split("-")[1]
    tried = [f"/cases/ZJ-{year}-{n:06d}/" for n in range(8)] + [f"/products/{tenant.draft.code}/v{n}/" for n in range(1, 4)]
    tried += [
        f"/enterprises/{tenant.rival['uscc']}/{kind}/{n}/"
        for kind in ("sites", "members")
        for n in range(max(1, tenant.member - 4), tenant.member + 3)
    ]
    answers = {place: rival.get(place).status_code for place in tried}
    opened = {place for place, status in answers.items() if status == 200}
    assert opened <= {place for place in tried if "/members/" in place}
    for place in opened:
        assert WORD not in rival.get(place).content.decode()
