"""Revoking a published version: two publishers, one preview, and what everybody sees of it afterwards."""

import datetime
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from pypdf import PdfReader

from tests import cast
from tests.dossiers import BLEND, Way, state_of
from tests.integration.conftest import TODAY, World
from tests.integration.test_governance import calculated
from zuji.config.kinds import KINDS
from zuji.engine.errors import StudyRefused
from zuji.formats.study import read_study
from zuji.registry.accounts import operations as people
from zuji.registry.accounts.viewer import SYSTEM, Viewer
from zuji.registry.audit.models import Event
from zuji.registry.factors import fitting
from zuji.registry.factors.models import FactorVersion, Standing
from zuji.registry.factors.operations import set_standing
from zuji.registry.footprints import operations as footprints
from zuji.registry.footprints.method import Method
from zuji.registry.footprints.operations import Calculation
from zuji.registry.footprints.reproduction import reproduce
from zuji.registry.governance import desk, operations, revocations
from zuji.registry.governance.models import Dossier, Revocation, RevocationDecision
from zuji.registry.governance.refusals import NotImpartial, StateConflict
from zuji.registry.jobs.models import Job
from zuji.registry.republication.operations import keep_preview
from zuji.registry.republication.previews import Proposed
from zuji.rules import assess

SignedIn = Callable[[cast.Person], Client]
As = Callable[[cast.Person], Viewer]
MAP, NEW = "CHEN2015-MAP@2", "/authority/revocations/new/"
WHY: dict[str, Any] = {"reason_code": "data-error", "reason": "原文换算有误"}


@pytest.fixture
def way(world: World, as_: As) -> Way:
    experts = tuple(world.people[person.email] for person in (cast.EXPERT, cast.SECOND_EXPERT, cast.THIRD_EXPERT))
    return Way(as_, world.firms[cast.ASSOCIATION_FIRM.uscc], experts)


def kept(way: Way, reference: str, *, of: str = "map-user") -> str:
    """A footprint of the association's that rests on a version; its code."""
    method = Method.current()
    source = BLEND.replace("FACTOR", reference).replace("map-user", of)
    study = read_study(source.encode(), "blend.yaml")
    result = assess(study, method.library, method.rulebook, method.gwp, today=TODAY)
    calculation = Calculation(source=source, study=study, result=result, on=TODAY)
    return footprints.store(viewer=way.as_(cast.ASSOCIATION), enterprise=way.enterprise, calculation=calculation)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([0-9a-f]{{64}})"', page)
    assert found is not None, name
    return found.group(1)


def counted(page: str, name: str) -> str:
    found = re.search(rf'<dt>{name}</dt><dd class="num">([\d,]+)</dd>', page)
    assert found is not None, name
    return found.group(1)


def proposed(client: Client, reference: str = MAP) -> tuple[dict[str, str], str]:
    """What the form sends, and the address of the proposal that it makes."""
    page = client.get(NEW, {"factor": reference}).content.decode()
    sent = {"factor": reference, "seen": hidden(page, "seen"), "preview": hidden(page, "preview"), **WHY}
    answer = client.post(NEW, sent)
    assert answer.status_code == 302, answer.content.decode()
    return sent, str(answer["Location"])


def confirming(page: str) -> dict[str, str]:
    return {"act": "confirm", "seen": hidden(page, "seen"), "preview": hidden(page, "preview")}


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\u200b", "")


def test_two_publishers_revoke_a_version_on_the_preview_that_both_saw(way: Way, signed_in: SignedIn) -> None:
    way.published()
    dossier = Dossier.objects.get(factor_id="CHEN2015-MAP").pk
    old = kept(way, MAP)
    first, second = signed_in(cast.PUBLISHER), signed_in(cast.SECOND_PUBLISHER)
    # From the page of the version and from its dossier, to what the revocation would do.
    address = f"{NEW}?factor=CHEN2015-MAP%402"
    assert address in first.get("/factors/CHEN2015-MAP@2/").content.decode()
    assert address in first.get(f"/dossiers/{dossier}/").content.decode()
    assert address not in signed_in(cast.CHECKER).get("/factors/CHEN2015-MAP@2/").content.decode()
    page = first.get(NEW, {"factor": MAP}).content.decode()
    assert [counted(page, name) for name in ("企业", "核算结果", "已提交的案件")] == ["1", "1", "0"]
    assert "1 家企业" in page
    # What was shown is what is signed: not another preview, not a version to which something happened since, not without a reason.
    sent = {"factor": MAP, "seen": hidden(page, "seen"), "preview": hidden(page, "preview"), **WHY}
    for wrong in ({"preview": "0" * 64}, {"seen": "0" * 64}, {"reason": " "}, {"reason_code": "whim"}):
        assert first.post(NEW, {**sent, **wrong}).status_code == 409
    assert not Revocation.objects.exists()
    place = first.post(NEW, sent)["Location"]
    assert first.post(NEW, sent)["Location"] == place  # clicked twice: one proposal
    assert Revocation.objects.count() == 1
    assert place in second.get(NEW, {"factor": MAP}).content.decode()  # another publisher is led to it
    assert second.get(NEW, {"factor": MAP}).content.decode().count("<textarea") == 0
    assert place in second.get("/authority/").content.decode()  # and has it on the desk
    assert place not in first.get("/authority/").content.decode()
    # The proposer never confirms; another one only what they saw.
    shown = second.get(place).content.decode()
    assert WHY["reason"] in shown
    assert counted(shown, "核算结果") == "1"
    right = confirming(shown)
    assert "confirm" not in first.get(place).content.decode().split('name="act"')[1]
    assert first.post(place, right).status_code == 409
    assert signed_in(cast.CHECKER).post(place, right).status_code == 403
    for wrong in ({"preview": "0" * 64}, {"seen": "0" * 64}, {"act": "other"}):
        assert second.post(place, {**right, **wrong}).status_code == 409
    assert state_of(dossier) == "published"
    assert second.post(place, right).status_code == 302
    assert second.post(place, right).status_code == 409  # clicked twice: told so, and nothing twice
    assert state_of(dossier) == "revoked"
    assert Standing.objects.filter(factor__factor_id="CHEN2015-MAP", state="revoked").count() == 1
    job = Job.objects.get(kind="republication.republish", key=place.rstrip("/").rpartition("/")[2])
    assert json.loads(json.loads(job.arguments)["changes"]) == {MAP: None}
    happened = [json.loads(event.details)["state"] for event in Event.objects.filter(subject=f"factor:{MAP}").order_by("number")]
    assert happened[-2:] == ["revocation_proposed", "revoked"]
    seen_by_everybody(way, first, old)


def seen_by_everybody(way: Way, publisher: Client, old: str) -> None:
    """The public page, the letters, and what a calculation makes of it."""
    # The public page says state, reason and why, under its old address; the letter is there in both languages.
    stranger = Client()
    for address, words in (
        ("/factors/CHEN2015-MAP@2/", ("已撤销", "数据有误")),
        ("/en/factors/CHEN2015-MAP@2/", ("revoked", "error in the data")),
    ):
        page = stranger.get(address).content.decode()
        assert all(word in page for word in (*words, WHY["reason"]))
        assert NEW not in publisher.get(address).content.decode()
    letters = re.findall(r'href="(/revocations/[^"]+\.pdf)"', stranger.get("/factors/CHEN2015-MAP@2/").content.decode())
    zh, en = (text_of(stranger.get(address).content) for address in letters)
    assert all(word in zh for word in ("撤销", MAP, "2.713 kgCO2e/kg P2O5", WHY["reason"], "数据有误"))
    assert all(word in en for word in ("Revocation", MAP, "error in the data", "two publishers"))
    assert not any(person.name[:2] in zh for person in (cast.PUBLISHER, cast.SECOND_PUBLISHER))
    # It is not offered, it enters no new calculation; what was calculated with it comes out as it was.
    assert MAP not in [row.reference for row in fitting.fitting("kgCO2e/kg P2O5", query="磷酸一铵").rows]
    with pytest.raises(StudyRefused):
        calculated(MAP)
    again = reproduce(old, viewer=way.as_(cast.ASSOCIATION))
    assert (again.differing, again.hash_agrees) == ((), True)
    with pytest.raises(IntegrityError), transaction.atomic():
        RevocationDecision.objects.create(
            revocation=Revocation.objects.get(), confirmed=True, user_id=1, at=datetime.datetime.now(datetime.UTC)
        )


def test_owners_and_submitter_are_told_and_so_is_the_other_publisher(way: Way, signed_in: SignedIn) -> None:
    way.published()
    kept(way, MAP)
    Job.objects.all().delete()
    first, second = signed_in(cast.PUBLISHER), signed_in(cast.SECOND_PUBLISHER)
    _, place = proposed(first)
    waiting = list(Job.objects.filter(kind="dossier.notice"))
    assert len(waiting) == 1
    KINDS["dossier.notice"](json.loads(waiting[0].arguments))()
    letter = mail.outbox.pop()
    assert letter.to == [cast.SECOND_PUBLISHER.email]
    assert place in letter.body
    assert WHY["reason"] not in letter.body  # it stays behind the sign-in
    second.post(place, confirming(second.get(place).content.decode()))
    assert KINDS["dossier.notice"](json.loads(waiting[0].arguments))() is None
    assert mail.outbox == []  # decided: there is no reason for the letter any more
    while job := Job.objects.filter(state="waiting").order_by("pk").first():
        KINDS[job.kind](json.loads(job.arguments))()
        Job.objects.filter(pk=job.pk).update(state="done", finished=datetime.datetime.now(datetime.UTC))
    told = {(to, letter.subject.split(" · ")[1]) for letter in mail.outbox for to in letter.to}
    assert (cast.ASSOCIATION.email, "The emission factor that you submitted is now: revoked YZ-2026-000001") in told
    assert any(to == cast.ASSOCIATION.email and "was revoked" in subject for to, subject in told)
    drafts = signed_in(cast.ASSOCIATION).get(f"/enterprises/{cast.ASSOCIATION_FIRM.uscc}/successors/").content.decode()
    assert "无数值" in drafts


def test_a_proposal_that_is_over_dropped_or_overtaken_is_not_confirmed(way: Way, signed_in: SignedIn, as_: As) -> None:
    way.published()
    first, second = as_(cast.PUBLISHER), as_(cast.SECOND_PUBLISHER)
    preview = keep_preview([Proposed(MAP, None)], viewer=first).digest
    now = datetime.datetime.now(datetime.UTC)
    given: dict[str, Any] = {"viewer": first, "reference": MAP, "preview": preview, **WHY}
    late = operations.propose_revocation(**given, now=now - datetime.timedelta(days=4))
    client = signed_in(cast.SECOND_PUBLISHER)
    assert 'value="confirm"' not in client.get(f"/authority/revocations/{late}/").content.decode()
    with pytest.raises(StateConflict, match="expired"):
        operations.confirm_revocation(viewer=second, code=late, preview=preview)
    dropped = operations.propose_revocation(**given)  # the time of the one before is over, so there may be another
    with pytest.raises(StateConflict):
        operations.propose_revocation(**{**given, "viewer": second})
    place = f"/authority/revocations/{dropped}/"
    assert client.post(place, {"act": "drop", "reason": ""}).status_code == 409
    assert client.post(place, {"act": "drop", "reason": "数值无误"}).status_code == 302
    assert "数值无误" in client.get(place).content.decode()
    with pytest.raises(StateConflict, match="dropped"):
        operations.confirm_revocation(viewer=second, code=dropped, preview=preview)
    assert client.get(f"/revocations/{dropped}/letter.zh.pdf").status_code == 404
    # Something becomes of the version between the two signatures: what was signed is not what stands there.
    overtaken = operations.propose_revocation(**given)
    set_standing(FactorVersion.objects.get(factor_id="CHEN2015-MAP", version="2"), "expired", by="system", at=now)
    page = client.get(f"/authority/revocations/{overtaken}/").content.decode()
    assert "状态有变动" in page
    assert 'value="confirm"' not in page
    with pytest.raises(StateConflict, match="Something became"):
        operations.confirm_revocation(viewer=second, code=overtaken, preview=preview)
    rows = revocations.listed(viewer=first).rows
    assert [(row.code, row.state) for row in rows] == [(overtaken, "open"), (dropped, "dropped"), (late, "expired")]
    assert all(word in client.get("/authority/revocations/").content.decode() for word in ("待确认", "已作罢", "已过期"))


def test_who_reviewed_a_version_or_belongs_to_its_submitter_keeps_away(way: Way, world: World, as_: As) -> None:
    way.published()
    for person in (cast.CHECKER, cast.ASSOCIATION):
        people.appoint(viewer=SYSTEM, user=world.people[person.email], duty="publisher", organisation="另一单位")
        with pytest.raises(NotImpartial):
            operations.propose_revocation(viewer=as_(person), reference=MAP, preview="ab" * 32, **WHY)
    code = operations.propose_revocation(viewer=as_(cast.PUBLISHER), reference=MAP, preview="ab" * 32, **WHY)
    for person in (cast.CHECKER, cast.ASSOCIATION):
        assert desk.desk(as_(person)).revocations == ()
        assert revocations.sheet(code, viewer=as_(person)).may == frozenset()
        with pytest.raises(NotImpartial):
            operations.confirm_revocation(viewer=as_(person), code=code, preview="ab" * 32)
    assert [row.code for row in desk.desk(as_(cast.SECOND_PUBLISHER)).revocations] == [code]


def test_the_version_in_force_stands_in_for_one_that_was_superseded(way: Way, signed_in: SignedIn) -> None:
    """A shipped version, without a dossier of its own; its users go on to the version that took its place."""
    old = kept(way, "CHEN2015-MAP@1")
    way.published()
    first, second = signed_in(cast.PUBLISHER), signed_in(cast.SECOND_PUBLISHER)
    page = first.get(NEW, {"factor": "CHEN2015-MAP@1"}).content.decode()
    assert "已取代" in page
    assert MAP in page
    assert old
    _, place = proposed(first, "CHEN2015-MAP@1")
    assert second.post(place, confirming(second.get(place).content.decode())).status_code == 302
    job = Job.objects.get(kind="republication.republish", key=place.rstrip("/").rpartition("/")[2])
    assert json.loads(json.loads(job.arguments)["changes"]) == {"CHEN2015-MAP@1": MAP}
    # Then the other too: nothing is left to stand in.
    _, place = proposed(first)
    assert second.post(place, confirming(second.get(place).content.decode())).status_code == 302
    assert first.get(NEW, {"factor": "NO-SUCH@1"}).content.decode().count("没有已发布的因子版本") == 1
