"""Duties: who is appointed, who is one person with two accounts, and what ends at once."""

import pytest
from django.test import Client

from tests import cast
from tests.integration.conftest import World
from zuji.registry.accounts import operations, queries
from zuji.registry.accounts.entries import Unfit
from zuji.registry.accounts.models import RealName
from zuji.registry.accounts.viewer import SYSTEM, Viewer
from zuji.registry.refusals import NotFound, Refused
from zuji.workflow.duties import Duty

PAPERS = "E70000001"


def who(world: World, person: cast.Person) -> Viewer:
    return queries.viewer(world.people[person.email])


@pytest.fixture
def operator(world: World) -> Viewer:
    return who(world, cast.OPERATOR)


def appointed(operator: Viewer, user: int, duty: str = "checker") -> int:
    return operations.appoint(viewer=operator, user=user, duty=duty, organisation="湖北省标准化院", scope=["electricity", "electricity"])


def test_who_was_confirmed_and_appointed_holds_the_duty_until_it_ends(world: World, operator: Viewer) -> None:
    bank = world.people[cast.BANK.email]
    with pytest.raises(Refused, match="Confirm first"):
        appointed(operator, bank)
    operations.confirm_person(viewer=operator, user=bank, document=PAPERS)
    number = appointed(operator, bank)
    assert queries.viewer(bank).duties == {"checker"}
    shown = next(each for each in queries.holders(Duty.CHECKER) if each.appointment == number)
    assert (shown.organisation, shown.scope) == ("湖北省标准化院", ("electricity",))
    with pytest.raises(Refused, match="already"):
        appointed(operator, bank)
    operations.end_duty(viewer=operator, appointment=number)
    assert queries.viewer(bank).duties == frozenset()
    with pytest.raises(NotFound):
        operations.end_duty(viewer=operator, appointment=number)


def test_the_number_of_a_document_is_not_kept(world: World, operator: Viewer) -> None:
    operations.confirm_person(viewer=operator, user=world.people[cast.BANK.email], document=PAPERS)
    kept = RealName.objects.get(user=world.people[cast.BANK.email])
    assert PAPERS not in str(vars(kept))
    operations.confirm_person(viewer=operator, user=world.people[cast.BANK.email], document=f" {PAPERS.lower()} ")
    with pytest.raises(Refused, match="another document"):
        operations.confirm_person(viewer=operator, user=world.people[cast.BANK.email], document="E70000002")
    with pytest.raises(Unfit):
        operations.confirm_person(viewer=operator, user=world.people[cast.BUYER.email], document="110105194912310021")


def test_two_accounts_of_one_person_are_one_person(world: World, operator: Viewer) -> None:
    bank, buyer, owner = (world.people[person.email] for person in (cast.BANK, cast.BUYER, cast.OWNER))
    assert not queries.same_person(bank, buyer)
    assert queries.same_person(bank, bank)
    for user in (bank, buyer, owner):
        operations.confirm_person(viewer=operator, user=user, document=PAPERS)
    assert queries.same_person(bank, buyer)
    assert queries.enterprises_of_person(bank) == {world.firms[cast.CEMENT.uscc]}
    appointed(operator, bank, "auditor")
    with pytest.raises(Refused, match="no other duty"):
        appointed(operator, buyer, "expert")
    with pytest.raises(Refused, match="already"):
        appointed(operator, buyer, "auditor")


def test_an_operator_appoints_nobody_to_review_who_is_an_operator_and_never_themselves(world: World, operator: Viewer) -> None:
    mine = world.people[cast.OPERATOR.email]
    with pytest.raises(Refused, match="themselves"):
        appointed(operator, mine)
    operations.confirm_person(viewer=SYSTEM, user=mine, document=PAPERS)
    with pytest.raises(Refused, match="operator"):
        appointed(SYSTEM, mine)


def test_a_closed_account_holds_no_duty(world: World, operator: Viewer) -> None:
    bank = world.people[cast.BANK.email]
    operations.confirm_person(viewer=operator, user=bank, document=PAPERS)
    number = appointed(operator, bank)
    operations.close_account(viewer=queries.viewer(bank))
    assert number not in {each.appointment for each in queries.holders(Duty.CHECKER)}
    with pytest.raises(NotFound):
        operations.end_duty(viewer=operator, appointment=number)


@pytest.mark.parametrize("person", [cast.OWNER, cast.STRANGER, cast.SECRETARY, cast.AUDITOR], ids=lambda person: person.email)
def test_only_operators_appoint(world: World, person: cast.Person) -> None:
    viewer = who(world, person)
    with pytest.raises(NotFound):
        appointed(viewer, world.people[cast.BANK.email])
    with pytest.raises(NotFound):
        operations.confirm_person(viewer=viewer, user=world.people[cast.BANK.email], document=PAPERS)
    with pytest.raises(NotFound):
        queries.appointments(viewer=viewer)
    with pytest.raises(NotFound):
        queries.account(cast.BANK.email, viewer=viewer)


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_appoints_and_says_what_is_wrong(world: World, client: Client, language: str) -> None:
    client.post("/account/login/", {"login": cast.OPERATOR.email, "password": cast.PASSWORD})
    sent = {
        "email": cast.BANK.email,
        "document": "",
        "duty": "expert",
        "organisation": "武汉大学",
        "uscc": "",
        "scope": "chemicals，electricity",
    }
    refused = client.post(f"{language}/office/duties/", sent)
    assert ("请先确认本人身份" if not language else "Confirm first") in refused.content.decode()
    nobody = client.post(f"{language}/office/duties/", {**sent, "email": "nobody@test.example"})
    assert ("没有使用此邮箱的账户" if not language else "no account with this address") in nobody.content.decode()
    done = client.post(f"{language}/office/duties/", {**sent, "document": PAPERS}, follow=True)
    assert "武汉大学" in done.content.decode()
    held = next(each for each in queries.holders(Duty.EXPERT) if each.email == cast.BANK.email)
    assert held.scope == ("chemicals", "electricity")
    client.post(f"{language}/office/duties/{held.appointment}/end/")
    assert cast.BANK.email not in {each.email for each in queries.holders(Duty.EXPERT)}
