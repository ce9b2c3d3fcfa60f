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
from zuji.workflow.permissions import permitted

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
    "account_reset_password_from_key": lambda _: ("1", "abc-0123"),
    "register-complete": lambda world: (world.registration,),
    "invitation": lambda world: (world.invitation,),
    "invitation-accept": lambda world: (world.invitation,),
    "invitation-mail": lambda world: (world.invitation,),
    "invitation-revoke": lambda world: (cast.CEMENT.uscc, str(world.invitation_number)),
    "member": lambda world: (cast.CEMENT.uscc, str(world.people[cast.LEAVER.email])),
    "member-remove": lambda world: (cast.CEMENT.uscc, str(world.people[cast.LEAVER.email])),
    "site": lambda world: (cast.CEMENT.uscc, str(world.site)),
    "site-close": lambda world: (cast.CEMENT.uscc, str(world.site)),
    "site-reopen": lambda world: (cast.CEMENT.uscc, str(world.site)),
    "delegation-revoke": lambda world: (cast.CEMENT.uscc, str(world.delegation)),
    "client-revoke": lambda world: (cast.CEMENT.uscc, world.client),
    "version-submit": lambda world: (world.product, "1"),
    "product-compare": lambda world: (world.product,),
    "case": lambda world: (world.case,),
    "case-snapshot": lambda world: (world.case,),
    "footprint-reports": lambda world: (world.private,),
    "office-identity": lambda _: (cast.CEMENT.uscc,),
}
OF_ENTERPRISE = (
    "enterprise",
    "enterprise-history",
    "enterprise-leave",
    "enterprise-data",
    "members",
    "sites",
    "site-new",
    "delegations",
    "clients",
    "enterprise-cases",
    "product-new",
)
ARGUMENTS |= {name: lambda _: (cast.CEMENT.uscc,) for name in OF_ENTERPRISE}
OF_PRODUCT = ("product", "product-describe", "product-archive")
ARGUMENTS |= {name: lambda world: (world.product,) for name in OF_PRODUCT}
OF_VERSION = (
    "version",
    "version-answers",
    "version-live",
    "version-session",
    "version-check",
    "version-calculate",
    "version-history",
    "version-restore",
    "version-restore-do",
    "version-new",
    "move-model",
    "move-model-do",
)
ARGUMENTS |= {name: lambda world: (world.product, "1") for name in OF_VERSION}
ARGUMENTS |= {name: lambda world: (world.product, "1", "ammonia") for name in ("version-group", "version-group-save", "version-factors")}


def elsewhere(place: str, world: World) -> str:
    """The same address of things that do not exist."""
    missing = {
        cast.CEMENT.uscc: NOBODY,
        world.private: "z" * 10,
        world.evidence: "z" * 26,
        world.product: "y" * 26,
        world.case: "ZJ-2000-000001",
    }
    for own, other in missing.items():
        place = place.replace(own, other)
    return place


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
METHODS: dict[str, tuple[str, ...]] = {str(pattern.name): getattr(pattern.callback, "methods", ()) for pattern in ALL}
PERMISSIONS = {str(pattern.name): getattr(pattern.callback, "permission", None) for pattern in ALL}
NOBODY = "91350100M000100Y43"  # a well-formed code that no enterprise of the tests has


def read(access: Access) -> list[str]:
    """The addresses of a kind that can be read."""
    return [name for name in BY_ACCESS[access] if "GET" in METHODS[name]]


def address(name: str, world: World) -> str:
    return reverse(name, args=ARGUMENTS[name](world) if name in ARGUMENTS else ())


@pytest.mark.parametrize("pattern", ALL, ids=lambda pattern: str(pattern.name))
def test_every_address_declares_its_access_and_methods(pattern: URLPattern) -> None:
    assert isinstance(getattr(pattern.callback, "access", None), Access)
    assert pattern.name
    assert set(getattr(pattern.callback, "methods", ())) <= {"GET", "HEAD", "POST"}


@pytest.mark.parametrize("name", read(Access.PUBLIC))
def test_public_addresses_answer_everybody(world: World, name: str) -> None:
    assert Client().get(address(name, world)).status_code in {200, 302}


@pytest.mark.parametrize("name", [*read(Access.SIGNED_IN), *read(Access.ENTERPRISE), *read(Access.OPERATOR)])
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
    missing = client.get(elsewhere(address(name, world), world))
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content
    own = {"Expires", "X-Request-ID"}  # of the moment, and of the request
    assert {k: v for k, v in hidden.headers.items() if k not in own} == {k: v for k, v in missing.headers.items() if k not in own}


@pytest.mark.parametrize("name", BY_ACCESS[Access.ENTERPRISE])
def test_a_visitor_is_sent_to_sign_in_whether_the_enterprise_exists_or_not(world: World, name: str) -> None:
    for place in (address(name, world), elsewhere(address(name, world), world)):
        answer = Client().generic(METHODS[name][-1], place)
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/account/login/?next={place if 'GET' in METHODS[name] else '/account/'}"


@pytest.mark.parametrize("name", BY_ACCESS[Access.ENTERPRISE])
@pytest.mark.parametrize("person", [cast.RIVAL_OWNER, cast.CONSULTANT, cast.OPERATOR], ids=["rival", "consultant", "operator"])
def test_another_enterprise_is_a_missing_one(
    world: World, signed_in: Callable[[cast.Person], Client], name: str, person: cast.Person
) -> None:
    client = signed_in(person)
    for method in METHODS[name]:
        hidden = client.generic(method, address(name, world))
        missing = client.generic(method, elsewhere(address(name, world), world))
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content


@pytest.mark.parametrize("name", BY_ACCESS[Access.ENTERPRISE])
@pytest.mark.parametrize("person", [cast.OWNER, cast.EDITOR, cast.APPROVER, cast.VIEWER], ids=lambda person: person.role)
def test_a_role_reaches_what_its_permissions_say(
    world: World, signed_in: Callable[[cast.Person], Client], name: str, person: cast.Person
) -> None:
    permission = PERMISSIONS[name]
    assert permission is not None
    for method in METHODS[name]:
        answer = signed_in(person).generic(method, address(name, world))
        assert (answer.status_code == 403) != permitted(person.role, permission), (method, answer.status_code)
        # Nothing was sent with it: a script's call is malformed then, and what was submitted already refuses to change.
        assert answer.status_code in {200, 302, 400, 403, 409}


@pytest.mark.parametrize("name", BY_ACCESS[Access.OPERATOR])
@pytest.mark.parametrize("person", [cast.OWNER, cast.AUTHORITY, cast.STRANGER], ids=["owner", "authority", "stranger"])
def test_the_office_is_missing_for_all_but_operators(
    world: World, signed_in: Callable[[cast.Person], Client], name: str, person: cast.Person
) -> None:
    for method in METHODS[name]:
        assert signed_in(person).generic(method, address(name, world)).status_code == 404
        assert signed_in(cast.OPERATOR).generic(method, address(name, world)).status_code == 200


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
        asked = language + address(str(pattern.name), world)
        answer = client.get(asked, follow=True)
        text = answer.content.decode(errors="replace")
        assert MARK not in text, pattern.name
        # The sign-in page knows where its visitor wants to go on to.
        known = re.sub(r"next=[^\"&]*", "", text).replace(asked, "") if answer.redirect_chain else re.sub(r"next=[^\"&]*", "", text)
        for code in (world.private, world.evidence, world.product, world.case):
            assert code not in known, pattern.name


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
