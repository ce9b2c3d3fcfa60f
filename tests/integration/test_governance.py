"""A factor from its first draft to its publication, and everything that must not happen on the way."""

import datetime
import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from pypdf import PdfReader

from tests import cast
from tests.dossiers import BLEND, DAY, GOOD, NOW, PREVIEW, As, Way
from tests.integration.conftest import TODAY, World
from zuji.config.kinds import DAILY, KINDS
from zuji.engine.calculation import calculate
from zuji.engine.errors import StudyRefused
from zuji.engine.results import Result
from zuji.formats.study import read_study
from zuji.registry.accounts import operations as accounts
from zuji.registry.accounts import queries as account_queries
from zuji.registry.accounts.models import ApiClient, Duty
from zuji.registry.accounts.viewer import ANYONE, SYSTEM
from zuji.registry.audit.models import Event
from zuji.registry.evidence import storage
from zuji.registry.factors import changes, fitting, in_force, searching
from zuji.registry.factors.models import FactorEntry, FactorVersion, Standing
from zuji.registry.footprints import operations as footprints
from zuji.registry.footprints.method import Method
from zuji.registry.footprints.operations import Calculation
from zuji.registry.footprints.reproduction import reproduce
from zuji.registry.governance import letters, operations, origins, public, queries, sheets
from zuji.registry.governance.content import Content
from zuji.registry.governance.models import Approval, Dossier, FieldChange, Publication, Step
from zuji.registry.governance.refusals import EvidenceAltered, NotImpartial, NotReadable, StateConflict
from zuji.registry.jobs.models import Job
from zuji.registry.jobs.worker import Worker
from zuji.registry.refusals import NotAllowed, NotFound, Refused
from zuji.rules import assess
from zuji.workflow.factor import Act
from zuji.workflow.spot_check import draw


def calculated(reference: str) -> Result:
    """A blend with 0.2 kg P2O5 from what ``reference`` names, as a calculation of now takes it."""
    method = Method.current()
    study = read_study(BLEND.replace("FACTOR", reference).encode(), "blend.yaml")
    return calculate(study, method.library, method.gwp["AR6"], today=datetime.date(2026, 11, 27))


@pytest.fixture
def way(world: World, as_: As) -> Way:
    experts = tuple(world.people[person.email] for person in (cast.EXPERT, cast.SECOND_EXPERT, cast.THIRD_EXPERT))
    return Way(as_, world.firms[cast.ASSOCIATION_FIRM.uscc], experts)


def state(code: str) -> str:
    return Dossier.objects.get(pk=code).state


# -- the whole way ----------------------------------------------------------------------------------------------------------------------


def test_a_real_factor_passes_every_station_and_is_public(way: Way) -> None:
    assert in_force.library().find("CHEN2015-MAP@2") is None
    code = way.signed()
    publication = way.published(code)
    assert [step.act for step in Step.objects.filter(dossier=code)] == [
        "submit", "let_in", "trace", "agree", "found_sound", "sign", "publish",
    ]  # fmt: skip
    row = FactorVersion.objects.get(factor_id="CHEN2015-MAP", version="2")
    assert (row.value, row.unit, row.state) == ("2.713", "kgCO2e/kg P2O5", "current")
    # The row of the old version did not change; what became of it is said beside it. The new one is found by the CAS number that was stated.
    assert FactorVersion.objects.get(factor_id="CHEN2015-MAP", version="1").state == "current"
    assert [(each.state, each.superseded_by) for each in changes.became("CHEN2015-MAP", "1")] == [("superseded", "CHEN2015-MAP@2")]
    assert "CHEN2015-MAP@2" in [found.reference for found in searching.search(searching.Filters(query="7722-76-1")).rows]
    job = Job.objects.get(kind="republication.republish")
    assert all(each in job.arguments for each in (publication, "CHEN2015-MAP@1", "CHEN2015-MAP@2"))
    shown = origins.origin("CHEN2015-MAP@2")
    assert shown is not None
    assert [each.party for each in shown.reviewers] == ["checker", "checker", "expert", "expert", "publisher", "publisher"]
    assert len({each["user"] for each in json.loads(Publication.objects.get(pk=publication).reviewers)}) == 6
    assert shown.documents[0].sha256 == Content.of(Dossier.objects.get(pk=code).content).evidence[0].sha256


def test_a_published_factor_is_calculated_with_by_its_id_and_the_old_one_only_where_it_is_pinned(way: Way) -> None:
    before = calculated("CHEN2015-MAP")
    way.published()
    after, pinned = calculated("CHEN2015-MAP"), calculated("CHEN2015-MAP@1")
    assert (before.total, after.total) == (Decimal("0.54266"), Decimal("0.5426"))
    assert pinned.total == before.total
    assert {finding.code for finding in pinned.findings} >= {"factor.superseded", "factor.newer-version"}
    assert not any(finding.code.startswith("factor.superseded") for finding in after.findings)
    offered = [row.reference for row in fitting.fitting("kgCO2e/kg P2O5", query="磷酸一铵").rows]
    assert "CHEN2015-MAP@2" in offered
    assert "CHEN2015-MAP@1" not in offered


def test_a_revoked_version_enters_no_new_calculation_pinned_or_not(way: Way, as_: As) -> None:
    way.published()
    given: dict[str, Any] = {"reference": "CHEN2015-MAP@2", "reason_code": "data-error", "reason": "原文换算有误", "preview": PREVIEW}
    code = operations.propose_revocation(viewer=as_(cast.PUBLISHER), **given, now=NOW + 8 * DAY)
    with pytest.raises(NotImpartial):
        operations.confirm_revocation(viewer=as_(cast.PUBLISHER), code=code, preview=PREVIEW, now=NOW + 8 * DAY)
    with pytest.raises(StateConflict):
        operations.confirm_revocation(viewer=as_(cast.SECOND_PUBLISHER), code=code, preview="0" * 64, now=NOW + 8 * DAY)
    with pytest.raises(StateConflict):
        operations.confirm_revocation(viewer=as_(cast.SECOND_PUBLISHER), code=code, preview=PREVIEW, now=NOW + 12 * DAY)
    operations.confirm_revocation(viewer=as_(cast.SECOND_PUBLISHER), code=code, preview=PREVIEW, now=NOW + 8 * DAY)
    for reference in ("CHEN2015-MAP", "CHEN2015-MAP@2"):
        with pytest.raises(StudyRefused) as refused:
            calculated(reference)
        assert [finding.code for finding in refused.value.findings] == ["factor.revoked"]
        assert "原文换算有误" in refused.value.findings[0].message.zh
    assert Dossier.objects.get(factor_id="CHEN2015-MAP").state == "revoked"
    with pytest.raises(StateConflict):
        operations.confirm_revocation(viewer=as_(cast.SECOND_PUBLISHER), code=code, preview=PREVIEW, now=NOW + 8 * DAY)


def test_kept_results_come_out_the_same_whatever_became_of_their_factors_since(way: Way, as_: As) -> None:
    """One calculated before the correction, one after it that keeps to the old version, one with the new version; then there is a third one."""

    def kept(reference: str) -> str:
        method = Method.current()
        source = BLEND.replace("FACTOR", reference).replace("map-user", f"map-{reference.replace('@', '-')}-{len(codes)}")
        study = read_study(source.encode(), "blend.yaml")
        result = assess(study, method.library, method.rulebook, method.gwp, today=TODAY)
        calculation = Calculation(source=source, study=study, result=result, on=TODAY)
        return footprints.store(viewer=as_(cast.ASSOCIATION), enterprise=way.enterprise, calculation=calculation)

    codes: list[str] = []
    codes += [kept("CHEN2015-MAP"), kept("CHEN2015-MAP@1")]
    way.published()
    codes += [kept("CHEN2015-MAP"), kept("CHEN2015-MAP@1"), kept("CHEN2015-MAP@2")]
    way.published(version="3", value="2.714", supersedes="CHEN2015-MAP@2")
    codes += [kept("CHEN2015-MAP@1")]
    again = [reproduce(code, viewer=as_(cast.ASSOCIATION)) for code in codes]
    assert [each.differing for each in again] == [()] * 6
    assert all(each.hash_agrees for each in again)


def test_the_library_costs_one_question_and_forgets_what_was_undone(way: Way, django_assert_num_queries: Any) -> None:
    sound = transaction.savepoint()
    way.published()
    assert in_force.library().find("CHEN2015-MAP@2") is not None
    assert in_force.current()[0].isprintable()
    assert " " not in in_force.current()[0]  # it is part of the keys under which totals are kept
    with django_assert_num_queries(1):
        in_force.library()
    transaction.savepoint_rollback(sound)
    assert in_force.library().find("CHEN2015-MAP@2") is None


def test_a_version_whose_validity_ends_expires(way: Way) -> None:
    way.published(valid_from="2020-01-01", valid_to="2026-12-31")
    assert operations.expire_due(now=NOW + 8 * DAY) == 0
    over = datetime.datetime(2027, 1, 2, tzinfo=datetime.UTC)
    assert (operations.expire_due(now=over), operations.expire_due(now=over)) == (1, 0)
    assert Dossier.objects.get(factor_id="CHEN2015-MAP").state == "expired"
    assert "CHEN2015-MAP@2" not in [row.reference for row in fitting.fitting("kgCO2e/kg P2O5", query="磷酸一铵").rows]


def test_workers_let_versions_expire_by_themselves(way: Way) -> None:
    way.published(valid_from="2020-01-01", valid_to="2026-12-31")
    Job.objects.all().delete()
    for day, there in ((datetime.date(2026, 12, 31), 0), (datetime.date(2027, 1, 1), 1), (datetime.date(2027, 1, 1), 1)):
        for _ in range(2):  # two workers, each asked on the same day
            Worker(KINDS, threading.Event(), daily=DAILY, today=partial(datetime.date, day.year, day.month, day.day)).run(until_empty=True)
        assert Standing.objects.filter(state="expired").count() == there
    assert Job.objects.filter(kind="factors.expiry").count() == 2
    noted = Event.objects.filter(action="factor.standing_changed", details__contains="expired").values_list("subject", flat=True)
    assert sorted(subject.partition(":")[0] for subject in noted) == ["dossier", "factor"]


# -- drafts, corrections, history -------------------------------------------------------------------------------------------------------


def test_every_save_is_a_revision_and_a_sealed_dossier_does_not_change(way: Way, as_: As) -> None:
    by = as_(cast.ASSOCIATION)
    code = way.draft()
    revision = operations.save_fields(viewer=by, dossier=code, changes={"technology": "传统法", "note": None}, revision=2)
    assert revision == 3
    with pytest.raises(StateConflict):
        operations.save_fields(viewer=by, dossier=code, changes={"technology": "其他"}, revision=2)
    saves = sheets.history(code, viewer=by)
    assert saves[0].changes == (("technology", "全国平均，料浆法为主", "传统法"),)
    content = Content.of(Dossier.objects.get(pk=code).content)
    replayed: dict[str, str] = {}
    for change in FieldChange.objects.filter(dossier=code).exclude(key="evidence").order_by("revision"):
        replayed |= {change.key: change.after or ""}
    assert {key: text for key, text in replayed.items() if text} == content.fields
    for bad in ({"state": "superseded"}, {"value": "2\u202e"}, {"id": "x" * 300}):
        with pytest.raises(Refused):
            operations.save_fields(viewer=by, dossier=code, changes=bad)
    way.submitted(code)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: operations.save_fields(viewer=by, dossier=code, changes={"value": "1"}),
        lambda: operations.attach(viewer=by, dossier=code, file=content.evidence[0].code, page="2"),
        lambda: operations.detach(viewer=by, dossier=code, file=content.evidence[0].code),
    )
    for change_it in attempts:
        with pytest.raises(StateConflict) as conflict:
            change_it()
        assert conflict.value.state == "tracing"


def test_an_old_version_is_restored_as_a_new_draft_that_replaces_the_newest(way: Way, as_: As) -> None:
    way.published()
    by = as_(cast.ASSOCIATION)
    for reference, value in (("CHEN2015-MAP@1", "2.7133"), ("CHEN2015-MAP@2", "2.713")):
        code = operations.restore(viewer=by, enterprise=way.enterprise, reference=reference)
        shown = sheets.sheet(code, viewer=by)
        assert (shown.fields["value"], shown.fields["version"], shown.against) == (value, "3", "CHEN2015-MAP@2")
        assert shown.restored_from == reference
        assert shown.fields.get("reason", "") == ("restored" if reference.endswith("@1") else "")
        assert {each.key: str(each.percent) for each in shown.differences}.get("value") == (None if value == "2.713" else "0.01")
    with pytest.raises(NotFound):
        operations.restore(viewer=by, enterprise=way.enterprise, reference="CHEN2015-MAP@99")


def test_a_form_sent_twice_makes_one_draft(way: Way, as_: As) -> None:
    by = as_(cast.ASSOCIATION)
    codes = {operations.open_dossier(viewer=by, enterprise=way.enterprise, code="a" * 26, fields={"id": "X"}) for _ in range(2)}
    assert codes == {"a" * 26}
    assert FieldChange.objects.filter(dossier="a" * 26).count() == 1


# -- the gate ---------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "0"},
        {"value": "27.13"},
        {"value": "0.2713"},
        {"value": "2713"},
        {"unit": "kgCO2e/kWh"},
        {"unit": "kgCO2/kg P2O5"},
        {"source": "待补充"},
    ],
    ids=str,
)
def test_numbers_that_cannot_be_are_returned_by_the_gate(way: Way, as_: As, wrong: dict[str, str]) -> None:
    code = way.draft(**wrong)
    done = operations.submit(viewer=as_(cast.ASSOCIATION), dossier=code, now=NOW)
    assert not done.passed
    assert (done.state, state(code)) == ("returned", "returned")
    step = Step.objects.filter(dossier=code).order_by("-pk")[0]
    assert (step.act, step.by) == ("stop", "system")
    assert step.reason
    assert sheets.sheet(code, viewer=as_(cast.SECRETARY)).gate_passed is False
    # Put right, it is handed in again under the same number.
    operations.save_fields(
        viewer=as_(cast.ASSOCIATION),
        dossier=code,
        changes=dict.fromkeys(wrong, None) | {"value": "2.713", "unit": "kgCO2e/kg P2O5", "source": "生态学报 2015,35(19):6371-6383"},
    )
    again = operations.submit(viewer=as_(cast.ASSOCIATION), dossier=code, now=NOW)
    assert (again.passed, again.number) == (True, done.number)


@pytest.mark.parametrize("wrong", [{"value": "-2.713"}, {"value": "much"}, {"value": ""}, {"unit": "kg/kg/kg"}, {"source": ""}], ids=str)
def test_what_makes_no_factor_is_no_submission(way: Way, as_: As, wrong: dict[str, str]) -> None:
    code = way.draft(**wrong)
    with pytest.raises(NotReadable) as refused:
        operations.submit(viewer=as_(cast.ASSOCIATION), dossier=code, now=NOW)
    assert {finding.where for finding in refused.value.findings} == set(wrong)
    assert (state(code), Dossier.objects.get(pk=code).cycle) == ("draft", 0)


def test_a_secretary_overrules_what_rests_on_a_threshold_and_nothing_that_is_missing(way: Way, as_: As) -> None:
    by, secretary = as_(cast.ASSOCIATION), as_(cast.SECRETARY)
    code = way.draft(value="27.13", licence="")
    done = operations.submit(viewer=by, dossier=code, now=NOW)
    errors = {each.code for each in done.findings if each.severity == "error"}
    assert "gate.licence-missing" in errors
    assert errors - {"gate.licence-missing"}
    for wrong in ("gate.licence-missing", "gate.value-zero"):
        with pytest.raises(Refused):
            operations.overrule(viewer=secretary, dossier=code, code=wrong, reason="可以")
    with pytest.raises(NotAllowed):
        operations.overrule(viewer=by, dossier=code, code="gate.power-of-ten", reason="可以")
    for each in errors - {"gate.licence-missing"}:
        operations.overrule(viewer=secretary, dossier=code, code=each, reason="原文如此，已致函作者确认")
    operations.save_fields(viewer=by, dossier=code, changes={"licence": "citation"})
    assert operations.submit(viewer=by, dossier=code, now=NOW).passed
    shown = sheets.sheet(code, viewer=as_(cast.CHECKER))
    assert {each["code"] for each in shown.gate if each["overruled"]} == errors - {"gate.licence-missing"}


def test_what_a_sheet_offers_at_every_station_to_everybody(way: Way, as_: As) -> None:
    offered: dict[str, dict[str, set[str]]] = {}
    code = way.draft()
    for arrive in (None, way.submitted, way.traced, way.assigned, way.reviewed, way.drawn, way.signed):
        if arrive is not None:
            arrive(code)
        here = offered.setdefault(f"{len(offered)} {state(code)}", {})
        for person in cast.EVERYBODY:
            if _sees(code, as_(person)):
                for name in sheets.sheet(code, viewer=as_(person)).may:
                    here.setdefault(name, set()).add(person.email.partition("@")[0])
    theirs, checkers, both = {"association"}, {"checker", "second-checker"}, {"publisher", "second-publisher"}
    assert offered == {
        "0 draft": {"edit": theirs, "submit": theirs, "withdraw": theirs},
        "1 tracing": {"tick": checkers, "return": checkers, "withdraw": theirs},
        "2 reviewing": {"assign": {"secretary"}, "return": {"secretary"}, "withdraw": theirs},
        "3 reviewing": {
            "assign": {"secretary"}, "return": {"secretary"}, "withdraw": theirs,
            "opine": {"expert", "second-expert"}, "recuse": {"expert", "second-expert"},
        },
        "4 spot_check": {"withdraw": theirs},
        "5 awaiting_publication": {"sign": both, "return": both, "withdraw": theirs},
        "6 signed_once": {"publish": {"second-publisher"}, "unsign": both, "return": both, "withdraw": theirs},
    }  # fmt: skip


def test_without_a_document_or_under_a_taken_reference_nothing_is_submitted(way: Way, as_: As) -> None:
    by = as_(cast.ASSOCIATION)
    first = way.submitted()
    second = way.draft()
    with pytest.raises(Refused, match="CHEN2015-MAP@2"):
        operations.submit(viewer=by, dossier=second, now=NOW)
    operations.withdraw(viewer=by, dossier=first, reason="重复")
    file = Content.of(Dossier.objects.get(pk=second).content).evidence[0].code
    operations.detach(viewer=by, dossier=second, file=file)
    with pytest.raises(Refused, match="document"):
        operations.submit(viewer=by, dossier=second, now=NOW)


# -- who may not ------------------------------------------------------------------------------------------------------------------------


def test_a_draft_is_its_enterprises_alone_and_a_submission_is_seen_by_duty(way: Way, as_: As) -> None:
    code = way.draft()
    others = [person for person in cast.EVERYBODY if person is not cast.ASSOCIATION]
    for person in others:
        with pytest.raises(NotFound):
            sheets.sheet(code, viewer=as_(person))
    way.submitted(code)
    seeing = {person.email for person in others if _sees(code, as_(person))}
    assert seeing == {person.email for person in others if person.duty and person.duty != "expert"}
    assert not _sees(code, ANYONE)
    way.traced(code)
    way.assigned(code)
    assert _sees(code, as_(cast.EXPERT))
    assert not _sees(code, as_(cast.THIRD_EXPERT))


def _sees(code: str, viewer: Any) -> bool:
    try:
        sheets.sheet(code, viewer=viewer)
    except NotFound:
        return False
    return True


def test_no_step_is_open_to_another_party(way: Way, as_: As) -> None:
    """Everybody of the cast without the right duty is refused at every station, and the state stays."""
    code = way.submitted()
    for station, arrive, acts in _stations(way):
        arrive(code)
        for duty, act in acts:
            for person in cast.EVERYBODY:
                if person.duty == duty or (duty == "submitter" and person is cast.ASSOCIATION):
                    continue
                with pytest.raises((NotAllowed, NotFound)):
                    act(code, as_(person))
            assert state(code) == station


def _stations(way: Way) -> list[Any]:
    def tick(code: str, viewer: Any) -> None:
        file = Content.of(Dossier.objects.get(pk=code).content).evidence[0].code
        operations.tick(viewer=viewer, dossier=code, mark=operations.Mark("value", file, "1"))

    return [
        ("tracing", way.traced_not_yet, [
            ("checker", tick),
            ("checker", lambda code, v: operations.return_untraced(viewer=v, dossier=code, reason="x")),
            ("submitter", lambda code, v: operations.withdraw(viewer=v, dossier=code, reason="x")),
        ]),
        ("reviewing", way.traced, [
            ("secretary", lambda code, v: operations.assign(viewer=v, dossier=code, expert=way.experts[0])),
            ("secretary", lambda code, v: operations.return_from_review(viewer=v, dossier=code, reason="x")),
        ]),
        ("reviewing", way.assigned, [
            ("expert", lambda code, v: operations.opine(viewer=v, dossier=code, answers=GOOD, verdict="accept", comment="x", no_conflict=True)),
        ]),
        ("spot_check", way.reviewed, [
            ("inspector", lambda _, v: operations.announce_round(viewer=v, draw_at=NOW + DAY, now=NOW)),
            ("inspector", lambda code, v: operations.find_sound(viewer=v, dossier=code)),
        ]),
        ("awaiting_publication", way.drawn, [
            ("publisher", lambda code, v: operations.sign(viewer=v, dossier=code, seen=way.digest(code), preview=PREVIEW)),
        ]),
        ("signed_once", way.signed, [
            ("publisher", lambda code, v: operations.publish(viewer=v, dossier=code, seen=way.digest(code), preview=PREVIEW)),
            ("publisher", lambda code, v: operations.unsign(viewer=v, dossier=code, reason="x")),
        ]),
    ]  # fmt: skip


def test_one_person_has_one_part_also_through_a_second_account(way: Way, as_: As, world: World) -> None:
    code = way.traced()
    # The same papers as the first checker: another account of theirs, appointed as an expert and as a publisher.
    document = f"E{10_000_000 + cast.EVERYBODY.index(cast.CHECKER)}"
    twin = accounts.create_user(actor="system", email="twin@test.example", name="许诺 Xu Nuo", password=cast.PASSWORD)
    accounts.confirm_person(viewer=SYSTEM, user=twin, document=document)
    for duty in ("expert", "publisher", "inspector"):
        accounts.appoint(viewer=SYSTEM, user=twin, duty=duty, organisation="另一单位")
    Duty.objects.create(user_id=twin, duty="checker", organisation="另一单位")  # which no appointment gives: they are a checker already
    with pytest.raises(NotImpartial, match="traceability checker"):
        operations.assign(viewer=as_(cast.SECRETARY), dossier=code, expert=twin)
    way.drawn(code)
    with pytest.raises(NotImpartial, match="traceability checker"):
        operations.sign(viewer=account_queries.viewer(twin), dossier=code, seen=way.digest(code), preview=PREVIEW, now=NOW)
    # A twin of the submitter who became a checker; a twin of a checker who ticks for the second time.
    second = way.submitted(version="3", id="CHEN2015-MAP-TWIN", supersedes="", reason="", value="2.72")
    way.tick(second, cast.CHECKER)
    file = Content.of(Dossier.objects.get(pk=second).content).evidence[0].code
    operations.open_document(viewer=account_queries.viewer(twin), dossier=second, file=file)
    with pytest.raises(StateConflict):
        operations.tick(viewer=account_queries.viewer(twin), dossier=second, mark=operations.Mark("value", file, "1"))


def test_a_program_is_the_person_who_set_it_up(way: Way, as_: As, world: World) -> None:
    """Submitted by API, through a program that a checker had set up: the checker keeps away."""
    client = ApiClient.objects.create(
        client_id="c" * 26, secret_hash="0" * 64, enterprise_id=way.enterprise, name="ERP", role="editor",
        created_by_id=world.people[cast.CHECKER.email], expires=datetime.date(2099, 1, 1),
    )  # fmt: skip
    program = account_queries.viewer_of_client(client.client_id)
    assert program is not None
    code = way.draft()
    operations.save_fields(viewer=program, dossier=code, changes={"note": "由系统补充"})
    way.submitted(code)
    with pytest.raises(NotImpartial, match="submitter"):
        way.tick(code, cast.CHECKER)
    with pytest.raises(NotAllowed):
        operations.return_untraced(viewer=program, dossier=code, reason="程序不办理")


def test_reading_a_proposed_value_from_outside_is_recorded(way: Way, as_: As) -> None:
    code = way.submitted()
    for person in (cast.ASSOCIATION, cast.CHECKER):
        assert operations.read_dossier(viewer=as_(person), dossier=code).fields["value"] == "2.713"
    read = Event.objects.filter(action="dossier.read", subject=f"dossier:{code}")
    assert [event.actor for event in read] == [as_(cast.CHECKER).name]
    told = queries.news(as_(cast.ASSOCIATION))
    assert [(each.act, each.row.code) for each in told] == []
    operations.return_untraced(viewer=as_(cast.CHECKER), dossier=code, reason="缺页")
    assert [(each.act, each.reason) for each in queries.news(as_(cast.ASSOCIATION))] == [("return", "缺页")]
    assert sheets.proposal(code, viewer=as_(cast.PUBLISHER)).old == "CHEN2015-MAP@1"


def test_who_belongs_to_the_submitter_keeps_away_whatever_their_duty(way: Way, as_: As, world: World) -> None:
    code = way.traced()
    accounts.add_member(actor="system", enterprise=way.enterprise, user=world.people[cast.EXPERT.email], role="viewer")
    with pytest.raises(NotImpartial, match="belong"):
        operations.assign(viewer=as_(cast.SECRETARY), dossier=code, expert=way.experts[0])
    # Role change in mid-flow: asked first, a member afterwards.
    operations.assign(viewer=as_(cast.SECRETARY), dossier=code, expert=way.experts[1])
    accounts.add_member(actor="system", enterprise=way.enterprise, user=way.experts[1], role="editor")
    with pytest.raises(NotImpartial, match="belong"):
        way.opine(code, cast.SECOND_EXPERT)


def test_an_expert_works_for_the_submitter_by_their_appointment(way: Way, as_: As) -> None:
    code = way.traced()
    user = accounts.create_user(actor="system", email="insider@test.example", name="内部专家", password=cast.PASSWORD)
    accounts.confirm_person(viewer=SYSTEM, user=user, document="E87654321")
    accounts.appoint(viewer=SYSTEM, user=user, duty="expert", organisation="协会", uscc=cast.ASSOCIATION_FIRM.uscc)
    with pytest.raises(NotImpartial):
        operations.assign(viewer=as_(cast.SECRETARY), dossier=code, expert=user)
    obstacles = {each.name: each.obstacle for each in sheets.experts_for(code, viewer=as_(cast.SECRETARY))}
    assert obstacles["内部专家"] is not None
    assert obstacles[cast.EXPERT.name] is None


# -- traceability -----------------------------------------------------------------------------------------------------------------------


def test_a_value_is_ticked_by_two_who_opened_the_document(way: Way, as_: As) -> None:
    code = way.submitted()
    by, file = as_(cast.CHECKER), Content.of(Dossier.objects.get(pk=code).content).evidence[0].code
    value = operations.Mark("value", file, "6371")
    with pytest.raises(Refused, match="Open the document"):
        operations.tick(viewer=by, dossier=code, mark=value)
    operations.open_document(viewer=by, dossier=code, file=file)
    for wrong in (replace(value, key="note"), replace(value, file="b" * 26), replace(value, page=" "), replace(value, agrees=False)):
        with pytest.raises(Refused):
            operations.tick(viewer=by, dossier=code, mark=wrong)
    with pytest.raises(StateConflict, match="another hash"):
        operations.tick(viewer=by, dossier=code, mark=value, seen="0" * 64)
    operations.tick(viewer=by, dossier=code, mark=value, seen=way.digest(code))
    with pytest.raises(StateConflict, match="second tick"):
        operations.tick(viewer=by, dossier=code, mark=value)
    assert [task.row.code for task in queries.to_do(by, now=NOW)] == [code]
    # A page that says otherwise: the check is never finished, the dossier can only be returned.
    operations.open_document(viewer=as_(cast.SECOND_CHECKER), dossier=code, file=file)
    operations.tick(viewer=as_(cast.SECOND_CHECKER), dossier=code, mark=replace(value, agrees=False, remark="原文为 0.740"))
    rest = tuple(key for key in Content.of(Dossier.objects.get(pk=code).content).to_check if key != "value")
    assert not way.tick(code, cast.CHECKER, rest)
    assert not way.tick(code, cast.SECOND_CHECKER, rest)
    assert state(code) == "tracing"
    operations.return_untraced(viewer=as_(cast.SECOND_CHECKER), dossier=code, reason="数值与原文不符")
    assert state(code) == "returned"


def test_evidence_swapped_on_disk_stops_every_later_step_by_name(way: Way, as_: As) -> None:
    code = way.reviewed()
    file = Content.of(Dossier.objects.get(pk=code).content).evidence[0]
    number = operations.announce_round(viewer=as_(cast.INSPECTOR), draw_at=NOW + 5 * DAY, now=NOW + 4 * DAY)
    operations.draw_round(viewer=as_(cast.INSPECTOR), number=number, now=NOW + 5 * DAY)
    with swapped(file.sha256), pytest.raises(EvidenceAltered, match=file.name):
        operations.find_sound(viewer=as_(cast.INSPECTOR), dossier=code)
    operations.find_sound(viewer=as_(cast.INSPECTOR), dossier=code)
    given: dict[str, Any] = {"dossier": code, "seen": way.digest(code), "preview": PREVIEW}
    with swapped(file.sha256), pytest.raises(EvidenceAltered):
        operations.sign(viewer=as_(cast.PUBLISHER), **given, now=NOW)
    operations.sign(viewer=as_(cast.PUBLISHER), **given, now=NOW)
    with swapped(file.sha256), pytest.raises(EvidenceAltered):
        operations.publish(viewer=as_(cast.SECOND_PUBLISHER), **given, now=NOW)
    assert state(code) == "signed_once"


@contextmanager
def swapped(sha256: str) -> Iterator[None]:
    path = storage.place(sha256)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"0.740", b"0.470"))
    try:
        yield
    finally:
        path.write_bytes(whole)


# -- expert review ----------------------------------------------------------------------------------------------------------------------


def test_two_who_differ_are_followed_by_a_third_and_opinions_are_blind_until_then(way: Way, as_: As) -> None:
    code = way.assigned()
    secretary = as_(cast.SECRETARY)
    with pytest.raises(Refused, match="third one only"):
        operations.assign(viewer=secretary, dossier=code, expert=way.experts[2])
    assert way.opine(code, cast.EXPERT) == "reviewing"
    seen = sheets.sheet(code, viewer=as_(cast.SECOND_EXPERT)).asked
    assert [(each.mine, each.comment) for each in seen] == [(True, "")]
    assert sheets.sheet(code, viewer=as_(cast.ASSOCIATION)).asked == ()
    assert way.opine(code, cast.SECOND_EXPERT, "reject") == "reviewing"
    assert [task.row.code for task in queries.to_do(secretary, now=NOW)] == [code]
    operations.assign(viewer=secretary, dossier=code, expert=way.experts[2], now=NOW)
    assert way.opine(code, cast.THIRD_EXPERT, "reject") == "rejected"
    told = sheets.sheet(code, viewer=as_(cast.ASSOCIATION)).asked
    assert [(each.by, each.verdict) for each in told] == [("", "accept"), ("", "reject"), ("", "reject")]


def test_an_opinion_needs_the_form_no_conflict_and_an_assignment_within_the_scope(way: Way, as_: As) -> None:
    code = way.assigned()
    good: dict[str, Any] = {"dossier": code, "answers": GOOD, "verdict": "accept", "comment": "可以", "no_conflict": True}
    by = as_(cast.EXPERT)
    bad: tuple[dict[str, Any], ...] = ({"answers": {}}, {"answers": {**GOOD, "source": 2}}, {"comment": " "}, {"verdict": "perhaps"})
    for wrong in bad:
        with pytest.raises(Refused):
            operations.opine(viewer=by, **{**good, **wrong})
    with pytest.raises(NotImpartial, match="conflict of interest"):
        operations.opine(viewer=by, **{**good, "no_conflict": False})
    operations.recuse(viewer=by, dossier=code, reason="与提交单位有合作项目")
    with pytest.raises((NotAllowed, NotFound)):
        operations.opine(viewer=as_(cast.EXPERT), **good)
    with pytest.raises(Refused, match="asked already"):
        operations.assign(viewer=as_(cast.SECRETARY), dossier=code, expert=way.experts[0])
    operations.assign(viewer=as_(cast.SECRETARY), dossier=code, expert=way.experts[2])
    operations.opine(viewer=as_(cast.SECOND_EXPERT), **good)
    with pytest.raises(StateConflict, match="already"):
        operations.opine(viewer=as_(cast.SECOND_EXPERT), **good)
    narrow = accounts.create_user(actor="system", email="narrow@test.example", name="电池专家", password=cast.PASSWORD)
    accounts.confirm_person(viewer=SYSTEM, user=narrow, document="E87654322")
    accounts.appoint(viewer=SYSTEM, user=narrow, duty="expert", organisation="院所", scope=["battery"])
    with pytest.raises(Refused, match="competence"):
        operations.assign(viewer=as_(cast.SECRETARY), dossier=code, expert=narrow)


def test_an_appeal_is_admitted_by_another_secretary_and_reviewed_by_others(way: Way, as_: As) -> None:
    code = way.assigned()
    way.opine(code, cast.EXPERT, "reject")
    assert way.opine(code, cast.SECOND_EXPERT, "reject") == "rejected"
    with pytest.raises(StateConflict, match="term"):
        operations.appeal(viewer=as_(cast.ASSOCIATION), dossier=code, reason="专家误读单位", now=NOW + 60 * DAY)
    operations.appeal(viewer=as_(cast.ASSOCIATION), dossier=code, reason="专家误读单位", now=NOW + 4 * DAY)
    with pytest.raises(NotImpartial):
        operations.decide_appeal(viewer=as_(cast.SECRETARY), dossier=code, admit=True, reason="同意")
    other = accounts.create_user(actor="system", email="clerk@test.example", name="另一秘书", password=cast.PASSWORD)
    accounts.confirm_person(viewer=SYSTEM, user=other, document="E87654323")
    accounts.appoint(viewer=SYSTEM, user=other, duty="secretary", organisation="省碳交中心")
    operations.decide_appeal(viewer=account_queries.viewer(other), dossier=code, admit=True, reason="理由成立")
    with pytest.raises(Refused, match="asked already"):
        operations.assign(viewer=as_(cast.SECRETARY), dossier=code, expert=way.experts[0])
    operations.assign(viewer=as_(cast.SECRETARY), dossier=code, expert=way.experts[2])
    assert state(code) == "reviewing"


# -- the spot check ---------------------------------------------------------------------------------------------------------------------


def test_the_draw_follows_from_the_seed_that_was_published_before(way: Way, as_: As) -> None:
    by = as_(cast.INSPECTOR)
    codes = [way.reviewed(id=f"HB-MAP-{n}", version="1", supersedes="", reason="", value=f"2.7{n}") for n in (1, 2)]
    with pytest.raises(Refused):
        operations.announce_round(viewer=by, draw_at=NOW, now=NOW)
    number = operations.announce_round(viewer=by, draw_at=NOW + 5 * DAY, percent=50, seed="福彩3D 2026-11-27", now=NOW + 4 * DAY)
    with pytest.raises(Refused, match="still to be drawn"):
        operations.announce_round(viewer=by, draw_at=NOW + 6 * DAY, now=NOW + 4 * DAY)
    with pytest.raises(StateConflict, match="not come"):
        operations.draw_round(viewer=by, number=number, now=NOW + 4 * DAY)
    assert public.spot_check(number).seed == "福彩3D 2026-11-27"
    # Submitted after the seed was known: it waits for another round.
    late = way.reviewed(id="HB-MAP-3", version="1", supersedes="", reason="", value="2.73")
    Dossier.objects.filter(pk=late).update(submitted=NOW + 4 * DAY + datetime.timedelta(hours=1))
    drawn = operations.draw_round(viewer=by, number=number, now=NOW + 5 * DAY)
    shown = public.spot_check(number)
    assert draw(shown.seed, shown.listed, 1) == shown.drawn == drawn
    assert shown.again
    assert len(shown.listed) == 2
    states = sorted(state(code) for code in codes)
    assert states == ["awaiting_publication", "spot_check"]
    assert state(late) == "spot_check"
    with pytest.raises(StateConflict, match="not drawn"):
        operations.find_sound(viewer=by, dossier=late)
    with pytest.raises(StateConflict, match="already"):
        operations.draw_round(viewer=by, number=number, now=NOW + 6 * DAY)
    held = next(code for code in codes if state(code) == "spot_check")
    operations.reject_drawn(viewer=by, dossier=held, reason="原始记录不支持数值")
    assert state(held) == "rejected"


# -- publication ------------------------------------------------------------------------------------------------------------------------


def test_two_publishers_sign_exactly_what_was_seen(way: Way, as_: As) -> None:
    code = way.drawn()
    first, second, digest = as_(cast.PUBLISHER), as_(cast.SECOND_PUBLISHER), way.digest(code)
    for wrong in ({"seen": "0" * 64}, {"preview": ""}, {"preview": "Z" * 64}):
        with pytest.raises(Refused):
            operations.sign(viewer=first, dossier=code, **{"seen": digest, "preview": PREVIEW, **wrong}, now=NOW)
    expires = operations.sign(viewer=first, dossier=code, seen=digest, preview=PREVIEW, now=NOW)
    given: dict[str, Any] = {"dossier": code, "seen": digest, "preview": PREVIEW}
    with pytest.raises(NotImpartial):
        operations.publish(viewer=first, **given, now=NOW)
    with pytest.raises(StateConflict, match="another preview"):
        operations.publish(viewer=second, **{**given, "preview": "cd" * 32}, now=NOW)
    with pytest.raises(StateConflict, match="expired"):
        operations.publish(viewer=second, **given, now=expires)
    # The content changed behind the seal: whoever signs is told.
    kept = Dossier.objects.get(pk=code).content
    Dossier.objects.filter(pk=code).update(content=kept.replace("2.713", "1.713"))
    with pytest.raises(StateConflict, match="sealed hash"):
        operations.publish(viewer=second, **given, now=NOW)
    Dossier.objects.filter(pk=code).update(content=kept)
    # An expired signature lapses; the next one is a first signature again, and is used once.
    operations.sign(viewer=second, dossier=code, seen=digest, preview=PREVIEW, now=expires + DAY)
    operations.publish(viewer=first, **given, now=expires + DAY)
    with pytest.raises(StateConflict) as twice:
        operations.publish(viewer=first, **given, now=expires + DAY)
    assert twice.value.state == "published"
    assert (Approval.objects.count(), Publication.objects.count()) == (2, 1)
    assert [step.act for step in Step.objects.filter(dossier=code)][-4:] == ["sign", "lapse", "sign", "publish"]


class Broken(Exception):
    """A statement that does not come through."""


def test_a_publication_interrupted_at_any_statement_leaves_nothing_half_done(way: Way, as_: As) -> None:
    code = way.signed()
    given: dict[str, Any] = {"dossier": code, "seen": way.digest(code), "preview": PREVIEW, "now": NOW + 7 * DAY}
    tables = (FactorVersion, FactorEntry, Standing, Publication, Step, Job)
    before = [table.objects.count() for table in tables]
    done = 0
    while True:
        count = 0

        def counted(execute: Any, *statement: Any, stop: int = done) -> Any:
            nonlocal count
            count += 1
            if count > stop:
                raise Broken
            return execute(*statement)

        viewer = as_(cast.SECOND_PUBLISHER)
        try:
            with transaction.atomic(), connection.execute_wrapper(counted):
                operations.publish(viewer=viewer, **given)
        except Broken:
            assert [table.objects.count() for table in tables] == before
            assert state(code) == "signed_once"
            done += 1
            continue
        break
    assert done > 30
    assert state(code) == "published"
    assert in_force.library().find("CHEN2015-MAP@2") is not None


@pytest.mark.parametrize("sentence", ["DELETE FROM factors_factorversion WHERE factor_id = 'CHEN2015-MAP'", "DELETE FROM governance_step",
                                      "UPDATE governance_approval SET preview = digest", "UPDATE factors_standing SET state = 'expired'"])  # fmt: skip
def test_what_was_published_or_decided_is_never_removed_or_changed(way: Way, sentence: str) -> None:
    way.published()
    with pytest.raises(IntegrityError, match="never changed or removed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sentence)


# -- what others read -------------------------------------------------------------------------------------------------------------------


def test_lists_clocks_letters_and_statistics(way: Way, as_: As) -> None:
    with pytest.raises(NotFound):
        queries.dossiers(as_(cast.STRANGER))
    Job.objects.all().delete()
    code = way.submitted()
    wrong = way.draft(id="HB-MAP-9", version="1", supersedes="", reason="", value="0")
    operations.submit(viewer=as_(cast.ASSOCIATION), dossier=wrong, now=NOW)
    notices = list(Job.objects.filter(kind="dossier.notice"))
    assert len(notices) == len({job.key for job in notices}) == 3  # both checkers about one, the submitter about what was stopped
    for job in notices:
        KINDS["dossier.notice"](json.loads(job.arguments))()
    assert {to for letter in mail.outbox for to in letter.to} == {cast.CHECKER.email, cast.SECOND_CHECKER.email, cast.ASSOCIATION.email}
    assert not any("2.713" in letter.body for letter in mail.outbox)
    mine = queries.dossiers(as_(cast.ASSOCIATION), mine=True, now=NOW)
    assert mine.states == {"tracing": 1, "returned": 1}
    assert queries.dossiers(as_(cast.RIVAL_OWNER), now=NOW).total == 0
    row = next(row for row in mine.rows if row.code == code)
    theirs = queries.dossiers(as_(cast.CHECKER), text="CHEN2015", now=NOW).rows[0]
    assert row.clock == theirs.clock
    assert row.clock is not None
    assert (row.clock.left, row.clock.party.value, row.clock.overdue) == (10, "checker", False)
    late = queries.dossiers(as_(cast.CHECKER), state="tracing", now=NOW + 11 * DAY).rows[0].clock
    assert late is not None
    assert late.overdue
    found = public.statistics(now=NOW + 11 * DAY)
    record = found.submitters[0]
    assert (record.submissions, record.stopped, str(record.rate)) == (2, 1, "0.5000")
    assert found.overdue == 1


def test_every_step_has_its_letter_in_both_languages_naming_no_reviewer(way: Way, as_: As) -> None:
    code = way.assigned()
    way.opine(code, cast.EXPERT, "reject")
    way.opine(code, cast.SECOND_EXPERT, "reject")
    steps = sheets.sheet(code, viewer=as_(cast.ASSOCIATION)).steps
    assert [step.by for step in steps] == [cast.ASSOCIATION.name, "", "", ""]
    name, content = letters.decision_letter(code, steps[-1].pk, "zh", viewer=as_(cast.ASSOCIATION))
    number = Dossier.objects.get(pk=code).number
    assert (name, content[:4]) == (f"{number}-04-zh.pdf", b"%PDF")
    assert letters.decision_letter(code, steps[-1].pk, "zh", viewer=as_(cast.ASSOCIATION))[1] == content
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace("\u200b", "")
    assert all(word in text for word in (number, "未获通过", "来源可查，换算正确", "15 日内", "2.713 kgCO2e/kg P2O5"))
    assert not any(person.name[:2] in text for person in (cast.EXPERT, cast.SECOND_EXPERT, cast.CHECKER))
    assert len(PdfReader(io.BytesIO(content)).pages) == 1
    for step in Step.objects.filter(dossier=code):
        for language in ("zh", "en"):
            said = letters.letter_of(Dossier.objects.get(pk=code), step, language)
            assert said.paragraphs[0]
            assert said.title
    assert set(letters.SAYS) == set(Act)
    with pytest.raises(NotFound):
        letters.decision_letter(code, steps[-1].pk, "zh", viewer=as_(cast.STRANGER))
