"""A factor's way to publication through the interface: an association's program hands it in, officials' own programs decide on it."""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.dossiers import GOOD, MAP, PAGE, PAPER, PREVIEW, Way, state_of
from tests.integration.conftest import World
from tests.programs import Program, given, problem
from zuji.registry.accounts import operations as accounts
from zuji.registry.accounts import queries as account_queries
from zuji.registry.accounts.entries import Unfit
from zuji.registry.accounts.models import ApiClient
from zuji.registry.accounts.viewer import SYSTEM, Viewer
from zuji.registry.audit.models import Event
from zuji.registry.evidence import storage
from zuji.registry.governance import operations
from zuji.registry.governance.models import Approval, Dossier, Step
from zuji.registry.refusals import NotAllowed, NotFound, Refused

As = Callable[[cast.Person], Viewer]
Desk = Callable[[cast.Person | int], Program]
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def way(world: World, as_: As) -> Way:
    experts = tuple(world.people[person.email] for person in (cast.EXPERT, cast.SECOND_EXPERT, cast.THIRD_EXPERT))
    return Way(as_, world.firms[cast.ASSOCIATION_FIRM.uscc], experts)


@pytest.fixture
def erp(world: World) -> Program:
    """A program of the association, which its head set up."""
    firm = world.firms[cast.ASSOCIATION_FIRM.uscc]
    head = accounts.create_user(actor="system", email="head@test.example", name="协会负责人", password=cast.PASSWORD)
    accounts.add_member(actor="system", enterprise=firm, user=head, role="owner")
    today = timezone.localdate().isoformat()
    made = accounts.make_client(viewer=account_queries.viewer(head), enterprise=firm, name="协会系统", role="editor", expires=today)
    return _signed_in(made)


@pytest.fixture
def desk(world: World) -> Desk:
    """A program that acts in somebody's own name, within their duties."""

    def make(person: cast.Person | int) -> Program:
        user = person if isinstance(person, int) else world.people[person.email]
        today = timezone.localdate().isoformat()
        return _signed_in(accounts.make_own_client(viewer=account_queries.viewer(user), name="办公系统", expires=today))

    return make


def _signed_in(made: accounts.MadeClient) -> Program:
    found = Program(made.client_id, made.secret)
    assert found.sign_in().status_code == 200
    return found


def acts(program: Program, code: str, act: str, key: str = "", **more: Any) -> Any:
    """Take a step."""
    return program.ask("POST", f"/dossiers/{code}/acts", {"act": act, **more}, key or f"key-{timezone.now().timestamp()}")


def drafted(erp: Program, **changed: str) -> str:
    """A draft with its document, by API."""
    file = given(erp.hand_in("/evidence", "陈舜2015.txt", f"{PAPER}{PAGE}".encode()), 201)["file"]
    code = str(given(erp.ask("POST", "/dossiers", {"fields": {**MAP, **changed}}, f"draft-{timezone.now().timestamp()}"), 201)["code"])
    given(erp.ask("POST", f"/dossiers/{code}/evidence", {"file": file, "page": "6371"}), 201)
    return code


def submitted(erp: Program, code: str) -> str:
    """Handed in; the digest of what was sealed."""
    shown = given(erp.ask("GET", f"/dossiers/{code}"))
    assert given(acts(erp, code, "submit", revision=shown["revision"]), 201)["passed"]
    return str(given(erp.ask("GET", f"/dossiers/{code}"))["digest"])


def ticked(checker: Program, code: str) -> Any:
    """Every value held against its document by one checker; the last answer."""
    shown = given(checker.ask("GET", f"/dossiers/{code}"))
    file = shown["evidence"][0]["file"]
    mark = {"seen": shown["digest"], "file": file, "page": "6371", "agrees": True}
    problem(_tick(checker, code, "value", mark), 409, "refused")  # the document comes first
    assert checker.ask("GET", f"/dossiers/{code}/evidence/{file}").content == f"{PAPER}{PAGE}".encode()
    return [given(_tick(checker, code, key, mark), 201) for key in shown["to_check"]][-1]


def _tick(checker: Program, code: str, key: str, mark: dict[str, Any]) -> Any:
    body = {"act": "tick", "key": key, **mark}
    return checker.ask("POST", f"/dossiers/{code}/acts", body, f"tick-{timezone.now().timestamp()}")


def drawn(way: Way) -> None:
    """The draw of a spot check, whose time is the operations' own."""
    by, now = way.as_(cast.INSPECTOR), timezone.now()
    number = operations.announce_round(viewer=by, draw_at=now + HOUR, now=now)
    operations.draw_round(viewer=by, number=number, now=now + HOUR)


def test_from_a_draft_to_a_published_version_by_programs_alone(erp: Program, desk: Desk, way: Way, world: World) -> None:
    code = drafted(erp)
    address = f"/dossiers/{code}"
    shown = given(erp.ask("GET", address))
    assert (shown["row"]["state"], shown["faults"], shown["may"]) == ("draft", [], ["edit", "submit", "withdraw"])
    sent = given(acts(erp, code, "submit", key="submit-0001", revision=shown["revision"]), 201)
    assert (sent["state"], sent["passed"]) == ("tracing", True)
    again = acts(erp, code, "submit", key="submit-0001", revision=shown["revision"])
    assert (again.json(), again.headers["Idempotent-Replayed"]) == (sent, "true")
    assert Step.objects.filter(dossier=code, act="submit").count() == 1
    late = problem(acts(erp, code, "submit", revision=shown["revision"]), 409, "state-conflict")
    assert (late.state, "trace" in late.open) == ("tracing", True)
    first, second = desk(cast.CHECKER), desk(cast.SECOND_CHECKER)
    assert [(task["dossier"]["code"], task["party"]) for task in given(first.ask("GET", "/dossiers/tasks"))] == [(code, "checker")]
    assert (ticked(first, code)["state"], ticked(second, code)["state"]) == ("tracing", "reviewing")
    secretary = desk(cast.SECRETARY)
    free = {each["user"] for each in given(secretary.ask("GET", f"{address}/experts")) if each["obstacle"] is None}
    assert set(way.experts) <= free
    for expert in way.experts[:2]:
        assert given(acts(secretary, code, "assign", expert=expert, days=10), 201)["assignment"]
    opinion: dict[str, Any] = {"seen": sent_digest(code), "answers": GOOD, "verdict": "accept", "comment": "来源可查，换算正确。"}
    reviewer = desk(cast.EXPERT)
    problem(acts(reviewer, code, "opine", **opinion, no_conflict=False), 403, "not-impartial")
    assert given(acts(reviewer, code, "opine", **opinion, no_conflict=True), 201)["state"] == "reviewing"
    assert given(acts(desk(cast.SECOND_EXPERT), code, "opine", **opinion, no_conflict=True), 201)["state"] == "spot_check"
    drawn(way)
    assert given(acts(desk(cast.INSPECTOR), code, "found_sound", seen=sent_digest(code)), 201)["state"] == "awaiting_publication"
    _published(desk(cast.PUBLISHER), desk(cast.SECOND_PUBLISHER), erp, code)


def sent_digest(code: str) -> str:
    return Dossier.objects.get(pk=code).digest


def _published(one: Program, other: Program, erp: Program, code: str) -> None:
    """Two people sign what they saw, and nothing else."""
    impact = given(one.ask("GET", f"/dossiers/{code}/impact"))
    assert impact["content"]["changes"]
    bound = {"seen": sent_digest(code), "preview": impact["digest"]}
    stale = problem(acts(one, code, "sign", **{**bound, "preview": "0" * 64}), 409, "state-conflict")
    assert stale.state == "awaiting_publication"
    problem(acts(erp, code, "sign", **bound), 403, "not-allowed")
    assert given(acts(one, code, "sign", **bound), 201)["expires"]
    same = problem(acts(one, code, "publish", **bound), 403, "not-impartial")
    assert "another person" in same.message_en
    assert "publish" not in given(one.ask("GET", f"/dossiers/{code}"))["may"]
    for wrong in ({**bound, "seen": "0" * 64}, {**bound, "preview": "0" * 64}):
        assert problem(acts(other, code, "publish", **wrong), 409, "state-conflict").state == "signed_once"
    assert given(other.ask("GET", f"/dossiers/{code}/impact"))["kept"]
    done = given(acts(other, code, "publish", key="publish-0001", **bound), 201)
    assert done["state"] == "published"
    assert acts(other, code, "publish", key="publish-0001", **bound).json() == done
    assert given(erp.ask("GET", "/factors/CHEN2015-MAP/2"))["value"] == "2.713"
    steps = given(erp.ask("GET", f"/dossiers/{code}"))["steps"]
    assert [step["by"] for step in steps if step["act"] == "publish"] == [""], "the submitter is not told who signed"
    signed = given(one.ask("GET", f"/dossiers/{code}"))["steps"]
    assert [step["by"] for step in signed if step["act"] == "publish"] == [f"{cast.SECOND_PUBLISHER.name}（办公系统）"]


def test_one_person_is_one_whichever_account_or_program_they_use(erp: Program, desk: Desk, way: Way, world: World) -> None:
    code = way.submitted()
    number = cast.EVERYBODY.index(cast.CHECKER)
    twin = accounts.create_user(actor="system", email="twin@test.example", name=cast.CHECKER.name, password=cast.PASSWORD)
    accounts.confirm_person(viewer=SYSTEM, user=twin, document=f"E{10_000_000 + number}")
    for duty in ("publisher", "inspector", "expert"):
        accounts.appoint(viewer=SYSTEM, user=twin, duty=duty, organisation="另一单位")
    way.drawn(code)
    bound = {"seen": sent_digest(code), "preview": given(desk(twin).ask("GET", f"/dossiers/{code}/impact"))["digest"]}
    refused = problem(acts(desk(twin), code, "sign", **bound), 403, "not-impartial")
    assert "traceability checker" in refused.message_en
    assert "溯源核验员" in refused.message_zh
    assert given(desk(twin).ask("GET", f"/dossiers/{code}"))["may"] == []
    # Who set up the program that handed it in is its submitter.
    ApiClient.objects.filter(client_id=erp.client_id).update(created_by=world.people[cast.SECOND_CHECKER.email])
    theirs = drafted(erp, id="CHEN2015-MAP-X", version="1", supersedes="", reason="", value="2.72")
    seen = submitted(erp, theirs)
    checker = desk(cast.SECOND_CHECKER)
    file = given(checker.ask("GET", f"/dossiers/{theirs}"))["evidence"][0]["file"]
    mark = {"seen": seen, "file": file, "page": "1", "agrees": True}
    problem(_tick(checker, theirs, "value", mark), 403, "not-impartial")
    problem(_tick(erp, theirs, "value", mark), 403, "not-allowed")
    assert not given(checker.ask("GET", "/dossiers/tasks"))


def test_who_looked_at_another_content_decides_on_nothing(erp: Program, desk: Desk, way: Way) -> None:
    code = drafted(erp)
    old = submitted(erp, code)
    checker = desk(cast.CHECKER)
    given(acts(checker, code, "return", seen=old, reason="缺页"), 201)
    shown = given(erp.ask("GET", f"/dossiers/{code}"))
    assert [each["reason"] for each in shown["steps"] if each["act"] == "return"] == ["缺页"]
    stale = erp.ask("PUT", f"/dossiers/{code}/fields", {"revision": shown["revision"] - 1, "fields": MAP})
    assert problem(stale, 409, "state-conflict").state == "returned"
    given(erp.ask("PUT", f"/dossiers/{code}/fields", {"revision": shown["revision"], "fields": {**MAP, "technology": "料浆法"}}))
    assert submitted(erp, code) != old
    file = shown["evidence"][0]["file"]
    checker.ask("GET", f"/dossiers/{code}/evidence/{file}")
    mark = {"file": file, "page": "6371", "agrees": True}
    assert problem(_tick(checker, code, "value", {**mark, "seen": old}), 409, "state-conflict").state == "tracing"
    way.drawn(code)
    publisher = desk(cast.PUBLISHER)
    preview = given(publisher.ask("GET", f"/dossiers/{code}/impact"))["digest"]
    problem(acts(publisher, code, "sign", seen=old, preview=preview), 409, "state-conflict")
    assert not Approval.objects.filter(dossier=code).exists()


def test_a_signature_that_has_expired_carries_no_publication(desk: Desk, way: Way, as_: As) -> None:
    code = way.drawn()
    before = timezone.now() - datetime.timedelta(days=4)
    operations.sign(viewer=as_(cast.PUBLISHER), dossier=code, seen=way.digest(code), preview=PREVIEW, now=before)
    second = desk(cast.SECOND_PUBLISHER)
    gone = problem(acts(second, code, "publish", seen=way.digest(code), preview=PREVIEW), 409, "state-conflict")
    assert (gone.state, "expired" in gone.message_en) == ("signed_once", True)
    problem(acts(second, code, "unsign", reason=""), 422, "invalid")
    given(acts(second, code, "unsign", reason="已过期"), 201)
    preview = given(second.ask("GET", f"/dossiers/{code}/impact"))["digest"]
    assert given(acts(second, code, "sign", seen=way.digest(code), preview=preview), 201)["state"] == "signed_once"


def test_a_person_s_program_signs_for_half_a_day_and_ends_with_their_duty(desk: Desk, way: Way, world: World) -> None:
    code = way.drawn()
    publisher = desk(cast.PUBLISHER)
    address = f"/dossiers/{code}"
    bound = {"seen": way.digest(code), "preview": given(publisher.ask("GET", f"{address}/impact"))["digest"]}
    ApiClient.objects.filter(client_id=publisher.client_id).update(created=timezone.now() - 13 * HOUR)
    assert given(publisher.ask("GET", address))["may"] == []
    problem(acts(publisher, code, "sign", **bound), 403, "not-allowed")
    assert state_of(code) == "awaiting_publication"
    problem(publisher.ask("GET", "/products"), 404, "not-found")
    problem(publisher.ask("POST", "/dossiers", {"fields": {"name_zh": "x"}}, "draft-of-nobody"), 404, "not-found")
    read = Event.objects.filter(action="dossier.read", subject=f"dossier:{code}").values_list("actor", flat=True)
    assert set(read) == {f"client:{publisher.client_id}"}
    appointed = next(each for each in account_queries.appointments(viewer=SYSTEM) if each.user == world.people[cast.PUBLISHER.email])
    accounts.end_duty(viewer=SYSTEM, appointment=appointed.appointment)
    problem(publisher.ask("GET", address), 404, "not-found")


def test_who_makes_a_program_of_their_own(desk: Desk, world: World, as_: As, signed_in: Callable[[cast.Person], Client]) -> None:
    today = timezone.localdate()
    for person in (cast.AUDITOR, cast.OWNER, cast.STRANGER):
        with pytest.raises(NotAllowed):
            accounts.make_own_client(viewer=as_(person), name="x", expires=today.isoformat())
        assert signed_in(person).get("/account/programs/").status_code == 404
    mine = desk(cast.EXPERT)
    itself = account_queries.viewer_of_client(mine.client_id)
    assert itself is not None
    with pytest.raises(NotAllowed):
        accounts.make_own_client(viewer=itself, name="x", expires=today.isoformat())
    late = (today + datetime.timedelta(days=31)).isoformat()
    with pytest.raises(Unfit):
        accounts.make_own_client(viewer=as_(cast.EXPERT), name="x", expires=late)
    browser = signed_in(cast.EXPERT)
    page = browser.post("/account/programs/", {"name": "夜间核对", "expires": today.isoformat()}).content.decode()
    secret = re.search(r'id="client-secret"[^>]*>([^<]+)<', page)
    assert secret is not None
    assert secret.group(1) not in browser.get("/account/programs/").content.decode()
    for _ in range(3):
        desk(cast.EXPERT)
    with pytest.raises(Refused, match="at most 5"):
        desk(cast.EXPERT)
    with pytest.raises(NotFound):
        accounts.revoke_own_client(viewer=as_(cast.SECOND_EXPERT), client=mine.client_id)
    for _ in range(2):
        browser.post(f"/account/programs/{mine.client_id}/revoke/")
    problem(mine.ask("GET", "/dossiers"), 401, "unauthenticated")
    assert Event.objects.filter(action="client.revoked", subject=f"client:{mine.client_id}").count() == 1


def test_strangers_cannot_tell_a_dossier_from_none(erp: Program, desk: Desk, way: Way, world: World, as_: As) -> None:
    code = drafted(erp)
    firm, today = world.firms[cast.RIVAL.uscc], timezone.localdate().isoformat()
    rival = _signed_in(accounts.make_client(viewer=as_(cast.RIVAL_OWNER), enterprise=firm, name="ERP", role="editor", expires=today))
    draft_only = desk(cast.CHECKER)
    asked: list[tuple[str, str, object]] = [
        ("GET", "", None),
        ("GET", "/history", None),
        ("GET", "/impact", None),
        ("GET", "/experts", None),
        ("PUT", "/fields", {"revision": 0, "fields": {}}),
        ("POST", "/acts", {"act": "withdraw", "reason": "x"}),
    ]
    for who in (rival, draft_only):
        for method, rest, body in asked:
            hidden, missing = (who.ask(method, f"/dossiers/{each}{rest}", body, "strange-0001") for each in (code, "2" * 26))
            problem(hidden, 404, "not-found")
            assert hidden.content == missing.content
        assert given(who.ask("GET", "/dossiers"))["total"] == 0
    file = given(rival.hand_in("/evidence", "a.txt", b"a"), 201)["file"]
    problem(erp.ask("POST", f"/dossiers/{code}/evidence", {"file": file}), 404, "not-found")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"value": "0"}, {"value"}),
        ({"value": "-2.713"}, {"value"}),
        ({"value": "27.13"}, {"value"}),
        ({"unit": "kgCO2e/kWh"}, {"unit"}),
    ],
    ids=["zero", "negative", "ten times", "dimension"],
)
def test_what_the_gate_stops_is_told_by_its_field(erp: Program, changed: dict[str, str], said: set[str]) -> None:
    code = drafted(erp, **changed)
    shown = given(erp.ask("GET", f"/dossiers/{code}"))
    answer = acts(erp, code, "submit", revision=shown["revision"])
    if answer.status_code == 422:  # it makes no factor at all
        found = {fault.field for fault in problem(answer, 422, "not-readable").fields}
        assert state_of(code) == "draft"
    else:
        stopped = given(answer, 201)
        assert (stopped["passed"], stopped["state"]) == (False, "returned")
        found = {each["field"] for each in stopped["findings"] if each["severity"] == "error"}
    assert said <= found


def test_what_cannot_be_taken_is_named_and_changes_nothing(erp: Program) -> None:
    code = drafted(erp)
    before = Dossier.objects.get(pk=code).content
    shown = given(erp.ask("GET", f"/dossiers/{code}"))
    put = f"/dossiers/{code}/fields"
    for fields, status, said in (
        ({"owner": "me"}, 409, "refused"),
        ({"name_zh": "a\u0000b"}, 409, "refused"),
        ({"name_zh": "长" * 400}, 409, "refused"),
        ({"name_zh": "长" * 30_000}, 422, "invalid"),
        ({"name_zh": 3}, 422, "invalid"),
    ):
        problem(erp.ask("PUT", put, {"revision": shown["revision"], "fields": fields}), status, said)
    bodies: list[object] = [{"act": "explode"}, {"act": "submit"}, {"act": "submit", "revision": 1, "by": "me"}, []]
    for body in bodies:
        problem(erp.ask("POST", f"/dossiers/{code}/acts", body, "bad-act-0001"), 422, "invalid")
    problem(erp.ask("POST", "/dossiers", {"fields": {"value": "1"}, "restore": "CHEN2015-MAP@1"}, "both-0001"), 422, "invalid")
    problem(erp.ask("POST", "/dossiers", {"restore": "NONE@1"}, "none-0001"), 404, "not-found")
    assert Dossier.objects.get(pk=code).content == before
    restored = given(erp.ask("POST", "/dossiers", {"restore": "CHEN2015-MAP@1"}, "old-0001"), 201)["code"]
    assert given(erp.ask("GET", f"/dossiers/{restored}"))["fields"]["supersedes"] == "CHEN2015-MAP@1"


def test_a_document_that_was_altered_stops_every_step(erp: Program, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    code = drafted(erp)
    monkeypatch.setattr(storage, "digest_on_disk", lambda _: "0" * 64)
    revision = given(erp.ask("GET", f"/dossiers/{code}"))["revision"]
    problem(acts(erp, code, "submit", revision=revision), 409, "evidence-altered")
    assert state_of(code) == "draft"
