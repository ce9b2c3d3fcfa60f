"""A published factor and the footprints of the province: the dry run, the drafts, the notices, and what owners make of them."""

import datetime
import json
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.integration.conftest import MARK, World
from zuji.config.kinds import KINDS
from zuji.engine.factors import FactorPart, FactorVersion
from zuji.engine.text import Text
from zuji.registry.accounts.viewer import ANYONE, SYSTEM, Viewer
from zuji.registry.audit.models import Event
from zuji.registry.codes import new_code
from zuji.registry.factors import operations as factors
from zuji.registry.factors.published import versions_of
from zuji.registry.footprints.dependences import ratio
from zuji.registry.footprints.models import Dependence, Footprint
from zuji.registry.jobs.models import Job
from zuji.registry.jobs.operations import Pace
from zuji.registry.jobs.republishing import republish
from zuji.registry.jobs.worker import Worker
from zuji.registry.products import queries as products
from zuji.registry.refusals import NotAllowed, NotFound, Refused
from zuji.registry.republication import deciding, operations, queries
from zuji.registry.republication.impact import histogram
from zuji.registry.republication.models import KeptPreview, Notice, Queued, Republication, Successor
from zuji.registry.republication.previews import Proposed, kept_preview, preview, what_if
from zuji.workflow.duties import Duty

pytestmark = pytest.mark.django_db

GRID = "CN-EL-CF-2024-national"
OLD = f"{GRID}@1"
SECRETARY = Viewer(user=1, duties=frozenset({Duty.SECRETARY.value}))
PUBLISHER = Viewer(user=2, duties=frozenset({Duty.PUBLISHER.value}))


def next_version(version: str = "2", value: str = "0.5", *, of: str = OLD, **more: Any) -> FactorVersion:
    """The factor with another value, all of it lumped as CO2e."""
    old = versions_of([of.partition("@")[0]])[of]
    parts = (FactorPart("CO2e", None, Fraction(value)),)
    changed = {"value": Fraction(value), "parts": parts, "digest": f"sha256:{version}-{value}".ljust(71, "0"), "state": "current", **more}
    return replace(old, version=version, **changed)


def publish(version: FactorVersion, *, old: str = OLD, code: str = "P-1") -> None:
    """What the governed process does at its end, without the process: the version, and the job in one transaction."""
    with transaction.atomic():
        factors.load_library(actor="system", versions=[(version, "")])
        republish(publication=code, changes={old: version.reference})


def work_off() -> int:
    return Worker(KINDS, threading.Event(), Pace(backoff=0)).run(until_empty=True)


def as_kept_before(footprint: str) -> str:
    """The same footprint as a software kept it that knew of no vectors; its code."""
    row = Footprint.objects.get(pk=footprint)
    row.pk, row.number, row.study_digest = new_code(), row.number + 100, row.study_digest[::-1]
    row.save(force_insert=True)
    for used in Footprint.objects.get(pk=footprint).used_factors.all():
        used.pk, used.footprint_id = None, row.pk
        used.save(force_insert=True)
    return row.pk


def rows_of(code: str = "P-1") -> dict[str, Successor]:
    return {row.footprint_id: row for row in Successor.objects.filter(republication=code)}


def test_what_is_kept_of_a_footprint_gives_its_total(world: World) -> None:
    for row in Dependence.objects.select_related("footprint"):
        uses: Mapping[str, list[str]] = json.loads(row.uses)
        total = ratio(row.constant) + sum((ratio(a) * ratio(v) for a, v in uses.values()), Fraction(0))
        assert total == ratio(row.total)
        assert abs(total - Fraction(row.footprint.total)) <= Fraction(1, 2 * 10**12)
        assert {f"{u.factor_id}@{u.version}" for u in row.footprint.used_factors.all()} == set(uses)
    assert Dependence.objects.count() == Footprint.objects.count() >= 3


def test_the_dry_run_counts_and_writes_nothing(world: World) -> None:
    before = (Event.objects.count(), Job.objects.count())
    with CaptureQueriesContext(connection) as asked:
        made = preview([Proposed(OLD, next_version())], viewer=PUBLISHER)
    assert not [q["sql"] for q in asked.captured_queries if q["sql"].split()[0] not in {"SELECT", "DECLARE", "SAVEPOINT", "RELEASE"}]
    assert (Event.objects.count(), Job.objects.count()) == before
    content = made.content
    assert content["touched"] == {"footprints": 3, "enterprises": 1, "products": 1, "cases": 1, "public": 1}
    assert sum(each["footprints"] for each in content["histogram"]) == 3
    assert content["told"] == {"enterprises": 1, "people": 4}  # two owners and two editors
    assert (content["grades"], content["certificates"]) == ({"state": "none-in-force"}, {"state": "none-issued"})
    row = Dependence.objects.get(footprint=world.signed)
    activity, value = json.loads(row.uses)[OLD]
    moved = 100 * ratio(activity) * (Fraction(1, 2) - ratio(value)) / ratio(row.total)
    others = [Dependence.objects.get(footprint=code) for code in (world.public, world.private)]
    moves = [
        moved,
        *(100 * ratio(json.loads(o.uses)[OLD][0]) * (Fraction(1, 2) - ratio(json.loads(o.uses)[OLD][1])) / ratio(o.total) for o in others),
    ]
    assert Decimal(content["movers"][0]["percent"]) == round(Decimal(float(max(moves, key=abs))), 2)


def test_the_dry_run_is_the_same_again_and_another_for_another_candidate(world: World) -> None:
    digests = [preview([Proposed(OLD, next_version(value=value))], viewer=PUBLISHER).digest for value in ("0.5", "0.5", "0.6")]
    assert digests[0] == digests[1] != digests[2]
    assert preview([Proposed(OLD, None)], viewer=PUBLISHER).content["no_number"]["withdrawn"] == 3
    split = next_version(parts=(FactorPart("CO2", "fossil", Fraction(1, 2)),))
    assert preview([Proposed(OLD, split)], viewer=PUBLISHER).digest != digests[0]


def test_two_factors_at_once_are_one_dry_run(world: World) -> None:
    other = next(
        u for u in Footprint.objects.get(pk=world.signed).used_factors.all() if u.factor_id != GRID and not u.factor_id.startswith("own-")
    )
    reference = f"{other.factor_id}@{other.version}"
    both = [Proposed(OLD, next_version()), Proposed(reference, None)]
    content = preview(both, viewer=PUBLISHER).content
    assert [change["old"] for change in content["changes"]] == sorted([OLD, reference])
    assert content["no_number"]["withdrawn"] >= 1


def test_who_sees_a_dry_run(world: World, as_: Callable[[cast.Person], Viewer]) -> None:
    changes = [Proposed(OLD, next_version())]
    for nobody in (ANYONE, as_(cast.OWNER), as_(cast.STRANGER), Viewer(user=3, duties=frozenset({Duty.AUDITOR.value}))):
        with pytest.raises(NotFound):
            preview(changes, viewer=nobody)
    officials, secretary = preview(changes, viewer=PUBLISHER), preview(changes, viewer=SECRETARY)
    assert officials.digest == secretary.digest
    assert officials.shown["movers"][0]["name"] == {"zh": cast.CEMENT.name.zh, "en": cast.CEMENT.name.en}
    assert secretary.shown["movers"] is secretary.shown["histogram"] is None  # fewer than three enterprises are touched
    for text in (json.dumps(officials.content, ensure_ascii=False), json.dumps(secretary.shown, ensure_ascii=False)):
        assert MARK not in text  # no product's name, no answer
        assert world.signed not in text


def test_a_dry_run_that_was_kept_is_what_was_seen(world: World) -> None:
    made = operations.keep_preview([Proposed(OLD, next_version())], viewer=PUBLISHER)
    operations.keep_preview([Proposed(OLD, next_version())], viewer=PUBLISHER)
    assert kept_preview(made.digest, viewer=SECRETARY).content == made.content
    assert KeptPreview.objects.count() == Event.objects.filter(action="republication.previewed").count() == 1
    with pytest.raises(NotFound):
        kept_preview(made.digest, viewer=ANYONE)


def test_what_was_never_published_cannot_be_replaced(world: World) -> None:
    with pytest.raises(Refused, match="never published"):
        preview([Proposed("CN-nothing@1", next_version())], viewer=PUBLISHER)


def test_a_new_factor_replaces_nothing_and_touches_nobody(world: World) -> None:
    content = preview([], viewer=PUBLISHER).content
    assert set(content["touched"].values()) == {0}
    assert content["told"] == {"enterprises": 0, "people": 0}
    assert (content["changes"], content["movers"], sum(each["footprints"] for each in content["histogram"])) == ([], [], 0)


def test_after_a_publication_every_footprint_has_its_draft_and_each_enterprise_one_notice(world: World) -> None:
    kept = dict(Footprint.objects.values_list("pk", "result_hash"))
    old = as_kept_before(world.signed)
    publish(next_version())
    work_off()
    made = rows_of()
    assert set(made) == {world.public, world.private, world.signed, old}
    assert {made[code].outcome for code in kept} == {"linear"}
    assert made[old].outcome == "exact"
    assert (made[old].exact, made[old].parts) == (made[world.signed].exact, made[world.signed].parts)
    for code, row in made.items():
        sheet = queries.successor(code, "P-1", viewer=SYSTEM)
        assert sheet.comparison is not None
        assert Decimal(row.total) == sheet.comparison.total_after
        assert sum((e.value for e in sheet.comparison.effects), Decimal(0)) == sheet.row.change
        parts = sum((ratio(change) for _, _, change in json.loads(row.parts)), Fraction(0))
        assert ratio(row.exact) - sheet.comparison.before == parts == sum((e.exact for e in sheet.comparison.effects), Fraction(0))
    assert Notice.objects.count() == 1
    told = sorted(letter.to[0] for letter in mail.outbox)
    assert told == sorted(p.email for p in (cast.OWNER, cast.SECOND_OWNER, cast.EDITOR, cast.LEAVER))
    assert not [letter for letter in mail.outbox if MARK in letter.body or "0.5" in letter.body or GRID in letter.body]
    assert dict(Footprint.objects.exclude(pk=old).values_list("pk", "result_hash")) == kept
    found = queries.progress("P-1", viewer=PUBLISHER)
    assert found.finished is not None
    assert (found.outcomes, found.queued, found.notices) == ({"linear": 3, "exact": 1}, {"unknown": 1}, 1)


def test_the_same_publication_again_does_nothing(world: World) -> None:
    publish(next_version())
    work_off()
    before = (Successor.objects.count(), Notice.objects.count(), len(mail.outbox), Job.objects.count())
    with transaction.atomic():
        operations.publish_change(publication="P-1", changes={OLD: f"{GRID}@2"})
    assert work_off() == 0
    assert (Successor.objects.count(), Notice.objects.count(), len(mail.outbox), Job.objects.count()) == before


def test_a_version_that_cannot_stand_in_is_refused_by_the_engine_with_its_reason(world: World) -> None:
    publish(next_version(valid_from=datetime.date(2030, 1, 1)))
    work_off()
    assert set(Queued.objects.values_list("reason", flat=True)) == {"validity"}
    row = rows_of()[world.signed]
    assert (row.outcome, row.total, row.exact) == ("refused", "", "")
    sheet = queries.successor(world.signed, "P-1", viewer=SYSTEM)
    assert "2030" in sheet.reasons[0].en
    with pytest.raises(Refused, match="no number"):
        deciding.accept(viewer=SYSTEM, footprint=world.signed, publication="P-1")


def test_a_withdrawn_factor_leaves_drafts_without_a_number(world: World) -> None:
    with transaction.atomic():
        republish(publication="W-1", changes={OLD: None})
    work_off()
    assert {row.outcome for row in rows_of("W-1").values()} == {"withdrawn"}
    assert {row.total for row in rows_of("W-1").values()} == {""}


def test_a_later_publication_takes_along_those_on_the_earlier_version(world: World) -> None:
    publish(next_version("2", "0.5"))
    work_off()
    publish(next_version("3", "0.4"), old=f"{GRID}@2", code="P-2")
    work_off()
    first, second = (queries.successor(world.signed, code, viewer=SYSTEM) for code in ("P-1", "P-2"))
    assert (first.row.overtaken, second.row.overtaken) == (True, False)
    assert second.changes == {OLD: f"{GRID}@3"}
    publish(next_version("9", "0.4"), code="P-3")
    row = Dependence.objects.get(footprint=world.signed)
    activity, value = json.loads(row.uses)[OLD]
    assert ratio(rows_of("P-2")[world.signed].exact) == ratio(row.total) + ratio(activity) * (Fraction("0.4") - ratio(value))


def test_a_publication_of_what_is_not_there_is_parked(world: World) -> None:
    with transaction.atomic():
        republish(publication="P-1", changes={OLD: f"{GRID}@missing"})
    work_off()
    assert Job.objects.get(kind="republication.republish").state == "failed"
    assert not Republication.objects.exists()


def test_an_owner_takes_a_draft_into_the_product(world: World, as_: Callable[[cast.Person], Viewer]) -> None:
    publish(next_version())
    work_off()
    editor = as_(cast.EDITOR)
    with pytest.raises(NotAllowed):
        deciding.accept(viewer=as_(cast.VIEWER), footprint=world.signed, publication="P-1")
    for outsider in (as_(cast.RIVAL_OWNER), as_(cast.STRANGER), PUBLISHER):
        with pytest.raises(NotFound):
            deciding.accept(viewer=outsider, footprint=world.signed, publication="P-1")
    number = deciding.accept(viewer=editor, footprint=world.signed, publication="P-1")
    draft = products.version(world.product, number, viewer=editor)
    assert (draft.number, draft.state, draft.based_on) == (2, "draft", 1)
    pinned = {key for key, value in draft.answers.items() if value == f"{GRID}@2"}
    assert pinned
    assert all(key.endswith(".factor") for key in pinned)
    assert {k: v for k, v in draft.answers.items() if k not in pinned} == {
        k: v for k, v in products.version(world.product, 1, viewer=editor).answers.items() if k not in pinned
    }
    with pytest.raises(Refused, match="decided already"):
        deciding.dismiss(viewer=editor, footprint=world.signed, publication="P-1", reason="no")
    assert queries.successor(world.signed, "P-1", viewer=editor).decision is not None
    assert Event.objects.filter(action="successor.accepted").count() == 1


def test_an_owner_leaves_a_draft_aside_with_a_reason(world: World, as_: Callable[[cast.Person], Viewer]) -> None:
    publish(next_version())
    work_off()
    editor = as_(cast.EDITOR)
    with pytest.raises(Refused, match="State why"):
        deciding.dismiss(viewer=editor, footprint=world.signed, publication="P-1", reason=" ")
    with pytest.raises(Refused, match="study file"):
        deciding.accept(viewer=editor, footprint=world.private, publication="P-1")
    assert queries.waiting(cast.CEMENT.uscc, viewer=editor) == 3
    deciding.dismiss(viewer=editor, footprint=world.signed, publication="P-1", reason="产品已停产")
    assert queries.waiting(cast.CEMENT.uscc, viewer=editor) == 2
    (row,) = [row for row in queries.of_product(world.product, viewer=editor) if row.footprint == world.signed]
    assert (row.state, row.title) == ("dismissed", Text(*queries.successor(world.signed, "P-1", viewer=editor).row.title))
    assert queries.of_enterprise(cast.CEMENT.uscc, viewer=as_(cast.RIVAL_OWNER), undecided=False).rows == ()


def test_two_hundred_and_fifty_drafts_are_all_reached_page_by_page(
    world: World, as_: Callable[[cast.Person], Viewer], signed_in: Callable[[cast.Person], Client]
) -> None:
    """What the database counts as undecided is what each row says of itself, whatever became of it since."""
    publish(next_version())
    work_off()
    one, kept = Footprint.objects.get(pk=world.private), Successor.objects.get(footprint=world.private)
    fields = {field.attname: getattr(one, field.attname) for field in Footprint._meta.concrete_fields if field.name != "created"}
    made = Footprint.objects.bulk_create(
        # Two results of each study: a draft of the earlier one waits for nobody.
        Footprint(**{**fields, "code": new_code(), "study_id": f"s-{n // 2}", "number": 1 + n % 2, "study_digest": f"{n:064x}"})
        for n in range(500)
    )
    later = Republication.objects.create(
        code="P-2", changes=kept.republication.changes, begun=kept.republication.begun + datetime.timedelta(days=1)
    )
    drawn = {"enterprise_id": one.enterprise_id, "outcome": kept.outcome, "total": kept.total, "exact": kept.exact, "parts": kept.parts}
    Successor.objects.bulk_create(Successor(footprint=each, republication=kept.republication, **drawn) for each in made)
    Successor.objects.bulk_create(Successor(footprint=each, republication=later, **drawn) for each in made[:20])
    for each in made[21:31:2]:
        deciding.dismiss(viewer=as_(cast.EDITOR), footprint=each.pk, publication="P-1", reason="下期再更新")
    editor = as_(cast.EDITOR)

    def pages(*, undecided: bool) -> list[queries.Row]:
        first = queries.of_enterprise(cast.CEMENT.uscc, viewer=editor, undecided=undecided)
        rest = [queries.of_enterprise(cast.CEMENT.uscc, viewer=editor, undecided=undecided, page=n) for n in range(2, first.pages + 1)]
        rows = [row for listed in (first, *rest) for row in listed.rows]
        assert len(rows) == first.total == len({(row.footprint, row.publication) for row in rows})
        return rows

    waiting, others = pages(undecided=True), pages(undecided=False)
    assert all(row.open and row.current for row in waiting)
    assert not any(row.open and row.current for row in others)
    assert len(waiting) + len(others) == Successor.objects.filter(enterprise=one.enterprise_id).count()
    assert len(waiting) == queries.waiting(cast.CEMENT.uscc, viewer=editor) == 250 - 5 + 3
    assert {row.publication for row in waiting} == {"P-1", "P-2"}
    browser, place = signed_in(cast.EDITOR), f"/enterprises/{cast.CEMENT.uscc}/successors/"
    shown = answer = browser.get(place).content.decode()
    counts = []
    assert "待处理（248）" in shown
    seen: set[str] = set()
    for page in range(1, 6):
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(place, {"page": page, "others": 2}).content.decode()
        seen |= set(re.findall(r"/footprints/(\w+)/successors/P-", answer.partition('id="others"')[0]))
        counts.append(len(asked))
    assert seen == {row.footprint for row in waiting}
    assert len(set(counts[:4])) == 1, counts  # the last page has results of products too, which is one question more
    assert 'href="?page=5&amp;others=3#others"' in answer


def test_a_candidate_for_trying_out_keeps_the_proportions_of_its_gases(world: World) -> None:
    tried = what_if(OLD, "0.6")
    assert tried.new is not None
    assert (tried.new.value, sum(part.kg for part in tried.new.parts)) == (Fraction("0.6"), Fraction("0.6"))
    assert what_if(OLD, " ") == Proposed(OLD, None)
    for old, value, why in ((OLD, "0,6", "comma"), ("CN-nothing@1", "1", "never published")):
        with pytest.raises(Refused, match=why):
            what_if(old, value)


def test_every_change_is_in_one_class_of_the_histogram_and_an_edge_counts_nearer_to_zero() -> None:
    percent = np.array([-80, -50, -20, -3, -1, -0.5, 0, 0.5, 1, 3, 20, 50, 80])
    counted = {(each.low, each.high): each.count for each in histogram(percent / 100) if each.count}
    assert counted == {
        (None, -50): 1, (-50, -20): 1, (-20, -10): 1, (-5, -2): 1, (-1, 0): 2, (0, 0): 1,
        (0, 1): 2, (2, 5): 1, (10, 20): 1, (20, 50): 1, (50, None): 1,
    }  # fmt: skip


def test_pages_of_a_draft_from_the_letter_to_the_decision(world: World, signed_in: Callable[[cast.Person], Client]) -> None:
    publish(next_version())
    work_off()
    browser = signed_in(cast.EDITOR)
    letter = next(each for each in mail.outbox if each.to == [cast.EDITOR.email])
    place = f"/enterprises/{cast.CEMENT.uscc}/successors/"
    assert place in letter.body
    assert f"/en{place}" in letter.body
    address = f"/footprints/{world.signed}/successors/P-1/"
    assert address in browser.get(place).content.decode()
    assert address in browser.get(f"/products/{world.product}/").content.decode()
    assert place in browser.get(f"/enterprises/{cast.CEMENT.uscc}/").content.decode()
    answer = browser.post(address, {"act": "dismissed", "reason": ""})
    assert (answer.status_code, "请写明不采纳的理由" in answer.content.decode()) == (200, True)
    answer = browser.post(address, {"act": "accepted"})
    assert answer.headers["Location"] == f"/products/{world.product}/v2/"
    assert browser.post(address, {"act": "accepted"}).headers["Location"] == f"/products/{world.product}/v2/"  # pressed twice
    assert "已采纳" in browser.get(address).content.decode()
    assert products.product(world.product, viewer=SYSTEM).row.newest == 2
