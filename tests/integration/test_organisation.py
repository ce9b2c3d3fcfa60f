"""Members, invitations, delegations, programs, sites and identities: who may change what, and what ends at once."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.integration.conftest import World
from zuji.registry.accounts import operations, queries
from zuji.registry.accounts.entries import Unfit
from zuji.registry.accounts.models import ApiClient, Delegation, Enterprise, Invitation, Membership, User
from zuji.registry.accounts.viewer import SYSTEM, Viewer
from zuji.registry.audit import queries as audit
from zuji.registry.audit.models import Event
from zuji.registry.refusals import NotAllowed, NotFound, Refused
from zuji.workflow.permissions import Permission

TOMORROW = (datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)).isoformat()
SITE = {"name_zh": "一分厂", "name_en": "Works 1", "address": "黄石市西塞山区 1 号", "division": "420203"}
HOSTILE = "<script>alert(1)</script>\"'{{ 7*7 }}"
SignedIn = Callable[[cast.Person], Client]


def who(world: World, person: cast.Person) -> Viewer:
    return queries.viewer(world.people[person.email])


@pytest.fixture
def cement(world: World) -> int:
    return world.firms[cast.CEMENT.uscc]


@pytest.fixture
def owner(world: World) -> Viewer:
    return who(world, cast.OWNER)


# What a person has to be allowed to, as one list: each takes the viewer and the enterprise.
def _writes(world: World) -> dict[str, Callable[[Viewer, int], Any]]:
    leaver = world.people[cast.LEAVER.email]
    return {
        "invite": lambda v, e: operations.invite(viewer=v, enterprise=e, email="new@test.example", role="viewer"),
        "delegate": lambda v, e: operations.delegate(viewer=v, enterprise=e, email="c@test.example", role="viewer", expires=TOMORROW),
        "client": lambda v, e: operations.make_client(viewer=v, enterprise=e, name="ERP", role="editor", expires=TOMORROW),
        "site": lambda v, e: operations.add_site(viewer=v, enterprise=e, **SITE),
        "role": lambda v, e: operations.change_role(viewer=v, enterprise=e, user=leaver, role="owner"),
        "remove": lambda v, e: operations.remove_member(viewer=v, enterprise=e, user=leaver),
        "data": lambda v, e: operations.change_enterprise(viewer=v, enterprise=e, name_zh="甲", name_en="", city="武汉"),
    }


WRITES = ("invite", "delegate", "client", "site", "role", "remove", "data")


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("person", [cast.EDITOR, cast.APPROVER, cast.VIEWER], ids=lambda person: person.role)
def test_only_owners_manage(world: World, cement: int, write: str, person: cast.Person) -> None:
    before = Event.objects.count()
    with pytest.raises(NotAllowed):
        _writes(world)[write](who(world, person), cement)
    assert Event.objects.count() == before


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("person", [cast.RIVAL_OWNER, cast.STRANGER, cast.OPERATOR], ids=["rival", "stranger", "operator"])
def test_for_others_the_enterprise_is_missing(world: World, cement: int, write: str, person: cast.Person) -> None:
    with pytest.raises(NotFound):
        _writes(world)[write](who(world, person), cement)
    with pytest.raises(NotFound):
        _writes(world)[write](who(world, person), 10**9)


@pytest.mark.parametrize("write", WRITES)
def test_every_write_is_one_event_of_the_enterprise(world: World, cement: int, owner: Viewer, write: str) -> None:
    before = Event.objects.count()
    _writes(world)[write](owner, cement)
    made = list(Event.objects.order_by("number")[before:])
    assert [event.enterprise for event in made] == [cast.CEMENT.uscc]
    assert made[0].actor == owner.name
    assert "@" not in made[0].subject + made[0].details
    assert audit.check() == []


@pytest.mark.parametrize("write", WRITES)
def test_an_owner_demoted_meanwhile_no_longer_manages(world: World, cement: int, owner: Viewer, write: str) -> None:
    """The page was asked for as an owner; when the form comes back the role has changed."""
    Membership.objects.filter(enterprise=cement, user=owner.user).update(role="viewer")
    with pytest.raises(NotAllowed):
        _writes(world)[write](owner, cement)


def test_the_last_owner_stays(world: World) -> None:
    rival, only = world.firms[cast.RIVAL.uscc], who(world, cast.RIVAL_OWNER)
    number = world.people[cast.RIVAL_OWNER.email]
    attempts: tuple[Callable[[], None], ...] = (
        lambda: operations.change_role(viewer=only, enterprise=rival, user=number, role="editor"),
        lambda: operations.remove_member(viewer=only, enterprise=rival, user=number),
        lambda: operations.leave(viewer=only, enterprise=rival),
        lambda: operations.close_account(viewer=only),
    )
    for attempt in attempts:
        with pytest.raises(Refused, match="no other owner"):
            attempt()
    assert Membership.objects.filter(enterprise=rival, role="owner").count() == 1


def test_a_closed_account_is_no_owner(world: World, cement: int) -> None:
    User.objects.filter(pk=world.people[cast.OWNER.email]).update(is_active=False)
    with pytest.raises(Refused, match="no other owner"):
        operations.leave(viewer=who(world, cast.SECOND_OWNER), enterprise=cement)


def test_one_of_two_owners_may_go(world: World, cement: int) -> None:
    operations.leave(viewer=who(world, cast.SECOND_OWNER), enterprise=cement)
    assert queries.viewer(world.people[cast.SECOND_OWNER.email]).roles == {}


def _client_of(world: World, cement: int, person: cast.Person) -> operations.MadeClient:
    """A program that somebody set up while they were an owner."""
    made = operations.make_client(viewer=who(world, cast.OWNER), enterprise=cement, name="ERP", role="editor", expires=TOMORROW)
    ApiClient.objects.filter(client_id=made.client_id).update(created_by=world.people[person.email])
    return made


@pytest.mark.parametrize("way", ["removed", "left", "closed"])
def test_whoever_goes_loses_sessions_and_programs_at_once(world: World, cement: int, signed_in: SignedIn, way: str) -> None:
    browsers = [signed_in(cast.LEAVER), signed_in(cast.LEAVER)]
    bystander = signed_in(cast.EDITOR)
    program = _client_of(world, cement, cast.LEAVER)
    assert queries.viewer_of_client(program.client_id, program.secret) is not None
    {
        "removed": lambda: operations.remove_member(viewer=who(world, cast.OWNER), enterprise=cement, user=world.people[cast.LEAVER.email]),
        "left": lambda: operations.leave(viewer=who(world, cast.LEAVER), enterprise=cement),
        "closed": lambda: operations.close_account(viewer=who(world, cast.LEAVER)),
    }[way]()
    for browser in browsers:
        assert browser.get("/account/").status_code == 302
        assert browser.get(f"/footprints/{world.private}/").status_code == 404
    assert bystander.get("/account/").status_code == 200
    assert queries.viewer_of_client(program.client_id, program.secret) is None
    assert queries.viewer_of_client(program.client_id) is None


def test_an_owner_who_is_demoted_loses_programs_and_keeps_the_session(world: World, cement: int, signed_in: SignedIn) -> None:
    browser = signed_in(cast.SECOND_OWNER)
    program = _client_of(world, cement, cast.SECOND_OWNER)
    operations.change_role(viewer=who(world, cast.OWNER), enterprise=cement, user=world.people[cast.SECOND_OWNER.email], role="viewer")
    assert queries.viewer_of_client(program.client_id) is None
    assert browser.get("/account/").status_code == 200


# Invitations ----------------------------------------------------------------------------------------------------------


def _invited(world: World, cement: int, email: str = cast.STRANGER.email, role: str = "editor") -> operations.Invited:
    return operations.invite(viewer=who(world, cast.OWNER), enterprise=cement, email=email, role=role)


@pytest.mark.parametrize("link", ["token", "mailed"])
def test_an_invitation_is_accepted_once(world: World, cement: int, link: str) -> None:
    made = _invited(world, cement)
    stranger = who(world, cast.STRANGER)
    assert operations.accept_invitation(viewer=stranger, token=getattr(made, link)) == cast.CEMENT.uscc
    assert who(world, cast.STRANGER).roles == {cement: "editor"}
    for used in (made.token, made.mailed):
        with pytest.raises(NotFound):
            operations.accept_invitation(viewer=stranger, token=used)


def test_tokens_are_kept_as_hashes_only(world: World, cement: int) -> None:
    made = _invited(world, cement)
    row = Invitation.objects.get(email=cast.STRANGER.email)
    assert len(made.token) == len(made.mailed) == 26
    assert not {made.token, made.mailed} & {str(value) for value in vars(row).values()}
    assert not Event.objects.filter(details__contains=made.token).exists()


@pytest.mark.parametrize("end", ["revoked", "expired", "replaced"])
def test_a_link_that_has_ended_is_like_one_that_never_was(world: World, cement: int, end: str) -> None:
    made = _invited(world, cement)
    row = Invitation.objects.get(email=cast.STRANGER.email)
    if end == "revoked":
        operations.revoke_invitation(viewer=who(world, cast.OWNER), enterprise=cement, invitation=row.pk)
    elif end == "expired":
        Invitation.objects.update(expires=timezone.now())
    else:
        _invited(world, cement)
    for token in (made.token, made.mailed, "x" * 26, "", "\ud800"):
        with pytest.raises(NotFound):
            queries.invitation(token)
        with pytest.raises(NotFound):
            operations.accept_invitation(viewer=who(world, cast.STRANGER), token=token)


def test_an_invitation_is_for_its_address(world: World, cement: int) -> None:
    made = _invited(world, cement)
    with pytest.raises(Refused, match="another address"):
        operations.accept_invitation(viewer=who(world, cast.BUYER), token=made.mailed)


def test_the_copied_link_makes_no_account(world: World, cement: int) -> None:
    """Whoever copies the link has not shown that they read the mail of the address: else an owner could take on anybody's address."""
    made = _invited(world, cement, "new@test.example")
    with pytest.raises(NotFound):
        operations.accept_as_new_person(token=made.token, name="New", password=cast.PASSWORD)
    assert queries.invitation(made.token).email == ""
    assert queries.invitation(made.mailed).email == "new@test.example"
    again = operations.mail_again(token=made.token)
    with pytest.raises(NotFound):
        operations.accept_as_new_person(token=made.mailed, name="New", password=cast.PASSWORD)
    person = operations.accept_as_new_person(token=again.mailed, name="New", password=cast.PASSWORD)
    assert queries.viewer(person).roles == {cement: "editor"}


def test_a_weak_password_leaves_the_invitation_open(world: World, cement: int) -> None:
    made = _invited(world, cement, "new@test.example")
    with pytest.raises(Unfit) as refused:
        operations.accept_as_new_person(token=made.mailed, name="", password="short")
    assert set(refused.value.faults) == {"name", "password"}
    assert queries.user_by_email("new@test.example") is None
    assert queries.invitation(made.mailed).mailed


def test_members_are_not_invited(world: World, cement: int) -> None:
    with pytest.raises(Unfit, match="member already"):
        _invited(world, cement, cast.EDITOR.email.upper())


def test_an_invitation_of_another_enterprise_is_missing(world: World, cement: int) -> None:
    _invited(world, cement)
    row = Invitation.objects.get(email=cast.STRANGER.email)
    with pytest.raises(NotFound):
        operations.revoke_invitation(viewer=who(world, cast.RIVAL_OWNER), enterprise=world.firms[cast.RIVAL.uscc], invitation=row.pk)


# Delegations ----------------------------------------------------------------------------------------------------------


def _delegated(world: World, cement: int, **changed: Any) -> int:
    given = {"email": cast.CONSULTANT.email, "role": "editor", "expires": TOMORROW, **changed}
    return operations.delegate(viewer=who(world, cast.OWNER), enterprise=cement, **given)


def test_a_delegation_gives_what_it_says(world: World, cement: int) -> None:
    _delegated(world, cement, products=["abc"])
    consultant = who(world, cast.CONSULTANT)
    assert consultant.may(Permission.EDIT, enterprise=cement, product="abc")
    assert not consultant.may(Permission.VIEW, enterprise=cement, product="other")
    assert not consultant.may(Permission.VIEW, enterprise=cement)
    _delegated(world, cement, role="viewer")
    consultant = who(world, cast.CONSULTANT)
    assert consultant.may(Permission.VIEW, enterprise=cement)
    for never in (Permission.MANAGE, Permission.SIGN_OFF, Permission.CREATE):
        assert not consultant.may(never, enterprise=cement, product="abc")
    assert len(queries.delegations_to(world.people[cast.CONSULTANT.email])) == 2


@pytest.mark.parametrize("end", ["revoked", "expired", "closed"])
def test_a_delegation_that_has_ended_gives_nothing(world: World, cement: int, signed_in: SignedIn, end: str) -> None:
    number = _delegated(world, cement)
    browser = signed_in(cast.CONSULTANT)
    assert browser.get(f"/footprints/{world.private}/").status_code == 200
    if end == "revoked":
        operations.revoke_delegation(viewer=who(world, cast.OWNER), enterprise=cement, delegation=number)
    elif end == "expired":
        Delegation.objects.update(expires=timezone.localdate() - datetime.timedelta(days=1))
    else:
        operations.close_account(viewer=who(world, cast.CONSULTANT))
    assert browser.get(f"/footprints/{world.private}/").status_code == 404
    assert who(world, cast.CONSULTANT).grants == ()
    assert queries.delegations_to(world.people[cast.CONSULTANT.email]) == []


def test_a_delegation_waits_for_an_account(world: World, cement: int) -> None:
    _delegated(world, cement, email="Later@Test.example")
    later = operations.create_user(actor="system", email="later@test.example", name="Later", password=cast.PASSWORD)
    assert queries.viewer(later).may(Permission.EDIT, enterprise=cement)


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "owner"},
        {"role": "approver"},
        {"expires": "2020-01-01"},
        {"expires": (datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=400)).isoformat()},
        {"expires": "tomorrow"},
        {"expires": "9" * 10_000},
        {"products": []},
        {"email": "nobody"},
        {"email": cast.EDITOR.email},
    ],
)
def test_delegations_that_are_refused(world: World, cement: int, wrong: dict[str, Any]) -> None:
    with pytest.raises(Unfit) as refused:
        _delegated(world, cement, **wrong)
    assert set(refused.value.faults) == set(wrong)


# Programs -------------------------------------------------------------------------------------------------------------


def test_a_program_is_known_by_its_secret(world: World, cement: int, owner: Viewer) -> None:
    made = operations.make_client(viewer=owner, enterprise=cement, name="ERP", role="editor", expires=TOMORROW)
    seen = queries.viewer_of_client(made.client_id, made.secret)
    assert seen is not None
    assert seen.name == f"client:{made.client_id}"
    assert seen.may(Permission.EDIT, enterprise=cement)
    assert not seen.may(Permission.MANAGE, enterprise=cement)
    assert not seen.may(Permission.SIGN_OFF, enterprise=cement)
    assert queries.viewer_of_client(made.client_id, made.secret[:-1]) is None
    assert queries.viewer_of_client(made.client_id, "") is None
    assert queries.viewer_of_client("x" * 26, made.secret) is None
    assert made.secret not in str(ApiClient.objects.filter(client_id=made.client_id).values())


@pytest.mark.parametrize("end", ["revoked", "expired"])
def test_a_program_ends(world: World, cement: int, owner: Viewer, end: str) -> None:
    made = operations.make_client(viewer=owner, enterprise=cement, name="ERP", role="editor", expires=TOMORROW)
    if end == "revoked":
        operations.revoke_client(viewer=owner, enterprise=cement, client=made.client_id)
        with pytest.raises(Refused):
            operations.revoke_client(viewer=owner, enterprise=cement, client=made.client_id)
    else:
        ApiClient.objects.update(expires=timezone.localdate() - datetime.timedelta(days=1))
    assert queries.viewer_of_client(made.client_id, made.secret) is None
    assert {row.state for row in queries.clients(viewer=owner, uscc=cast.CEMENT.uscc) if row.client_id == made.client_id} == {end}


@pytest.mark.parametrize("role", ["owner", "approver", "", "emperor"])
def test_a_program_signs_and_manages_nothing(world: World, cement: int, owner: Viewer, role: str) -> None:
    with pytest.raises(Unfit):
        operations.make_client(viewer=owner, enterprise=cement, name="ERP", role=role, expires=TOMORROW)


# Sites and data -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"division": "42020"}, "six digits"),
        ({"division": "湖北"}, "six digits"),
        ({"name_zh": ""}, "Fill this in"),
        ({"name_zh": "长" * 10_000}, "At most 200"),
        ({"name_zh": "厂\u202egpj"}, "invisible"),
        ({"address": "a\x00b"}, "invisible"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(world: World, cement: int, owner: Viewer, wrong: dict[str, str], says: str) -> None:
    with pytest.raises(Unfit, match=says) as refused:
        operations.add_site(viewer=owner, enterprise=cement, **{**SITE, **wrong})
    assert set(refused.value.faults) == set(wrong)


def test_a_site_is_changed_and_closed_and_opened_again(world: World, cement: int, owner: Viewer) -> None:
    number = operations.add_site(viewer=owner, enterprise=cement, **{**SITE, "division": "４２０２０３", "name_en": ""})
    with pytest.raises(Unfit, match="of this name"):
        operations.add_site(viewer=owner, enterprise=cement, **SITE)
    operations.change_site(viewer=owner, enterprise=cement, site=number, **{**SITE, "name_zh": HOSTILE})
    operations.close_site(viewer=owner, enterprise=cement, site=number)
    with pytest.raises(Refused):
        operations.close_site(viewer=owner, enterprise=cement, site=number)
    operations.reopen_site(viewer=owner, enterprise=cement, site=number)
    found = next(row for row in queries.sites(viewer=owner, uscc=cast.CEMENT.uscc) if row.site == number)
    assert (found.name.zh, found.division, found.closed) == (HOSTILE, "420203", False)
    with pytest.raises(NotFound):
        operations.close_site(viewer=who(world, cast.RIVAL_OWNER), enterprise=world.firms[cast.RIVAL.uscc], site=number)


# Identity -------------------------------------------------------------------------------------------------------------

NEW = "91350100M000100Y43"


@pytest.fixture
def fresh(world: World) -> int:
    """An enterprise that the stranger has just registered."""
    operations.register_own_enterprise(viewer=who(world, cast.STRANGER), uscc=f" {NEW.lower()} ", name_zh="新厂", name_en="", city="黄石市")
    found = queries.enterprise_by_uscc(NEW)
    assert found is not None
    return found


def test_a_new_enterprise_waits_to_be_confirmed(world: World, fresh: int) -> None:
    home = queries.enterprise(viewer=who(world, cast.STRANGER), uscc=NEW)
    assert (home.identity.state, home.role, home.name.en, home.city.en) == ("waiting", "owner", "新厂", "Huangshi, Hubei")
    waiting, count = queries.enterprises_to_confirm(viewer=who(world, cast.OPERATOR))
    assert ([row.uscc for row in waiting], count) == ([NEW], 1)


def test_an_operator_refuses_with_a_reason_and_confirms_later(world: World, fresh: int) -> None:
    operator, owner = who(world, cast.OPERATOR), who(world, cast.STRANGER)
    with pytest.raises(Unfit) as refused:
        operations.refuse_identity(viewer=operator, enterprise=fresh, name="新厂", evidence="", reason="")
    assert set(refused.value.faults) == {"evidence", "reason"}
    operations.refuse_identity(viewer=operator, enterprise=fresh, name="新厂", evidence="营业执照", reason="名称不符")
    assert queries.enterprise(viewer=owner, uscc=NEW).identity.reason == "名称不符"
    operations.change_enterprise(viewer=owner, enterprise=fresh, name_zh="新厂一", name_en="New Works", city="宜昌")
    assert queries.enterprise(viewer=owner, uscc=NEW).identity.state == "waiting"
    with pytest.raises(Refused, match="renamed"):
        operations.confirm_identity(viewer=operator, enterprise=fresh, name="新厂", evidence="营业执照 1 号")
    operations.confirm_identity(viewer=operator, enterprise=fresh, name="新厂一", evidence="营业执照 1 号")
    assert queries.enterprise(viewer=owner, uscc=NEW).identity.state == "confirmed"
    with pytest.raises(Refused, match="already"):
        operations.confirm_identity(viewer=operator, enterprise=fresh, name="新厂一", evidence="营业执照 1 号")
    operations.change_enterprise(viewer=owner, enterprise=fresh, name_zh="新厂一", name_en="Newer Works", city="武汉")
    assert queries.enterprise(viewer=owner, uscc=NEW).identity.state == "confirmed"
    operations.change_enterprise(viewer=owner, enterprise=fresh, name_zh="冒名厂", name_en="", city="武汉")
    assert queries.enterprise(viewer=owner, uscc=NEW).identity.state == "waiting"
    assert not Enterprise.objects.get(pk=fresh).identity_confirmed


def test_the_command_line_confirms_too(world: World, fresh: int) -> None:
    operations.confirm_identity(viewer=SYSTEM, enterprise=fresh, name="新厂", evidence="营业执照 1 号")
    assert Enterprise.objects.get(pk=fresh).identity_confirmed


@pytest.mark.parametrize("person", [cast.STRANGER, cast.OWNER, cast.AUTHORITY], ids=["itself", "owner", "authority"])
def test_nobody_else_confirms(world: World, fresh: int, person: cast.Person) -> None:
    with pytest.raises(NotFound):
        operations.confirm_identity(viewer=who(world, person), enterprise=fresh, name="新厂", evidence="x")
    with pytest.raises(NotFound):
        queries.enterprises_to_confirm(viewer=who(world, person))


def test_an_operator_who_was_dismissed_meanwhile_confirms_nothing(world: World, fresh: int) -> None:
    operator = who(world, cast.OPERATOR)
    operations.dismiss_operator(actor="system", user=world.people[cast.OPERATOR.email])
    with pytest.raises(NotFound):
        operations.confirm_identity(viewer=operator, enterprise=fresh, name="新厂", evidence="x")


def test_an_operator_sees_nothing_of_an_enterprise(world: World) -> None:
    operator = who(world, cast.OPERATOR)
    assert operator.operator
    assert not operator.may(Permission.VIEW, enterprise=world.firms[cast.CEMENT.uscc])
    with pytest.raises(NotFound):
        queries.enterprise(viewer=operator, uscc=cast.CEMENT.uscc)


# Registration ---------------------------------------------------------------------------------------------------------

FORM = {"email": "new@test.example", "name": "新人", "uscc": NEW, "name_zh": "新厂", "name_en": "", "city": "黄石"}


def test_registration_makes_person_and_enterprise_together(world: World) -> None:
    begun = operations.begin_registration(**FORM)
    assert begun.token
    assert queries.user_by_email(FORM["email"]) is None
    assert queries.enterprise_by_uscc(NEW) is None
    with pytest.raises(Unfit):
        operations.complete_registration(token=begun.token, password="short")
    person = operations.complete_registration(token=begun.token, password=cast.PASSWORD)
    home = queries.enterprise(viewer=queries.viewer(person), uscc=NEW)
    assert (home.role, home.identity.state) == ("owner", "waiting")
    with pytest.raises(NotFound):
        operations.complete_registration(token=begun.token, password=cast.PASSWORD)


def test_an_address_with_an_account_looks_the_same(world: World) -> None:
    before = Enterprise.objects.count()
    begun = operations.begin_registration(**{**FORM, "email": cast.OWNER.email.upper()})
    assert begun.token is None
    assert begun.email == cast.OWNER.email
    assert Enterprise.objects.count() == before
    assert operations.begin_registration(**FORM).token, "the code was not taken by the attempt"


def test_a_registered_enterprise_is_told_without_its_people(world: World) -> None:
    with pytest.raises(Unfit, match="registered already") as refused:
        operations.begin_registration(**{**FORM, "uscc": cast.CEMENT.uscc})
    said = refused.value.text.zh + refused.value.text.en
    assert not any(part in said for person in cast.EVERYBODY for part in (person.email, person.name))


def test_of_two_who_register_one_enterprise_one_does(world: World) -> None:
    first = operations.begin_registration(**FORM)
    second = operations.begin_registration(**{**FORM, "email": "other@test.example"})
    assert first.token
    assert second.token
    operations.complete_registration(token=first.token, password=cast.PASSWORD)
    with pytest.raises(Unfit, match="registered already"):
        operations.complete_registration(token=second.token, password=cast.PASSWORD)
    assert queries.user_by_email("other@test.example") is None


# History --------------------------------------------------------------------------------------------------------------


def test_the_history_names_people_and_turns_its_pages(world: World, cement: int, owner: Viewer) -> None:
    for _ in range(30):
        operations.change_role(viewer=owner, enterprise=cement, user=world.people[cast.LEAVER.email], role="viewer")
        operations.change_role(viewer=owner, enterprise=cement, user=world.people[cast.LEAVER.email], role="editor")
    first = queries.history(viewer=owner, uscc=cast.CEMENT.uscc)
    assert len(first.events) == 50
    assert (first.events[0].who, first.events[0].of) == (cast.OWNER.name, cast.LEAVER.name)
    seen, page = list(first.events), first
    while page.older is not None:
        page = queries.history(viewer=owner, uscc=cast.CEMENT.uscc, before=page.older)
        seen.extend(page.events)
    assert [event.number for event in seen] == list(
        Event.objects.filter(enterprise=cast.CEMENT.uscc).order_by("-number").values_list("number", flat=True)
    )


def test_a_consultant_sees_no_history_of_the_enterprise(world: World, cement: int) -> None:
    _delegated(world, cement)
    with pytest.raises(NotFound):
        queries.history(viewer=who(world, cast.CONSULTANT), uscc=cast.CEMENT.uscc)
