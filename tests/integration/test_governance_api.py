"""Through the interface: draws that a stranger makes again, certificates that are claimed once, contributions that stay their enterprise's."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.dossiers import MAP, Way
from tests.integration.conftest import World
from tests.programs import Program, given, problem
from tests.questionnaires import filled_product
from zuji.registry.accounts import operations as accounts
from zuji.registry.accounts.viewer import SYSTEM, Viewer
from zuji.registry.averages import operations as averages
from zuji.registry.averages.models import Contribution
from zuji.registry.electricity.models import Certificate, Claim, Conflict
from zuji.registry.governance import operations
from zuji.registry.governance.models import Round

As = Callable[[cast.Person], Viewer]
HOUR = timedelta(hours=1)


@pytest.fixture
def program(world: World, as_: As) -> Callable[[cast.Person], Program]:
    """A program: of the enterprise of an owner, or in the own name of somebody with a duty."""

    def make(person: cast.Person) -> Program:
        today, viewer = timezone.localdate().isoformat(), as_(person)
        if person.firm is None:
            made = accounts.make_own_client(viewer=viewer, name="办公系统", expires=today)
        else:
            firm = world.firms[person.firm.uscc]
            made = accounts.make_client(viewer=viewer, enterprise=firm, name="ERP", role="editor", expires=today)
        found = Program(made.client_id, made.secret)
        assert found.sign_in().status_code == 200
        return found

    return make


def again(found: Mapping[str, Any]) -> list[str]:
    """The draw as a stranger makes it who has read the description of the interface and nothing else."""
    assert found["algorithm"] == "zuji/spot-check/1"
    drawn: list[str] = []
    for kind, size in (("risk", found["by_risk"]), ("blind", found["blind"])):
        left = {number: weight if kind == "risk" else 1 for number, weight in sorted(found["listed"].items()) if number not in drawn}
        for turn in range(size):
            dice = int.from_bytes(hashlib.sha256(f"{found['seed']}|{kind}|{turn}".encode()).digest(), "big") % sum(left.values())
            passed = 0
            for number, weight in left.items():
                passed += weight
                if passed > dice:
                    drawn.append(number)
                    break
            del left[drawn[-1]]
    return drawn


def test_a_stranger_draws_again_what_was_drawn(world: World, as_: As, program: Callable[[cast.Person], Program]) -> None:
    experts = tuple(world.people[person.email] for person in (cast.EXPERT, cast.SECOND_EXPERT, cast.THIRD_EXPERT))
    way = Way(as_, world.firms[cast.ASSOCIATION_FIRM.uscc], experts)
    for n in range(5):
        way.reviewed(**{**MAP, "id": f"HB-DRAW-{n}", "version": "1", "supersedes": "", "reason": "", "value": f"2.7{n}3"})
    now = timezone.now()
    number = operations.announce_round(
        viewer=as_(cast.INSPECTOR), draw_at=now - timedelta(minutes=1), percent=60, seed="福彩3D 2026-11-28: 7 0 2", now=now - HOUR
    )
    stranger, inspector = Client(), program(cast.INSPECTOR)
    waiting = given(stranger.get(f"/v1/spot-checks/{number}"))
    assert (waiting["seed"], waiting["drawn"], waiting["drawn_again"], waiting["list_digest"]) == ("福彩3D 2026-11-28: 7 0 2", [], None, "")
    problem(program(cast.CHECKER).ask("POST", f"/spot-checks/{number}/draw"), 403, "not-allowed")
    problem(program(cast.OWNER).ask("POST", f"/spot-checks/{number}/draw"), 403, "not-allowed")
    given(inspector.ask("POST", f"/spot-checks/{number}/draw"), 201)
    assert problem(inspector.ask("POST", f"/spot-checks/{number}/draw"), 409, "state-conflict").state == "drawn"
    found = given(stranger.get(f"/v1/spot-checks/{number}"))
    assert (len(found["listed"]), len(found["drawn"]), found["by_risk"], found["blind"]) == (5, 3, 2, 1)
    assert again(found) == found["drawn"]
    assert again({**found, "seed": "another"}) != found["drawn"] or again({**found, "seed": "a third"}) != found["drawn"]
    listed = "\n".join(f"{each} {weight}" for each, weight in sorted(found["listed"].items()))
    assert hashlib.sha256(listed.encode()).hexdigest() == found["list_digest"]
    assert given(stranger.get("/v1/spot-checks"))[0] == found
    numbers = given(stranger.get("/v1/statistics/dossiers"))
    assert numbers["states"] == {"awaiting_publication": 2, "spot_check": 3}
    assert [(row["uscc"], row["submissions"], row["rate"]) for row in numbers["submitters"]] == [(cast.ASSOCIATION_FIRM.uscc, 5, "0.0000")]
    problem(stranger.get("/v1/spot-checks/CJ-2026-9999"), 404, "not-found")


def test_a_draw_is_announced_once_and_before_its_time(program: Callable[[cast.Person], Program]) -> None:
    inspector = program(cast.INSPECTOR)
    sent = {"draw_at": (timezone.now() + HOUR).isoformat(), "percent": 30, "seed": "公开的数", "origin": "某公报"}
    problem(program(cast.OWNER).ask("POST", "/spot-checks/announce", sent, "round-0001"), 403, "not-allowed")
    past = {**sent, "draw_at": (timezone.now() - HOUR).isoformat()}
    problem(inspector.ask("POST", "/spot-checks/announce", past, "round-0001"), 409, "refused")
    for wrong in ({"draw_at": "2026-12-01T00:00:00"}, {**sent, "percent": 0}, {**sent, "by": "me"}, {}):
        problem(inspector.ask("POST", "/spot-checks/announce", wrong, "round-0001"), 422, "invalid")
    number = given(inspector.ask("POST", "/spot-checks/announce", sent, "round-0001"), 201)["number"]
    assert given(inspector.ask("POST", "/spot-checks/announce", sent, "round-0001"), 201)["number"] == number
    assert Round.objects.count() == 1
    problem(inspector.ask("POST", "/spot-checks/announce", sent, "round-0002"), 409, "refused")
    assert problem(inspector.ask("POST", f"/spot-checks/{number}/draw"), 409, "state-conflict").state == "announced"
    assert given(Client().get(f"/v1/spot-checks/{number}"))["seed"] == "公开的数"


def certificate(program: Program, site: int, number: str = "GEC-2025-000001") -> Any:
    file = given(program.hand_in("/evidence", f"{number}.txt", number.encode()), 201)["file"]
    written = {"number": number, "volume": "100", "start": "2025-01-01", "end": "2025-12-31", "type": "wind", "issuer": "国家能源局"}
    return program.ask("POST", "/certificates", {**written, "site": site, "evidence": file})


def test_a_certificate_is_registered_and_claimed_once(world: World, as_: As, program: Callable[[cast.Person], Program]) -> None:
    erp, rival = program(cast.OWNER), program(cast.RIVAL_OWNER)
    (site,) = [row["site"] for row in given(erp.ask("GET", "/sites"))]
    code = given(certificate(erp, site), 201)["code"]
    problem(certificate(erp, site), 409, "refused")
    place = {"name_zh": "对手厂区", "name_en": "", "address": "1 号", "division": "420500"}
    theirs = accounts.add_site(viewer=as_(cast.RIVAL_OWNER), enterprise=world.firms[cast.RIVAL.uscc], **place)
    taken = problem(certificate(rival, theirs, "gec 2025 000001"), 409, "refused")
    assert cast.CEMENT.name.zh not in taken.message_zh
    assert Conflict.objects.count() == 1, "the attempt is kept although it was refused"
    assert Certificate.objects.count() == 1
    product = filled_product(as_(cast.EDITOR), world.firms[cast.CEMENT.uscc])
    claimed = {"product": product, "version": 1, "volume": "65.8", "start": "2025-01-01", "end": "2025-12-31"}
    here = f"/certificates/{code}"
    claim = given(erp.ask("POST", f"{here}/claims", claimed, "claim-0001"), 201)["code"]
    assert given(erp.ask("POST", f"{here}/claims", claimed, "claim-0001"), 201)["code"] == claim
    more = problem(erp.ask("POST", f"{here}/claims", claimed, "claim-0002"), 409, "refused")
    assert "34.2" in more.message_en
    assert Claim.objects.count() == 1
    bad = problem(erp.ask("POST", f"{here}/claims", {**claimed, "end": "2026-01-31", "volume": "-1"}, "claim-0003"), 422, "unfit")
    assert "volume" in {fault.field for fault in bad.fields}
    problem(erp.ask("POST", f"{here}/void", {"reason": "误登"}), 409, "refused")
    shown = given(erp.ask("GET", here))
    assert (shown["row"]["left"], shown["row"]["state"], [each["code"] for each in shown["claims"]]) == ("34.2", "partly", [claim])
    for method, rest, body in (
        ("GET", "", None),
        ("POST", "/claims", claimed),
        ("POST", f"/claims/{claim}/release", {"reason": "x"}),
        ("POST", "/void", {"reason": "x"}),
    ):
        hidden, missing = (rival.ask(method, f"/certificates/{each}{rest}", body, "strange-0001") for each in (code, "2" * 26))
        problem(hidden, 404, "not-found")
        assert hidden.content == missing.content
    assert given(rival.ask("GET", "/certificates"))["total"] == 0
    freed = given(erp.ask("POST", f"{here}/claims/{claim}/release", {"reason": "改用"}))
    assert (freed["row"]["left"], freed["claims"][0]["reason"]) == ("100", "改用")
    problem(erp.ask("POST", f"{here}/claims/{claim}/release", {"reason": "改用"}), 409, "refused")
    assert given(erp.ask("POST", f"{here}/void", {"reason": "误登"}))["row"]["state"] == "void"
    assert given(Client().get("/v1/electricity/residual-mixes")) == []


def test_a_contribution_stays_its_enterprise_s(world: World, as_: As, program: Callable[[cast.Person], Program]) -> None:
    written = averages.Written("磷酸一铵", "MAP", "life-cycle", "phosphorus", "kgCO2e/t", "摇篮到大门", "CN-HB", "2025-01-01", "2025-12-31")
    call = averages.call(viewer=SYSTEM, written=written)
    erp, rival, secret = program(cast.OWNER), program(cast.RIVAL_OWNER), "7310.927"
    file = given(erp.hand_in("/evidence", "台账.txt", b"ledger"), 201)["file"]
    here, offered = f"/averages/{call}/contribution", {"value": secret, "volume": "90", "record": f"evidence:{file}"}
    code = given(erp.ask("PUT", here, offered, "contribution-1"))["code"]
    assert given(erp.ask("PUT", here, offered, "contribution-1"))["code"] == code
    assert Contribution.objects.count() == 1
    (own,) = given(erp.ask("GET", "/contributions"))
    assert (own["call"], own["value"], own["retracted"]) == (call, secret, False)
    bad = problem(erp.ask("PUT", here, {**offered, "value": "0", "record": "evidence:none", "group": "X"}, "contribution-2"), 422, "unfit")
    assert {fault.field for fault in bad.fields} == {"value", "record", "group"}
    stolen = problem(rival.ask("PUT", here, offered, "contribution-1"), 422, "unfit")
    assert [fault.field for fault in stolen.fields] == ["record"]
    seen = [given(rival.ask("GET", "/contributions")), *(given(Client().get(f"/v1/averages{each}")) for each in ("", f"/{call}"))]
    assert seen[0] == []
    assert secret not in str(seen)
    assert code not in str(seen)
    problem(rival.ask("DELETE", here), 404, "not-found")
    assert erp.ask("DELETE", here).status_code == 204
    problem(erp.ask("DELETE", here), 409, "refused")
    assert given(erp.ask("GET", "/contributions"))[0]["retracted"]
    problem(Client().get(f"/v1/averages/{'2' * 26}"), 404, "not-found")
