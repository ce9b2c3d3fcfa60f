"""Registering, signing in, the second factor and the organisation, as a person at a browser meets them."""

import datetime
import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.integration.conftest import World
from zuji.cli import main
from zuji.engine.text import Text
from zuji.registry.accounts import operations, queries
from zuji.registry.accounts.models import ApiClient, Enterprise, Membership, User
from zuji.registry.accounts.uscc import check_character
from zuji.registry.products.operations import create_product

SignedIn = Callable[[cast.Person], Client]
TOMORROW = (datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)).isoformat()
HOSTILE = "<script>alert(1)</script>\"'{{ 7*7 }}"
OTHER = "91420100MADEM0500"
USCC = OTHER + check_character(OTHER)
FORM = {"uscc": USCC, "name_zh": "武汉新厂", "name_en": "", "city": "武汉", "name": "新人", "email": "new@test.example"}
HOME = f"/enterprises/{cast.CEMENT.uscc}/"


def link(letter: mail.EmailMessage) -> str:
    """The path of the first link in a letter."""
    found = re.search(r"http://testserver(\S+)", str(letter.body))
    assert found, letter.body
    return str(found[1])


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


# Registering ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_a_visitor_registers(world: World, prefix: str) -> None:
    client = Client()
    answer = client.post(f"{prefix}/register/", FORM)
    assert answer.headers["Location"] == f"{prefix}/register/sent/"
    assert queries.enterprise_by_uscc(USCC) is None
    path = link(mail.outbox[0])
    assert FORM["email"] in client.get(path).content.decode()
    weak = client.post(path, {"password": "short"})
    assert weak.status_code == 200
    assert "aria-invalid" in weak.content.decode()
    done = client.post(path, {"password": cast.PASSWORD})
    assert done.status_code == 302
    assert client.get(f"{prefix}/enterprises/{USCC}/").status_code == 200
    assert client.get(path).status_code == 404


def test_an_address_with_an_account_cannot_be_told_from_another(world: World) -> None:
    answers = []
    for email in ("new@test.example", cast.OWNER.email):
        client = Client()
        answer = client.post("/register/", {**FORM, "email": email})
        page = client.get(answer.headers["Location"])
        answers.append((answer.status_code, answer.headers["Location"], answer.content, page.content, set(client.cookies)))
    assert answers[0] == answers[1]
    new, known = mail.outbox
    assert "/register/complete/" in str(new.body)
    assert "/register/complete/" not in str(known.body)
    assert known.to == [cast.OWNER.email]
    resets = [
        Client().post("/account/password/reset/", {"email": email}, follow=True).content for email in ("no@test.example", cast.BUYER.email)
    ]
    assert resets[0] == resets[1]


def test_what_was_sent_besides_the_fields_is_not_looked_at(world: World) -> None:
    client = Client()
    more = {"identity_confirmed": "on", "demonstration": "on", "operator": "on", "role": "viewer", "is_active": "", "id": "1"}
    client.post("/register/", {**FORM, **more})
    client.post(link(mail.outbox[0]), {"password": cast.PASSWORD, "email": cast.OWNER.email, "uscc": cast.CEMENT.uscc, **more})
    made = Enterprise.objects.get(uscc=USCC)
    assert (made.identity_confirmed, made.demonstration) == (False, False)
    person = User.objects.get(email=FORM["email"])
    assert (person.operator, Membership.objects.get(user=person).role) == (False, "owner")
    client.post("/account/profile/", {"name": "改名", "email": "x@test.example", **more})
    person.refresh_from_db()
    assert (person.name, person.email, person.operator) == ("改名", FORM["email"], False)


@pytest.mark.parametrize("field", ["uscc", "name_zh", "name_en", "city", "name", "email"])
@pytest.mark.parametrize("text", ["长" * 10_000, "a\u202eb", "a\x00b"], ids=["long", "bidi", "control"])
def test_what_cannot_be_kept_leads_to_its_field(world: World, field: str, text: str) -> None:
    answer = Client().post("/en/register/", {**FORM, field: text})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'href="#f-{field}"' in page
    assert re.search(rf'id="f-{field}"[^>]*aria-invalid="true"', page)
    assert mail.outbox == []


def test_registering_too_often_is_stopped(world: World) -> None:
    client = Client()
    assert [client.post("/register/", FORM).status_code for _ in range(7)] == [302] * 5 + [429] * 2


def test_what_people_are_called_stays_text(world: World, signed_in: SignedIn) -> None:
    client = Client()
    client.post("/register/", {**FORM, "name_zh": HOSTILE, "name_en": HOSTILE, "city": HOSTILE, "name": HOSTILE})
    letter = mail.outbox[0]
    assert "\n" not in letter.subject
    client.post(link(letter), {"password": cast.PASSWORD})
    for form in ("sites/new/", "clients/", "delegations/", "members/"):
        given = {"name": HOSTILE, "name_zh": HOSTILE, "address": HOSTILE, "division": "420203", "expires": TOMORROW, "role": "editor"}
        client.post(f"/enterprises/{USCC}/{form}", {**given, "email": "someone@test.example"})
    office = signed_in(cast.OPERATOR)
    pages = [
        f"/enterprises/{USCC}/{page}" for page in ("", "members/", "sites/", "delegations/", "clients/", "history/", "data/", "leave/")
    ]
    for browser, path in [
        *((client, path) for path in [*pages, "/account/", "/account/profile/"]),
        (office, "/office/"),
        (office, f"/office/{USCC}/"),
    ]:
        text = browser.get(path).content.decode()
        assert "alert(1)" in text, path
        assert "<script>alert" not in text, path
        assert "7*7" in text, path


# Passwords, sessions, the second factor ----------------------------------------------------------------------------------


def test_a_password_is_reset_by_mail_once(world: World, signed_in: SignedIn) -> None:
    elsewhere = signed_in(cast.SECOND_OWNER)
    made = operations.make_client(
        viewer=queries.viewer(world.people[cast.SECOND_OWNER.email]),
        enterprise=world.firms[cast.CEMENT.uscc],
        name="ERP",
        role="editor",
        expires=TOMORROW,
    )
    client = Client()
    client.post("/account/password/reset/", {"email": cast.SECOND_OWNER.email})
    path = link(mail.outbox[0])
    form = client.get(path).headers["Location"]
    assert "设置新密码" in client.get(form).content.decode()
    answer = client.post(form, {"password1": "another long pass phrase", "password2": "another long pass phrase"}, follow=True)
    assert "密码已更改" in answer.content.decode()
    assert "链接已失效" in Client().get(path, follow=True).content.decode()
    assert elsewhere.get("/account/").status_code == 302
    assert ApiClient.objects.get(client_id=made.client_id).revoked
    assert Client().post("/account/login/", {"login": cast.SECOND_OWNER.email, "password": cast.PASSWORD}).status_code == 200


def test_a_changed_password_ends_the_other_sessions(world: World, signed_in: SignedIn) -> None:
    here, elsewhere = signed_in(cast.EDITOR), signed_in(cast.EDITOR)
    form = {"oldpassword": cast.PASSWORD, "password1": "another long pass phrase", "password2": "another long pass phrase"}
    assert here.post("/account/password/change/", {**form, "oldpassword": "wrong"}).status_code == 200
    assert here.post("/account/password/change/", form).status_code == 302
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_other_devices_are_signed_out(world: World, signed_in: SignedIn) -> None:
    here, elsewhere = signed_in(cast.EDITOR), signed_in(cast.EDITOR)
    page = here.get("/en/account/sessions/").content.decode()
    assert page.count("<tr>") == 3
    here.post("/account/sessions/")
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_a_session_lasts_as_long_as_the_setting_says(world: World, signed_in: SignedIn) -> None:
    assert signed_in(cast.EDITOR).session.get_expiry_age() == 12 * 3600


def _with_second_factor(client: Client) -> tuple[str, list[str]]:
    """Turns the second factor on; its secret and the recovery codes."""
    client.post("/account/reauthenticate/", {"password": cast.PASSWORD})
    page = client.get("/account/security/totp/activate/").content.decode()
    drawn, key = re.search(r"<svg.*?</svg>", page, re.DOTALL), re.search(r'<code class="hash">([A-Z2-7]+)</code>', page)
    assert drawn
    assert key
    assert "style=" not in drawn[0]
    assert "data:" not in page
    assert client.post("/account/security/totp/activate/", {"code": "000000"}).status_code == 200
    assert client.post("/account/security/totp/activate/", {"code": code_of(key[1])}).status_code == 302
    codes = re.findall(r"<li>(\d+)</li>", client.get("/account/security/recovery-codes/").content.decode())
    assert len(codes) == 10
    return key[1], codes


def test_the_second_factor_is_asked_for_and_a_recovery_code_works_once(world: World, signed_in: SignedIn) -> None:
    _, codes = _with_second_factor(signed_in(cast.EDITOR))
    sign_in = {"login": cast.EDITOR.email, "password": cast.PASSWORD}
    first = Client()
    assert first.post("/account/login/", sign_in).headers["Location"] == "/account/security/authenticate/"
    assert first.get("/account/").status_code == 302, "the password alone opens nothing"
    wrong = first.post("/account/security/authenticate/", {"code": "000000"})
    assert "不正确" in wrong.content.decode() or "错误" in wrong.content.decode()
    assert first.post("/account/security/authenticate/", {"code": codes[0]}).status_code == 302
    assert first.get("/account/").status_code == 200
    second = Client()
    second.post("/account/login/", sign_in)
    assert second.post("/account/security/authenticate/", {"code": codes[0]}).status_code == 200
    assert second.get("/account/").status_code == 302


def test_a_code_of_the_app_works_once(world: World, signed_in: SignedIn) -> None:
    secret, _ = _with_second_factor(signed_in(cast.EDITOR))
    code = code_of(secret)
    answers = []
    for _ in range(2):
        client = Client()
        client.post("/account/login/", {"login": cast.EDITOR.email, "password": cast.PASSWORD})
        answers.append(client.post("/account/security/authenticate/", {"code": code}).status_code)
    assert answers == [302, 200]


def test_security_needs_the_password_again(world: World, signed_in: SignedIn) -> None:
    client = signed_in(cast.EDITOR)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session.save()
    answer = client.get("/account/security/totp/activate/")
    assert answer.headers["Location"].startswith("/account/reauthenticate/")


# Organisation -------------------------------------------------------------------------------------------------------------


def test_somebody_is_invited_comes_by_the_letter_and_is_removed(world: World, signed_in: SignedIn) -> None:
    owner = signed_in(cast.OWNER)
    page = owner.post(f"{HOME}members/", {"email": "New@Test.example", "role": "editor"}).content.decode()
    copied = re.search(r'id="invitation-link" class="hash">http://testserver([^<]+)<', page)
    assert copied
    assert copied[1] not in owner.get(f"{HOME}members/").content.decode(), "the link is shown once"
    letter = link(mail.outbox[0])
    assert letter != copied[1]
    newcomer = Client()
    assert "new@test.example" not in newcomer.get(copied[1]).content.decode(), "the copied link does not say whose it is"
    assert newcomer.post(copied[1], {"name": "新人", "password": cast.PASSWORD}).status_code == 404
    newcomer.post(letter, {"name": "新人", "password": cast.PASSWORD})
    assert newcomer.get(HOME).status_code == 200
    number = queries.user_by_email("new@test.example")
    owner.post(f"{HOME}members/{number}/", {"role": "viewer"})
    assert newcomer.get(f"{HOME}").content.decode().count("查看") > 0
    assert newcomer.get(f"{HOME}members/").status_code == 403
    owner.post(f"{HOME}members/{number}/remove/")
    assert newcomer.get(HOME).status_code == 302
    again = Client()
    again.post("/account/login/", {"login": "new@test.example", "password": cast.PASSWORD})
    assert again.get(HOME).status_code == 404


def test_an_invited_person_with_an_account_signs_in_and_accepts(world: World, signed_in: SignedIn) -> None:
    signed_in(cast.OWNER).post(f"{HOME}members/", {"email": cast.STRANGER.email, "role": "viewer"})
    path = link(mail.outbox[0])
    wrong = signed_in(cast.BUYER)
    assert "另一个邮箱" in wrong.post(f"{path}accept/", follow=True).content.decode()
    right = signed_in(cast.STRANGER)
    assert right.post(f"{path}accept/").headers["Location"] == HOME
    assert right.get(HOME).status_code == 200
    assert right.post(f"{path}accept/").status_code == 404


def test_a_consultant_sees_what_was_entrusted_until_it_is_revoked(world: World, signed_in: SignedIn) -> None:
    owner, consultant = signed_in(cast.OWNER), signed_in(cast.CONSULTANT)
    assert consultant.get(HOME).status_code == 404
    owner.post(f"{HOME}delegations/", {"email": cast.CONSULTANT.email, "role": "editor", "expires": TOMORROW, "scope": "all"})
    assert mail.outbox[0].to == [cast.CONSULTANT.email]
    assert cast.CEMENT.name.zh in consultant.get("/account/").content.decode()
    assert consultant.get(HOME).status_code == 200
    for closed in ("members/", "delegations/", "clients/", "data/"):
        assert consultant.get(HOME + closed).status_code == 403
    assert consultant.get(f"{HOME}history/").status_code == 404
    row = queries.delegations(viewer=queries.viewer(world.people[cast.OWNER.email]), uscc=cast.CEMENT.uscc)[0]
    owner.post(f"{HOME}delegations/{row.delegation}/revoke/")
    assert consultant.get(HOME).status_code == 404
    assert cast.CEMENT.name.zh not in consultant.get("/account/").content.decode()


def test_only_products_of_the_enterprise_can_be_entrusted(world: World, signed_in: SignedIn) -> None:
    by, rival = queries.viewer(world.people[cast.OWNER.email]), queries.viewer(world.people[cast.RIVAL_OWNER.email])
    own, other = (
        create_product(viewer=viewer, enterprise=world.firms[firm.uscc], model="portland-cement", name=Text(HOSTILE, HOSTILE))
        for viewer, firm in ((by, cast.CEMENT), (rival, cast.RIVAL))
    )
    owner = signed_in(cast.OWNER)
    given = {"email": cast.CONSULTANT.email, "role": "viewer", "expires": TOMORROW, "scope": "chosen"}
    assert "请选择产品" in owner.post(f"{HOME}delegations/", {**given, "products": [other]}).content.decode()
    assert owner.post(f"{HOME}delegations/", {**given, "products": [own, other]}).status_code == 302
    assert queries.viewer(world.people[cast.CONSULTANT.email]).entrusted == ((world.firms[cast.CEMENT.uscc], frozenset({own})),)
    page = owner.get(f"{HOME}delegations/").content.decode()
    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert owner.post(f"{HOME}delegations/", {**given, "scope": "everything"}).status_code == 200


def test_a_secret_is_shown_once(world: World, signed_in: SignedIn) -> None:
    owner = signed_in(cast.OWNER)
    page = owner.post(f"{HOME}clients/", {"name": "ERP", "role": "editor", "expires": TOMORROW}).content.decode()
    secret = re.search(r'id="client-secret" class="hash">([^<]+)<', page)
    client = re.search(r'id="client-id" class="hash">([^<]+)<', page)
    assert secret
    assert client
    assert queries.viewer_of_client(client[1], secret[1]) is not None
    assert secret[1] not in owner.get(f"{HOME}clients/").content.decode()
    owner.post(f"{HOME}clients/{client[1]}/revoke/")
    assert queries.viewer_of_client(client[1], secret[1]) is None


def test_an_operator_confirms_what_was_on_the_page(world: World, signed_in: SignedIn) -> None:
    stranger, operator = signed_in(cast.STRANGER), signed_in(cast.OPERATOR)
    registered = stranger.post("/account/enterprise/", {**FORM})
    assert registered.headers["Location"] == f"/enterprises/{USCC}/"
    assert "身份待平台确认" in stranger.get(f"/enterprises/{USCC}/").content.decode()
    assert USCC in operator.get("/office/").content.decode()
    refused = operator.post(f"/office/{USCC}/", {"seen": "武汉新厂", "evidence": "执照", "reason": HOSTILE, "decision": "refuse"})
    assert refused.status_code == 302
    page = stranger.get(f"/enterprises/{USCC}/").content.decode()
    assert "身份未通过" in page
    assert "<script>alert" not in page
    stale = operator.post(f"/office/{USCC}/", {"seen": "另一个名称", "evidence": "执照", "decision": "confirm"})
    assert "已变更" in stale.content.decode()
    operator.post(f"/office/{USCC}/", {"seen": "武汉新厂", "evidence": "执照 1 号", "decision": "confirm"})
    assert "身份已确认" in stranger.get(f"/enterprises/{USCC}/").content.decode()


def test_an_account_is_closed(world: World, signed_in: SignedIn) -> None:
    client = signed_in(cast.LEAVER)
    client.post("/account/close/")
    assert client.get("/account/").status_code == 302
    assert Client().post("/account/login/", {"login": cast.LEAVER.email, "password": cast.PASSWORD}).status_code == 403


def test_whoever_has_left_is_asked_to_sign_in(world: World, signed_in: SignedIn) -> None:
    client = signed_in(cast.LEAVER)
    client.post(f"{HOME}leave/")
    assert client.get(HOME).status_code == 302


@pytest.mark.parametrize("page", ["", "members/", "sites/", "delegations/", "clients/", "history/"])
def test_a_page_of_an_enterprise_asks_a_fixed_number_of_times(world: World, signed_in: SignedIn, page: str) -> None:
    owner = signed_in(cast.OWNER)
    owner.get(HOME + page)
    with CaptureQueriesContext(connection) as few:
        owner.get(HOME + page)
    cement, by = world.firms[cast.CEMENT.uscc], queries.viewer(world.people[cast.OWNER.email])
    for number in range(8):
        user = operations.create_user(actor="system", email=f"p{number}@test.example", name=f"p{number}", password=cast.PASSWORD)
        operations.add_member(actor="system", enterprise=cement, user=user, role="editor")
        operations.invite(viewer=by, enterprise=cement, email=f"i{number}@test.example", role="viewer")
        operations.delegate(viewer=by, enterprise=cement, email=f"d{number}@test.example", role="viewer", expires=TOMORROW)
        operations.make_client(viewer=by, enterprise=cement, name=f"c{number}", role="viewer", expires=TOMORROW)
        operations.add_site(viewer=by, enterprise=cement, name_zh=f"s{number}", name_en="", address="x", division="420203")
    with CaptureQueriesContext(connection) as many:
        owner.get(HOME + page)
    assert len(few) == len(many) <= 16


# The command line -----------------------------------------------------------------------------------------------------------


def test_the_command_line_appoints_and_confirms(world: World, signed_in: SignedIn, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["operator", "add", cast.AUTHORITY.email]) == 0
    assert main(["operator", "add", cast.AUTHORITY.email]) == 3
    assert main(["operator", "add", "nobody@test.example"]) == 3
    office = signed_in(cast.AUTHORITY)
    assert office.get("/office/").status_code == 200
    assert main(["operator", "remove", cast.AUTHORITY.email]) == 0
    assert office.get("/office/").status_code == 302, "the session has ended"
    signed_in(cast.STRANGER).post("/account/enterprise/", FORM)
    confirm = ["enterprise", "confirm", USCC, "--by", "张三", "--evidence", "营业执照 1 号"]
    assert main(confirm) == 0
    assert main(confirm) == 3
    assert main(["enterprise", "confirm", "91350100M000100Y43", "--by", "x", "--evidence", "x"]) == 3
    assert Enterprise.objects.get(uscc=USCC).identity_confirmed
    said = capsys.readouterr()
    assert "身份已确认 identity confirmed" in said.out
    assert "Traceback" not in said.err
