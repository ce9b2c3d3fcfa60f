"""Every address of the site declares who may reach it, and behaves so."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import cast
from tests.integration.conftest import MARK, World
from zuji.registry.accounts.models import User
from zuji.web.access import Access

FACTOR = ("CN-EL-CF-2024-national", "1")
ARGUMENTS: dict[str, Callable[[World], tuple[str, ...]]] = {
    "factor": lambda _: FACTOR,
    "factor-json": lambda _: FACTOR,
    "factor-newest": lambda _: FACTOR[:1],
    "model": lambda _: ("portland-cement",),
    "rule": lambda _: ("cement", "1.0.0"),
    "evidence": lambda world: (world.evidence,),
    "footprint": lambda world: (world.private,),
    "footprint-json": lambda world: (world.private,),
    "footprint-study": lambda world: (world.private,),
    "footprint-report": lambda world: (world.private, "zh", "pdf"),
    "footprint-chart": lambda world: (world.private, "stages"),
    "footprint-drawing": lambda world: (world.private, "stages"),
    "footprint-table": lambda world: (world.private, "stages"),
    "footprint-brief": lambda world: (world.private,),
    "footprint-reproduce": lambda world: (world.private,),
    "compare-choose": lambda world: (world.private,),
    "compare": lambda world: (world.public, world.private),
    "compare-chart": lambda world: (world.private, world.private),
    "compare-drawing": lambda world: (world.private, world.private),
    "compare-table": lambda world: (world.private, world.private),
}


def patterns() -> Iterator[URLPattern]:
    """Every address, also of included lists."""
    waiting: list[URLPattern | URLResolver] = list(get_resolver().url_patterns)
    while waiting:
        found = waiting.pop()
        if isinstance(found, URLResolver):
            waiting.extend(found.url_patterns)
        else:
            yield found


ALL = sorted(patterns(), key=lambda pattern: str(pattern.name))
BY_ACCESS = {access: [str(p.name) for p in ALL if getattr(p.callback, "access", None) is access] for access in Access}


def address(name: str, world: World) -> str:
    return reverse(name, args=ARGUMENTS[name](world) if name in ARGUMENTS else ())


@pytest.mark.parametrize("pattern", ALL, ids=lambda pattern: str(pattern.name))
def test_every_address_declares_its_access_and_methods(pattern: URLPattern) -> None:
    assert isinstance(getattr(pattern.callback, "access", None), Access)
    assert pattern.name
    assert set(getattr(pattern.callback, "methods", ())) <= {"GET", "HEAD", "POST"}


@pytest.mark.parametrize("name", BY_ACCESS[Access.PUBLIC])
def test_public_addresses_answer_everybody(world: World, name: str) -> None:
    assert Client().get(address(name, world)).status_code in {200, 302}


@pytest.mark.parametrize("name", BY_ACCESS[Access.SIGNED_IN])
def test_signed_in_addresses_send_others_to_the_sign_in_page_and_back(world: World, name: str) -> None:
    answer = Client().get(address(name, world))
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/account/login/?next={address(name, world)}"


@pytest.mark.parametrize("name", BY_ACCESS[Access.MEMBER])
@pytest.mark.parametrize("person", [None, cast.RIVAL_OWNER, cast.STRANGER], ids=["anyone", "rival", "stranger"])
def test_another_enterprise_s_thing_is_a_missing_thing(
    world: World, signed_in: Callable[[cast.Person], Client], name: str, person: cast.Person | None
) -> None:
    client = signed_in(person) if person else Client()
    hidden = client.get(address(name, world))
    missing = client.get(address(name, world).replace(world.private, "zzzzzzzzzz").replace(world.evidence, "z" * 26))
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content
    assert {k: v for k, v in hidden.headers.items() if k != "Expires"} == {k: v for k, v in missing.headers.items() if k != "Expires"}


@pytest.mark.parametrize("name", BY_ACCESS[Access.MEMBER])
def test_a_member_reaches_what_is_the_enterprise_s_own(world: World, signed_in: Callable[[cast.Person], Client], name: str) -> None:
    answer = signed_in(cast.VIEWER).get(address(name, world))
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"] or "max-age=0" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("pattern", ALL, ids=lambda pattern: str(pattern.name))
def test_other_methods_are_refused(world: World, pattern: URLPattern) -> None:
    client = Client()
    for method in ("PUT", "DELETE", "PATCH", "POST"):
        if method not in getattr(pattern.callback, "methods", ()):
            assert client.generic(method, address(str(pattern.name), world)).status_code == 405


@pytest.mark.parametrize("person", [None, cast.RIVAL_OWNER], ids=["anyone", "rival"])
@pytest.mark.parametrize("language", ["", "/en"], ids=["zh", "en"])
def test_nothing_private_shows_on_any_page_of_others(
    world: World, signed_in: Callable[[cast.Person], Client], person: cast.Person | None, language: str
) -> None:
    client = signed_in(person) if person else Client()
    for pattern in ALL:
        text = client.get(language + address(str(pattern.name), world), follow=True).content.decode(errors="replace")
        assert MARK not in text, pattern.name
        for code in (world.private, world.evidence):
            assert code not in re.sub(r"next=[^\"&]*", "", text), pattern.name


def test_forms_need_their_token(world: World) -> None:
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {"login": cast.OWNER.email, "password": cast.PASSWORD})
    assert answer.status_code == 403
    assert "无权进行此操作" in answer.content.decode()


def test_signing_out_needs_a_form(world: World, signed_in: Callable[[cast.Person], Client]) -> None:
    client = signed_in(cast.OWNER)
    client.get("/account/logout/")
    assert client.get("/account/").status_code == 200
    client.post("/account/logout/")
    assert client.get("/account/").status_code == 302


def test_after_signing_in_nobody_is_sent_to_another_site(world: World) -> None:
    answer = Client().post("/account/login/?next=https://evil.example/", {"login": cast.OWNER.email, "password": cast.PASSWORD})
    assert answer.headers["Location"] == reverse(settings.LOGIN_REDIRECT_URL)


def test_nobody_signs_up_by_themselves(world: World) -> None:
    assert Client().get("/account/signup/").status_code == 404


def test_a_closed_account_does_not_sign_in(world: World) -> None:
    User.objects.filter(email=cast.BUYER.email).update(is_active=False)
    client = Client()
    answer = client.post("/account/login/", {"login": cast.BUYER.email, "password": cast.PASSWORD})
    assert answer.status_code == 403
    assert "账户已停用" in answer.content.decode()
    assert client.get("/account/").status_code == 302


def test_a_person_who_is_shut_out_sees_nothing_from_then_on(world: World, signed_in: Callable[[cast.Person], Client]) -> None:
    client = signed_in(cast.VIEWER)
    User.objects.filter(email=cast.VIEWER.email).update(is_active=False)
    assert client.get(f"/footprints/{world.private}/").status_code == 404
    assert client.get("/account/").status_code == 302


def test_guessing_passwords_is_stopped(world: World) -> None:
    client = Client()
    answers = [client.post("/en/account/login/", {"login": cast.BANK.email, "password": str(number)}) for number in range(40)]
    assert answers[-1].status_code == 429
    assert "Too many attempts" in answers[-1].content.decode()
    assert any("Too many failed" in answer.content.decode() for answer in answers)
