"""The desk of everybody with a duty: what waits for them, every page that is theirs and none that is not, in a fixed number of questions."""

import datetime
import json
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from tests import cast
from tests.dossiers import GOOD, MAP, Way
from tests.integration.access.places import addresses
from tests.integration.access.table import undone
from tests.integration.conftest import World
from zuji.registry.accounts import operations as accounts
from zuji.registry.accounts.models import User
from zuji.registry.accounts.viewer import SYSTEM, Viewer
from zuji.registry.codes import new_code
from zuji.registry.factors.models import FactorVersion
from zuji.registry.governance import queries
from zuji.registry.governance.content import Content
from zuji.registry.governance.models import Approval, Assignment, Dossier, Drawn, FieldChange, Opinion, Revocation, Round, Step, Tick
from zuji.web.access import Access
from zuji.web.pages.authority.views import GROUPS
from zuji.workflow.duties import Duty

SignedIn = Callable[[cast.Person], Client]
As = Callable[[cast.Person], Viewer]
NOW = datetime.datetime(2026, 11, 27, 2, 0, tzinfo=datetime.UTC)
HOLDERS = {Duty(person.duty): person for person in reversed(cast.EVERYBODY) if person.duty}
STATES = ("tracing", "reviewing", "spot_check", "awaiting_publication", "signed_once", "appealed")


def links(page: str) -> set[str]:
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    return set(re.findall(r'href="(/[^"?#]*)"', main))


@pytest.mark.parametrize("duty", Duty)
def test_everybody_with_a_duty_reaches_every_page_of_theirs_and_no_other(world: World, signed_in: SignedIn, duty: Duty) -> None:
    client = signed_in(HOLDERS[duty])
    for page in (client.get("/account/"), client.get("/")):
        assert 'href="/authority/"' in page.content.decode()
    here = links(client.get("/authority/").content.decode())
    for route, name, view in addresses():
        if (
            view.access is Access.DUTY
            and "<" not in route
            and "GET" in view.methods
            and name not in {"desk", "revocation-new", "audit-export"}
        ):
            assert (f"/{route}" in here) == (duty in view.duties), name
    assert {client.get(address).status_code for address in here} == {200}
    english = client.get("/en/authority/").content.decode()
    assert "Nothing waits for you now." in english
    assert "Confirm identities" not in english


def test_who_has_no_duty_has_no_desk(world: World, signed_in: SignedIn) -> None:
    for person in (cast.STRANGER, cast.OWNER, cast.OPERATOR):
        client = signed_in(person)
        assert client.get("/authority/").status_code == 404
        assert "/authority/" not in client.get("/account/").content.decode()


def test_an_operator_with_a_duty_reaches_the_office_from_the_desk(world: World, signed_in: SignedIn) -> None:
    accounts.appoint_operator(actor="system", user=world.people[cast.SECRETARY.email])
    assert "/office/duties/" in links(signed_in(cast.SECRETARY).get("/authority/").content.decode())
    assert all(resolve(reverse(place.name)) for _, places in GROUPS for place in places)


def many(world: World, count: int) -> None:
    """So many dossiers in every state in which somebody is to act, each with what others did in it; a proposed revocation for every other one."""
    people = {person.email: number for person, number in ((p, world.people[p.email]) for p in cast.EVERYBODY)}
    content = Content(fields=dict(MAP))
    enterprise = world.firms[cast.ASSOCIATION_FIRM.uscc]
    inspector = people[cast.INSPECTOR.email]
    round_ = Round.objects.create(number="CJ-2026-0001", seed="1", percent=20, announced=NOW, announced_by_id=inspector, draw_at=NOW + datetime.timedelta(days=1))  # fmt: skip
    made = Dossier.objects.bulk_create(
        Dossier(
            code=new_code(), number=f"YZ-2026-{place:03}{n:03}", enterprise_id=enterprise, factor_id=f"F-{place}-{n}", version="1", name_zh=f"因子{n}",
            name_en=f"Factor {n}", category="chemicals", content=content.text, state=state, cycle=1, digest=content.digest, submitted=NOW,
            due=NOW + datetime.timedelta(days=n + 1), created=NOW, created_by=f"user:{people[cast.ASSOCIATION.email]}", changed=NOW,
        )
        for place, state in enumerate(STATES)
        for n in range(count)
    )  # fmt: skip
    FieldChange.objects.bulk_create(
        FieldChange(dossier=each, revision=1, key="value", before=None, after="2.713", at=NOW, by=each.created_by) for each in made
    )
    Step.objects.bulk_create(
        Step(dossier=each, cycle=1, act="submit", source="draft", target="submitted", at=NOW, by=each.created_by) for each in made
    )
    by_state = {state: [each for each in made if each.state == state] for state in STATES}
    checker, expert = people[cast.SECOND_CHECKER.email], people[cast.SECOND_EXPERT.email]
    Tick.objects.bulk_create(
        Tick(dossier=each, cycle=1, key="value", value="2.713", file_id=world.evidence, sha256="0" * 64, page="1", agrees=True, user_id=checker, at=NOW)
        for each in by_state["tracing"][::2]
    )  # fmt: skip
    asked = Assignment.objects.bulk_create(
        Assignment(dossier=each, cycle=1, panel=1, user_id=expert, at=NOW, by=f"user:{people[cast.SECRETARY.email]}", due=NOW)
        for each in by_state["reviewing"]
    )
    Opinion.objects.bulk_create(
        Opinion(assignment=each, form="1", answers=json.dumps(GOOD), verdict="accept", comment="同意", digest=content.digest, at=NOW)
        for each in asked[::2]
    )
    Drawn.objects.bulk_create(Drawn(round=round_, dossier=each, cycle=1) for each in by_state["spot_check"])
    Approval.objects.bulk_create(
        Approval(dossier=each, cycle=1, digest=content.digest, preview=content.digest, user_id=people[cast.PUBLISHER.email], at=NOW, expires=NOW + datetime.timedelta(days=3))
        for each in by_state["signed_once"]
    )  # fmt: skip
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2)
    Revocation.objects.bulk_create(
        Revocation(code=new_code(), factor=factor, reason_code="method", reason="…", preview="0" * 64, user_id=people[cast.PUBLISHER.email], at=NOW, expires=later)
        for factor in FactorVersion.objects.all()[:count]
    )  # fmt: skip


def busy(world: World) -> Client:
    """Somebody with every duty that goes with others, and no part in any dossier yet."""
    user = accounts.create_user(actor="system", email="all@test.example", name="全职 All", password=cast.PASSWORD)
    accounts.confirm_person(viewer=SYSTEM, user=user, document="E88888888")
    for duty in Duty:
        if duty is not Duty.AUDITOR:
            accounts.appoint(viewer=SYSTEM, user=user, duty=duty.value, organisation="另一单位")
    client = Client()
    client.force_login(User.objects.get(pk=user))
    return client


def test_twenty_dossiers_take_no_more_questions_than_two(world: World) -> None:
    counts: dict[str, list[int]] = {}
    for count in (2, 20):
        with undone():
            client = busy(world)
            many(world, count)
            one = Dossier.objects.filter(state="reviewing")[0]
            for n in range(count):
                user = accounts.create_user(actor="system", email=f"e{n}@test.example", name=f"E {n}", password=cast.PASSWORD)
                accounts.confirm_person(viewer=SYSTEM, user=user, document=f"P{70_000_000 + n}")
                accounts.appoint(viewer=SYSTEM, user=user, duty="expert", organisation=f"单位 {n}")
            for address in ("/authority/", "/dossiers/", f"/dossiers/{one.pk}/"):
                client.get(address)
                with CaptureQueriesContext(connection) as asked:
                    answer = client.get(address)
                assert answer.status_code == 200
                counts.setdefault(address.replace(one.pk, "…"), []).append(len(asked))
                if address == "/authority/":
                    page = answer.content.decode()
                    # Of each state all but those in review wait for somebody with all these duties: tracing, to be asked of, drawn, to be signed, appealed.
                    assert f"等您办理（{len(STATES) * count + count}）" in page
                    assert page.count("/authority/revocations/") >= count
    assert {address: max(found) - min(found) for address, found in counts.items()} == dict.fromkeys(counts, 0), counts


def test_the_desk_is_in_the_order_of_deadlines_and_leaves_out_what_is_not_theirs_to_do(world: World, as_: As) -> None:
    many(world, 3)
    tasks = queries.to_do(as_(cast.PUBLISHER), now=NOW)
    assert [task.row.clock.left for task in tasks if task.row.clock] == sorted(task.row.clock.left for task in tasks if task.row.clock)
    assert {task.row.state for task in tasks} == {"awaiting_publication", "signed_once"}
    # The other of their accounts took part as checker: the same person has another part, and the dossier is not theirs to sign.
    one = tasks[0].row.code
    other = accounts.create_user(actor="system", email="other@test.example", name="另 Other", password=cast.PASSWORD)
    number = next(n for n, person in enumerate(cast.EVERYBODY) if person is cast.PUBLISHER)
    accounts.confirm_person(viewer=SYSTEM, user=other, document=f"E{10_000_000 + number}")
    Step.objects.create(dossier_id=one, cycle=1, act="return", source="tracing", target="returned", at=NOW, by=f"user:{other}", reason="…")
    assert one not in [task.row.code for task in queries.to_do(as_(cast.PUBLISHER), now=NOW)]
    assert one in [task.row.code for task in queries.to_do(as_(cast.SECOND_PUBLISHER), now=NOW)]


def test_who_is_to_tick_and_to_ask_is_as_it_was_said_one_by_one(world: World, as_: As) -> None:
    way = Way(as_, world.firms[cast.ASSOCIATION_FIRM.uscc], tuple(world.people[p.email] for p in (cast.EXPERT, cast.SECOND_EXPERT)))
    code = way.submitted()

    def waits(person: cast.Person) -> bool:
        return code in [task.row.code for task in queries.to_do(as_(person), now=NOW)]

    assert waits(cast.CHECKER)
    assert waits(cast.SECOND_CHECKER)
    way.tick(code, cast.CHECKER)
    assert not waits(cast.CHECKER)
    assert waits(cast.SECOND_CHECKER)
    way.tick(code, cast.SECOND_CHECKER)
    assert Tick.objects.filter(dossier=code).exists()
    assert waits(cast.SECRETARY)
    assert not waits(cast.EXPERT)
    way.assigned(code)
    assert not waits(cast.SECRETARY)
    assert waits(cast.EXPERT)
    way.opine(code, cast.EXPERT)
    assert not waits(cast.EXPERT)
    way.opine(code, cast.SECOND_EXPERT, "reject")
    assert waits(cast.SECRETARY)  # two who differ: a third is to be asked
