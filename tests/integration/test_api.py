"""The interface as a program uses it: a token, a product from questionnaire to sign-off, and every error in one shape."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.integration.conftest import World
from tests.programs import Program, problem
from zuji.registry.accounts import operations as accounts
from zuji.registry.accounts.models import ApiClient
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.products.models import Product
from zuji.registry.replies.models import Reply
from zuji.registry.replies.operations import KEPT_FOR
from zuji.rules import load_model

As = Callable[[cast.Person], Viewer]
MODEL = load_model("map-fertiliser")
ANSWERS = {key: value for key, value in MODEL.example.items() if key not in {"study_id", "demonstration"}}


@pytest.fixture
def program(world: World, as_: As) -> Callable[..., Program]:
    """Makes a program of an enterprise; it has signed in."""

    def make(person: cast.Person = cast.OWNER, role: str = "editor") -> Program:
        assert person.firm is not None
        made = accounts.make_client(
            viewer=as_(person),
            enterprise=world.firms[person.firm.uscc],
            name="ERP",
            role=role,
            expires=timezone.localdate().isoformat(),
        )
        found = Program(made.client_id, made.secret)
        assert found.sign_in().status_code == 200
        return found

    return make


def made(program: Program, key: str = "product-0001") -> str:
    answer = program.ask("POST", "/products", {"name_zh": "磷酸一铵", "model": "map-fertiliser"}, key)
    assert answer.status_code == 201, answer.content.decode()
    return str(answer.json()["code"])


def test_from_nothing_to_a_version_that_awaits_its_signature(program: Callable[..., Program], as_: As) -> None:
    erp = program()
    code = made(erp)
    here = f"/products/{code}/versions/1"
    saved = erp.ask("PATCH", f"{here}/answers", {"base_revision": 0, "changes": ANSWERS}).json()
    assert saved["revision"] == 1
    shown = erp.ask("POST", f"{here}/live", {"changes": {"coal": "1，000"}}).json()
    assert shown["read_as"] == {"coal": "1000"}
    assert isinstance(shown["total"], str)
    for group in MODEL.groups:
        assert erp.ask("PUT", f"{here}/pages/{group.id}", {"finished": True}).status_code == 200
    version = erp.ask("GET", here).json()
    assert {page["status"] for page in version["pages"]} == {"complete"}
    footprint = erp.ask("POST", f"{here}/calculations").json()["footprint"]
    result = erp.ask("GET", f"/footprints/{footprint}").json()["result"]
    assert result["total"] == erp.ask("POST", f"{here}/live", {}).json()["total"]
    sent = erp.hand_in(f"{here}/evidence?field=ammonia", "液氨.csv", "月份,数量\n1,2\n".encode())
    assert sent.status_code == 201, sent.content.decode()
    assert erp.ask("GET", f"/evidence/{sent.json()['file']}").content == "月份,数量\n1,2\n".encode()
    asked = erp.ask("POST", f"{here}/sign-off", {"note": "请审核"})
    assert asked.json() == {"state": "awaiting_sign_off", "footprint": footprint, "case": None}
    problem(erp.ask("POST", f"{here}/sign-off", {}), 409, "refused")
    problem(erp.ask("PATCH", f"{here}/answers", {"base_revision": 1, "changes": {"coal": "1"}}), 409, "refused")
    assert erp.ask("DELETE", f"{here}/sign-off").json()["state"] == "draft"
    history = erp.ask("GET", f"{here}/history?key=ammonia").json()["changes"]
    assert [(change["after"], change["by"]) for change in history] == [(ANSWERS["ammonia"], "ERP")]


def test_a_request_sent_twice_under_one_key_is_done_once(program: Callable[..., Program]) -> None:
    erp = program()
    code = made(erp)
    again = erp.ask("POST", "/products", {"name_zh": "磷酸一铵", "model": "map-fertiliser"}, "product-0001")
    assert (again.status_code, again.json(), again.headers["Idempotent-Replayed"]) == (201, {"code": code}, "true")
    assert Product.objects.filter(created_by__startswith="client:").count() == 1
    other = {"name_zh": "另一个", "model": "map-fertiliser"}
    problem(erp.ask("POST", "/products", other, "product-0001"), 422, "idempotency-key-reused")
    problem(erp.ask("POST", "/products", other), 422, "invalid")
    assert program().ask("POST", "/products", other, "product-0001").status_code == 201


def test_a_key_whose_request_was_refused_is_free_again(program: Callable[..., Program]) -> None:
    erp = program()
    problem(erp.ask("POST", "/products", {"name_zh": "", "model": "map-fertiliser"}, "product-0001"), 409, "refused")
    assert Reply.objects.count() == 0
    assert made(erp)


def test_old_answers_are_forgotten(program: Callable[..., Program]) -> None:
    erp = program()
    made(erp)
    Reply.objects.update(at=timezone.now() - KEPT_FOR - timedelta(minutes=1))
    made(erp, "product-0002")
    assert [reply.key for reply in Reply.objects.all()] == ["product-0002"]


def test_two_programs_and_one_field(program: Callable[..., Program]) -> None:
    one, two = program(), program()
    code = made(one)
    address = f"/products/{code}/versions/1/answers"
    one.ask("PATCH", address, {"base_revision": 0, "changes": {"coal": "1"}})
    clash = problem(two.ask("PATCH", address, {"base_revision": 0, "changes": {"coal": "2"}}), 409, "conflict")
    assert [(fault.field, fault.mine, fault.theirs) for fault in clash.fields] == [("coal", "2", "1")]
    assert clash.revision == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda p: setattr(p, "token", ""),
        lambda p: setattr(p, "token", p.token[:-2]),
        lambda p: setattr(p, "token", p.secret),
        lambda p: setattr(p, "token", "x" * 5000),
        lambda p: ApiClient.objects.filter(client_id=p.client_id).update(revoked=timezone.now()),
        lambda p: ApiClient.objects.filter(client_id=p.client_id).update(expires="2020-01-01"),
    ],
    ids=["none", "cut", "secret", "long", "revoked", "expired"],
)
def test_without_a_good_token_there_is_nothing(program: Callable[..., Program], change: Callable[[Program], object]) -> None:
    erp = program()
    change(erp)
    answer = erp.ask("GET", "/products")
    problem(answer, 401, "unauthenticated")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_wrong_credentials_get_no_token(program: Callable[..., Program]) -> None:
    erp = program()
    for client, secret in ((erp.client_id, "wrong"), ("nobody", erp.secret), ("", "")):
        problem(Program(client, secret).sign_in(), 401, "unauthenticated")
    assert (
        Client().post("/v1/token", {"grant_type": "password", "client_id": erp.client_id, "client_secret": erp.secret}).status_code == 422
    )
    good = Client().post("/v1/token", {"grant_type": "client_credentials", "client_id": erp.client_id, "client_secret": erp.secret})
    assert good.json()["token_type"] == "Bearer"
    assert "no-store" in good.headers["Cache-Control"]


def test_another_enterprise_s_things_are_missing_things(program: Callable[..., Program]) -> None:
    code = made(program())
    rival = program(cast.RIVAL_OWNER)
    for method, rest, body in (
        ("GET", "", None),
        ("PATCH", "", {"name_zh": "x"}),
        ("GET", "/versions/1", None),
        ("PATCH", "/versions/1/answers", {"base_revision": 0, "changes": {}}),
        ("POST", "/versions/1/calculations", None),
    ):
        hidden, missing = (rival.ask(method, f"/products/{each}{rest}", body) for each in (code, "2" * 26))
        problem(hidden, 404, "not-found")
        assert hidden.content == missing.content
    assert rival.ask("GET", "/products").json()["total"] == 0


def test_a_reading_program_reads(program: Callable[..., Program]) -> None:
    code = made(program())
    reader = program(role="viewer")
    assert reader.ask("GET", f"/products/{code}").status_code == 200
    problem(reader.ask("PATCH", f"/products/{code}/versions/1/answers", {"base_revision": 0, "changes": {"coal": "1"}}), 403, "not-allowed")
    problem(reader.ask("POST", "/products", {"name_zh": "x", "model": "map-fertiliser"}, "product-0002"), 403, "not-allowed")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"name_zh": "a", "model": "map-fertiliser", "enterprise": 2}, 422, "invalid"),
        ({"name_zh": "a", "model": "map-fertiliser", "state": "submitted"}, 422, "invalid"),
        ({"name_zh": "a" * 10_000, "model": "map-fertiliser"}, 422, "invalid"),
        ({"name_zh": "a\u202eb", "model": "map-fertiliser"}, 409, "refused"),
        ({"name_zh": "a", "model": "no-such"}, 409, "refused"),
        (b'{"name_zh": "a", "name_zh": "b", "model": "map-fertiliser"}', 400, "unreadable"),
        (b'{"name_zh": NaN, "model": "map-fertiliser"}', 400, "unreadable"),
        (b'{"name_zh": "\\ud800", "model": "map-fertiliser"}', 400, "unreadable"),
        (b'{"name_zh": ' + b"[" * 5000, 400, "unreadable"),
        (b"\xff\xfe", 400, "unreadable"),
        (b"[]", 422, "invalid"),
    ],
    ids=range(11),
)
def test_bad_bodies_are_named_and_make_nothing(program: Callable[..., Program], body: object, status: int, code: str) -> None:
    problem(program().ask("POST", "/products", body, "product-0001"), status, code)
    assert Product.objects.filter(created_by__startswith="client:").count() == 0


def test_bad_answers_are_named_by_their_keys(program: Callable[..., Program]) -> None:
    erp = program()
    address = f"/products/{made(erp)}/versions/1/answers"
    bad = problem(erp.ask("PATCH", address, {"base_revision": 0, "changes": {"coal": "1", "owner": "me"}}), 422, "bad-answers")
    assert [fault.field for fault in bad.fields] == ["owner"]
    broken = problem(erp.ask("POST", address.replace("answers", "calculations")), 422, "not-calculable")
    assert "map_output" in {fault.field for fault in broken.fields}


def test_what_the_public_may_read_needs_no_token(world: World) -> None:
    browser = Client()
    assert {row["id"] for row in browser.get("/v1/models").json()} == {"lfp-battery-pack", "map-fertiliser", "portland-cement"}
    assert browser.get("/v1/models/map-fertiliser").json()["groups"][0]["fields"]
    found = browser.get("/v1/factors?query=铝锭").json()
    assert found["factors"][0]["value"]
    assert (found["factors"][0]["found_by"], sum(found["facets"]["kind"].values())) == ("synonym", found["total"])
    problem(browser.get("/v1/models/none"), 404, "not-found")
    problem(browser.get("/v1/factors/none/1"), 404, "not-found")


def test_lines_are_matched_and_what_is_not_there_is_told_so(world: World) -> None:
    lines = ["42.5普硅袋装", "nat. gas m3", "硫酸98%", "磷酸一安 58%", ""]
    answers = Client().post("/v1/factors/match", {"lines": lines}, content_type="application/json").json()
    assert [answer["line"] for answer in answers] == lines
    assert [answer["found"] for answer in answers] == [True, True, False, True, False]
    assert answers[0]["candidates"][0]["factor"]["id"] == "CPCD-37440X1162021B"
    assert answers[0]["candidates"][0]["reason"] == {"zh": "同义词“42.5普硅”", "en": "synonym “42.5普硅”"}
    assert {each["factor"]["unit"] for each in answers[3]["candidates"]} == {"kgCO2e/kg P2O5"}, "superseded factors are no answer"
    problem(Client().post("/v1/factors/match", {"lines": ["x"] * 201}, content_type="application/json"), 422, "invalid")


def test_who_shows_a_token_may_read_more_often(program: Callable[..., Program]) -> None:
    caches["process"].clear()
    browser, erp = Client(), program()
    answers = [browser.get("/v1/factors/none/1") for _ in range(121)]
    assert {answer.status_code for answer in answers[:120]} == {404}
    problem(answers[-1], 429, "too-many-requests")
    assert int(answers[-1].headers["Retry-After"]) > 0
    problem(erp.ask("GET", "/factors/none/1"), 404, "not-found")
    problem(browser.get("/v1/factors/none/1", headers={"Authorization": "Bearer no-token"}), 401, "unauthenticated")
    caches["process"].clear()
