"""Every address with every method for everybody: what docs/access.md says, what the declarations mean, and another's thing like a missing one."""

import copy
import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.integration.access.places import OPEN, Asked, addresses, requests
from tests.integration.access.table import (
    FILE,
    REFUSED,
    SIGN_IN,
    WRITTEN,
    content,
    expected,
    outcome,
    plain,
    row,
    same_session,
    told,
    undone,
)
from tests.integration.access.tenant import (
    ANYONE,
    AUDITOR,
    FOREIGN,
    INSIDERS,
    OFFICIAL,
    OPERATOR,
    OUTSIDERS,
    PARTNER,
    PEOPLE,
    PROGRAM,
    PROGRAMS,
    READER,
    REMOVED,
    RIVAL,
    ROLES,
    STRANGER,
    Tenant,
    leaks,
    may,
)
from zuji.registry.accounts import operations as accounts
from zuji.registry.accounts import queries as account_queries
from zuji.web.access import Access

ALL = requests()
KEYS = {asked.key: asked for asked in ALL}
EXPECTED = expected()
NOBODY_KNOWN = (ANYONE, REMOVED, *PROGRAMS)  # to a page, a program is nobody
MEMBERS_ONLY = {"enterprise-history", "enterprise-leave"}  # a consultant sees the history of products, and leaves otherwise
BY_ACT = {
    "withdraw": "sign_off",
    "sign": "sign_off",
    "return": "sign_off",
    "ask_sign_off": "edit",
    "take_back": "edit",
    "new_version": "edit",
    "accepted": "edit",
    "dismissed": "edit",
}
OF_A_POST = {"POST footprint-reports": "edit"}
READING_POSTS = {"api:live"}
OF_OFFICIALS = {  # no enterprise's program does these
    "GET api:dossier-experts",
    "GET api:dossier-impact",
    "POST api:dossier-acts return",
    "POST api:spot-check-announce",
    "POST api:spot-check-draw",
}
NAMING_OWN = {
    "POST api:certificates",
    "PUT api:contribution",
    "DELETE api:contribution",
}  # of what the body names, or of one's own: the other has none
every = pytest.mark.parametrize("asked", ALL, ids=lambda asked: asked.key)
of_something = pytest.mark.parametrize("asked", [asked for asked in ALL if asked.of_something], ids=lambda asked: asked.key)


def told_of(asked: Asked) -> dict[str, str]:
    return EXPECTED.get(asked.key, dict.fromkeys(ROLES, "?"))


def needed(asked: Asked) -> str:
    """The permission that a request takes: the address's own, or the one of the act that its form names."""
    return BY_ACT.get(asked.sent.act) or OF_A_POST.get(f"{asked.method} {asked.name}") or asked.permission


@pytest.fixture(scope="module")
def kept(_tenant: Tenant) -> dict[str, int]:
    """What the registry keeps before the first request."""
    return content()


def test_the_table_names_every_request_and_no_other() -> None:
    assert sorted(EXPECTED) == sorted(KEYS)


@every
def test_everybody_gets_what_the_table_says(tenant: Tenant, kept: dict[str, int], asked: Asked) -> None:
    outcomes = {role: outcome(asked, role, tenant, kept) for role in ROLES}
    assert row(asked, outcomes) == row(asked, told_of(asked)), f"judge it, then write it into {FILE}"


# What the table may say at all. A hole in the product is not made right by writing it into the table. ------------------------------------


@pytest.mark.parametrize("key", EXPECTED)
def test_who_is_refused_changes_nothing(key: str) -> None:
    assert [role for role, said in EXPECTED[key].items() if said.removesuffix(WRITTEN).strip() in REFUSED and WRITTEN in said] == []


@every
def test_the_table_says_what_the_declaration_means(asked: Asked) -> None:
    said = EXPECTED.get(asked.key)
    assert said is not None, f"the line is missing in {FILE}"
    match asked.access:
        case Access.PUBLIC:
            assert not set(said.values()) & {"401", "403"}
        case Access.SIGNED_IN:
            assert {said[role] for role in NOBODY_KNOWN} == {SIGN_IN}
        case Access.OPERATOR:
            assert {said[role] for role in NOBODY_KNOWN} == {SIGN_IN}
            assert {said[role] for role in PEOPLE if role not in {*NOBODY_KNOWN, OPERATOR}} == {"404"}
            assert said[OPERATOR].startswith(("200", "302"))
        case Access.DOSSIER:
            assert {said[role] for role in NOBODY_KNOWN} == {SIGN_IN}
            assert {said[role] for role in (PARTNER, RIVAL, OPERATOR, STRANGER)} == {"404"}
            # That somebody from outside read it, or opened a document, is written down.
            assert WRITTEN not in said[AUDITOR] or (asked.method, asked.name) in {("GET", "dossier"), ("GET", "dossier-document")}
            assert WRITTEN not in said["viewer"] or asked.name == "dossier-document"
        case Access.DUTY:
            assert {said[role] for role in NOBODY_KNOWN} == {SIGN_IN}
            assert {said[role] for role in PEOPLE if role not in {*NOBODY_KNOWN, OFFICIAL, AUDITOR}} == {"404"}
            assert (said[AUDITOR] != "404") == ("auditor" in asked.duties)
            assert (said[OFFICIAL] != "404") == bool(asked.duties - {"auditor"})
        case Access.ENTERPRISE | Access.MEMBER:
            unknown = SIGN_IN if asked.access is Access.ENTERPRISE else "404"
            assert {said[role] for role in NOBODY_KNOWN} == {unknown}
            assert {said[role] for role in (PARTNER, RIVAL, OPERATOR, OFFICIAL, AUDITOR, STRANGER)} == {"404"}
            for role in sorted(INSIDERS & set(PEOPLE)):
                if role == "consultant" and asked.name in MEMBERS_ONLY:
                    assert said[role] == "404"
                elif may(role, needed(asked)):
                    assert said[role].startswith(("200", "302")), (role, said[role])
                else:
                    assert said[role] == "403", (role, said[role])
        case Access.PROGRAM if asked.name in OPEN:
            assert len(set(said.values())) == 1
            assert WRITTEN not in said[ANYONE]
        case Access.PROGRAM:
            _of_programs(asked, said)


def _of_programs(asked: Asked, said: dict[str, str]) -> None:
    assert {said[role] for role in PEOPLE} == {"401"}, "a person's session is no token"
    if f"{asked.method} {asked.name} {asked.sent.act}".strip() in OF_OFFICIALS:
        assert said[PROGRAM] == said[READER]
        assert {said[PROGRAM], said[FOREIGN]} <= {"403", "404"}
        return
    assert said[PROGRAM].startswith("20")
    reading = asked.method == "GET" or asked.name in READING_POSTS
    assert said[READER].startswith("20") if reading else said[READER] == "403"
    if f"{asked.method} {asked.name}" in NAMING_OWN:
        assert said[FOREIGN] in {"404", "409", "422"}
        return
    assert said[FOREIGN] == "404" if asked.of_something else said[FOREIGN] == said[PROGRAM]


@pytest.mark.parametrize(("route", "name", "view"), list(addresses()), ids=lambda each: each if isinstance(each, str) else "")
def test_every_address_declares_its_access_and_takes_no_other_method(tenant: Tenant, route: str, name: str, view: object) -> None:
    assert isinstance(getattr(view, "access", None), Access)
    assert not name.endswith("None")
    asked = next(asked for asked in ALL if asked.route == route)
    allowed = set(getattr(view, "methods", ()))
    for method in {"GET", "POST", "PUT", "DELETE", "PATCH"} - allowed:
        answer = tenant.sees("owner").generic(method, asked.address(tenant))
        assert answer.status_code == (405 if asked.access is not Access.PROGRAM else answer.status_code)
        assert answer.status_code in {401, 405}


@pytest.mark.parametrize("role", [ANYONE, "viewer", RIVAL])
@pytest.mark.parametrize("asked", [each for each in ALL if each.method == "GET" and not each.route.startswith(("v1/", "health/"))],
                         ids=lambda asked: asked.key)  # fmt: skip
def test_english_pages_open_to_the_same_people(tenant: Tenant, asked: Asked, role: str) -> None:
    with undone(), same_session(tenant.sees(role)) as client:
        assert told(asked.ask(client, tenant, asked.address(tenant, language="/en"))) == told_of(asked)[role].removesuffix(WRITTEN).strip()


# Another's thing is like one that does not exist. -------------------------------------------------------------------------------------


@of_something
def test_another_s_thing_is_like_a_missing_one(tenant: Tenant, asked: Asked) -> None:
    """Byte by byte, for everybody whom the table does not let in, whichever part of the address does not exist."""
    if asked.access is Access.PUBLIC:
        pytest.fail("a public address names something that is somebody's: say in BEARERS why") if asked.name not in BEARERS else None
        return
    refused = {"404", SIGN_IN, "401"}
    for role in sorted(OUTSIDERS | {role for role in ROLES if told_of(asked)[role] in refused}):
        if told_of(asked)[role] not in refused:
            continue
        hidden = _answer(tenant, asked, role, asked.address(tenant))
        for number, (_, place) in enumerate(asked.places):
            if place.missing is not None:
                missing = _answer(tenant, asked, role, asked.address(tenant, missing=number))
                assert hidden == missing, (role, place)


BEARERS = {"register-complete", "invitation", "invitation-mail"}  # open to whoever bears the link, which nobody can guess


def _answer(tenant: Tenant, asked: Asked, role: str, address: str) -> object:
    with undone(), same_session(tenant.sees(role)) as client:
        answer = asked.ask(client, tenant, address)
        return plain(answer, [(address, "…"), (re.sub("/", "%2F", address), "…")])


@pytest.mark.parametrize(
    "asked",
    [each for each in ALL if each.route.startswith("enterprises/<uscc>/") and len(each.places) > 1],
    ids=lambda asked: asked.key,
)
def test_a_number_of_another_s_opens_nothing_under_one_s_own_enterprise(tenant: Tenant, kept: dict[str, int], asked: Asked) -> None:
    """Members, sites, invitations and delegations are numbered one after the other."""
    theirs = asked.address(tenant, own=tenant.rival)
    missing = asked.address(tenant, own=tenant.rival, missing=1)
    assert outcome(asked, RIVAL, tenant, kept, theirs) == "404"
    assert _answer(tenant, asked, RIVAL, theirs) == _answer(tenant, asked, RIVAL, missing)


@pytest.mark.parametrize("asked", [each for each in ALL if each.route.startswith("compare/")], ids=lambda asked: asked.key)
def test_one_s_own_result_beside_another_s_opens_nothing(tenant: Tenant, asked: Asked) -> None:
    own, other = tenant.rival["footprint"], tenant.submitted.footprint
    route = "/" + asked.route.replace("<before>", "{}").replace("<after>", "{}")
    for pair in ((own, other), (other, own)):
        assert tenant.sees(RIVAL).get(route.format(*pair)).status_code == 404
    assert tenant.sees(RIVAL).get(route.format(own, own)).status_code in {200, 404}


def test_a_consultant_of_one_product_reaches_it_and_no_other(tenant: Tenant) -> None:
    client = tenant.sees(PARTNER)
    for asked in ALL:
        if asked.method == "GET" and asked.route.startswith("products/<code>/") and asked.access is Access.ENTERPRISE:
            mine = asked.address(tenant).replace(tenant.draft.code, tenant.entrusted.code)
            if may("editor", asked.permission) and asked.permission != "create":
                assert client.get(mine).status_code in {200, 302, 404}
                assert client.get(mine).status_code == tenant.sees("editor").get(mine).status_code, asked.key
            assert client.get(asked.address(tenant)).status_code == 404


def test_an_enterprise_entrusts_nothing_of_another_s(tenant: Tenant) -> None:
    """Also where a delegation names the code of another enterprise's product, however it came to be."""
    owner = account_queries.viewer(account_queries.user_by_email(cast.RIVAL_OWNER.email))
    enterprise = account_queries.enterprise_by_uscc(cast.RIVAL.uscc)
    assert enterprise is not None
    last = (timezone.localdate() + datetime.timedelta(days=9)).isoformat()
    codes = [tenant.draft.code, tenant.submitted.code]
    accounts.delegate(viewer=owner, enterprise=enterprise, email=cast.STRANGER.email, role="editor", expires=last, products=codes)
    for asked in ALL:
        if asked.access in {Access.ENTERPRISE, Access.MEMBER}:
            with undone(), same_session(tenant.sees(STRANGER)) as client:
                assert asked.ask(client, tenant).status_code == 404, asked.key
    assert leaks(tenant.sees(STRANGER).get("/account/").content.decode()) == []


def test_a_program_of_another_enterprise_is_nobody_to_pages(tenant: Tenant) -> None:
    assert {told_of(asked)[FOREIGN] for asked in ALL if asked.access in {Access.ENTERPRISE, Access.SIGNED_IN}} == {SIGN_IN}


def test_forms_need_their_token(tenant: Tenant) -> None:
    """Every form of a page, also for those who may send it."""
    for asked in ALL:
        if asked.method == "POST" and asked.access is not Access.PROGRAM:
            with undone():
                client = Client(enforce_csrf_checks=True)
                client.cookies = copy.deepcopy(tenant.sees("owner").cookies)
                answer = asked.ask(client, tenant)
                assert answer.status_code == 403, asked.key
                assert "csrf" not in answer.content.decode().lower().replace("csrfmiddlewaretoken", "")
