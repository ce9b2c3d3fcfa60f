"""From answers to a signed case: the live total, the stored result, the checklist, who signs, and what is frozen."""

import datetime
import json
from collections.abc import Callable

import pytest

from tests import cast
from tests.integration.conftest import TODAY, World
from tests.questionnaires import MODELS, filled_product
from zuji.engine.canonical import canonical_json, digest
from zuji.engine.text import Text
from zuji.registry.accounts.models import Enterprise
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit import queries as audit
from zuji.registry.footprints import cases, queries, submitting
from zuji.registry.footprints.answering import task_list
from zuji.registry.footprints.live import live
from zuji.registry.footprints.models import Submission
from zuji.registry.footprints.operations import calculate
from zuji.registry.footprints.refusals import NotCalculable, NotReady
from zuji.registry.products import operations as products
from zuji.registry.products import queries as product_queries
from zuji.registry.refusals import NotAllowed, NotFound, Refused

As = Callable[[cast.Person], Viewer]


def filled(world: World, as_: As, model: str = "map-fertiliser", *, finished: bool = True) -> str:
    """A product whose questionnaire is filled in with the model's example."""
    return filled_product(as_(cast.EDITOR), world.firms[cast.CEMENT.uscc], model, finished=finished)


def asked(world: World, as_: As) -> tuple[str, str]:
    """A product that awaits sign-off, and the hash of the result that lies there."""
    code = filled(world, as_)
    submitting.ask_sign_off(viewer=as_(cast.EDITOR), product=code, number=1, note="请审核", today=TODAY)
    waiting = cases.awaited(code, 1, viewer=as_(cast.APPROVER))
    assert waiting is not None
    return code, waiting.result_hash


@pytest.mark.parametrize("model", sorted(MODELS))
def test_the_live_total_is_what_the_calculation_states(world: World, as_: As, model: str) -> None:
    code = filled(world, as_, model)
    shown = live(viewer=as_(cast.VIEWER), product=code, number=1, changes={}, today=TODAY)
    sheet = queries.sheet(calculate(viewer=as_(cast.EDITOR), product=code, number=1, today=TODAY), viewer=as_(cast.VIEWER))
    assert shown.total == shown.saved == sheet.calculated.result.total
    assert shown.change == 0
    assert sum(shown.by_stage.values()) == shown.total
    assert (sheet.row.title.zh, sheet.row.number) == ("示范产品", 1)
    assert all("@" in (c.factor or "@") for c in sheet.calculated.result.contributions)


def test_while_typing_the_change_is_against_the_last_save_and_nothing_is_stored(world: World, as_: As) -> None:
    code = filled(world, as_)
    events = len(list(audit.entries()))
    more = live(viewer=as_(cast.EDITOR), product=code, number=1, changes={"coal": "1，000"}, today=TODAY)
    assert more.read_as == {"coal": "1000"}
    assert more.total is not None
    assert more.saved is not None
    assert more.change == more.total - more.saved != 0
    assert product_queries.version(code, 1, viewer=as_(cast.EDITOR)).answers.get("coal") == MODELS["map-fertiliser"].example.get("coal")
    assert len(list(audit.entries())) == events


def test_missing_is_never_zero_while_typing(world: World, as_: As) -> None:
    code = filled(world, as_)
    emptied = live(viewer=as_(cast.EDITOR), product=code, number=1, changes={"rock": None, "coal": "12 t"}, today=TODAY)
    assert emptied.total is None
    assert emptied.change is None
    at = {(f.code, f.field) for f in emptied.findings if f.severity == "error"}
    assert {("model.required", "rock"), ("model.number", "coal")} <= at


def test_a_wrong_unit_is_named_at_its_field(world: World, as_: As) -> None:
    code = filled(world, as_)
    shown = live(viewer=as_(cast.EDITOR), product=code, number=1, changes={"ammonia.unit": "kWh"}, today=TODAY)
    assert shown.total is None
    assert {f.field for f in shown.findings if f.severity == "error"} == {"ammonia"}


def test_the_task_list_says_where_each_page_stands(world: World, as_: As) -> None:
    editor = as_(cast.EDITOR)
    code = products.create_product(
        viewer=editor, enterprise=world.firms[cast.CEMENT.uscc], name=Text("空", "Empty"), model="map-fertiliser"
    )

    def status() -> dict[str, str]:
        return {group.id: group.status for group in task_list(product_queries.version(code, 1, viewer=editor))}

    groups = [group.id for group in MODELS["map-fertiliser"].groups]
    assert status() == dict.fromkeys(groups, "not_started")
    products.see_group(viewer=editor, product=code, number=1, group="plant")
    assert status()["plant"] == "seen"
    products.see_group(viewer=editor, product=code, number=1, group="plant", finished=True)
    assert status()["plant"] == "has_errors"
    example = MODELS["map-fertiliser"].example
    products.save_answers(
        viewer=editor,
        product=code,
        number=1,
        base_revision=0,
        changes={key: example[key] for key in ("producer", "site", "period_start", "period_end")},
    )
    assert status()["plant"] == "complete"
    products.save_answers(viewer=editor, product=code, number=1, base_revision=1, changes={"period_end": "2025-13-01"})
    assert status()["plant"] == "has_errors"


def test_what_cannot_be_calculated_says_why_at_each_field(world: World, as_: As) -> None:
    editor = as_(cast.EDITOR)
    code = products.create_product(viewer=editor, enterprise=world.firms[cast.CEMENT.uscc], name=Text("空", "E"), model="portland-cement")
    with pytest.raises(NotCalculable) as refused:
        calculate(viewer=editor, product=code, number=1, today=TODAY)
    errors = [f for f in refused.value.findings if f.severity == "error"]
    assert errors
    assert all(f.field and f.group for f in errors)


def test_the_same_answers_are_kept_once_and_others_beside_them(world: World, as_: As) -> None:
    code, editor = filled(world, as_), as_(cast.EDITOR)
    first = calculate(viewer=editor, product=code, number=1, today=TODAY)
    assert calculate(viewer=editor, product=code, number=1, today=TODAY) == first
    products.save_answers(viewer=editor, product=code, number=1, base_revision=1, changes={"ammonia": "60000"})
    second = calculate(viewer=editor, product=code, number=1, today=TODAY)
    rows = queries.of_product(code, viewer=as_(cast.VIEWER))
    assert [(row.row.code, row.number, row.revision) for row in rows] == [(second, 1, 2), (first, 1, 1)]


def test_the_approver_signs_and_everything_is_frozen(world: World, as_: As) -> None:
    code, seen = asked(world, as_)
    with pytest.raises(Refused, match="awaiting sign-off"):
        products.save_answers(viewer=as_(cast.EDITOR), product=code, number=1, base_revision=1, changes={"ammonia": "1"})
    with pytest.raises(NotAllowed):
        submitting.sign(viewer=as_(cast.EDITOR), product=code, number=1, result_hash=seen)
    number = submitting.sign(viewer=as_(cast.APPROVER), product=code, number=1, result_hash=seen)
    year = datetime.datetime.now(datetime.UTC).year
    assert number == f"ZJ-{year}-000002"  # the first is that of the world
    case = cases.case(number, viewer=as_(cast.VIEWER))
    assert case.snapshot["answers"] == product_queries.version(code, 1, viewer=as_(cast.VIEWER)).answers
    assert case.snapshot["footprint"]["result_hash"] == seen == case.result_hash
    assert case.snapshot_hash == f"sha256:{digest(case.snapshot)}"
    assert Submission.objects.get(pk=number).snapshot == canonical_json(case.snapshot).decode()
    assert [(step.act, step.by) for step in case.steps] == [("ask_sign_off", cast.EDITOR.name), ("sign", cast.APPROVER.name)]
    assert {item["standing"] for item in case.snapshot["checklist"] if item["code"] == "persons"} == {"ok"}
    with pytest.raises(Refused, match="submitted"):
        submitting.sign(viewer=as_(cast.APPROVER), product=code, number=1, result_hash=seen)


def test_case_numbers_have_no_gap(world: World, as_: As) -> None:
    numbers = []
    for _ in range(2):
        code, seen = asked(world, as_)
        numbers.append(submitting.sign(viewer=as_(cast.OWNER), product=code, number=1, result_hash=seen)[-6:])
    assert numbers == ["000002", "000003"]


def test_one_who_signs_what_they_prepared_is_recorded_as_that(world: World, as_: As) -> None:
    code = filled(world, as_)
    submitting.ask_sign_off(viewer=as_(cast.OWNER), product=code, number=1, today=TODAY)
    waiting = cases.awaited(code, 1, viewer=as_(cast.OWNER))
    assert waiting is not None
    number = submitting.sign(viewer=as_(cast.OWNER), product=code, number=1, result_hash=waiting.result_hash)
    persons = [item for item in cases.case(number, viewer=as_(cast.OWNER)).snapshot["checklist"] if item["code"] == "persons"]
    assert [item["standing"] for item in persons] == ["attention"]


def test_another_result_than_the_one_seen_is_not_signed(world: World, as_: As) -> None:
    code, _ = asked(world, as_)
    with pytest.raises(Refused, match="not the one"):
        submitting.sign(viewer=as_(cast.APPROVER), product=code, number=1, result_hash="sha256:" + "0" * 64)
    assert product_queries.version(code, 1, viewer=as_(cast.APPROVER)).state == "awaiting_sign_off"


def test_a_return_says_why_and_the_draft_goes_on(world: World, as_: As) -> None:
    code, _ = asked(world, as_)
    with pytest.raises(Refused, match="reason"):
        submitting.return_to_draft(viewer=as_(cast.APPROVER), product=code, number=1, reason=" ")
    submitting.return_to_draft(viewer=as_(cast.APPROVER), product=code, number=1, reason="液氨用量与台账不符")
    assert cases.steps(code, 1, viewer=as_(cast.EDITOR))[-1].reason == "液氨用量与台账不符"
    assert products.save_answers(
        viewer=as_(cast.EDITOR), product=code, number=1, base_revision=1, changes={"ammonia": "57121"}
    ).changed == ("ammonia",)
    assert "液氨" not in "".join(entry.details for entry in audit.entries())


def test_taking_back_and_withdrawing(world: World, as_: As) -> None:
    code, _ = asked(world, as_)
    submitting.take_back(viewer=as_(cast.EDITOR), product=code, number=1)
    submitting.ask_sign_off(viewer=as_(cast.EDITOR), product=code, number=1, today=TODAY)
    waiting = cases.awaited(code, 1, viewer=as_(cast.APPROVER))
    assert waiting is not None
    number = submitting.sign(viewer=as_(cast.APPROVER), product=code, number=1, result_hash=waiting.result_hash)
    with pytest.raises(NotAllowed):
        submitting.withdraw(viewer=as_(cast.EDITOR), product=code, number=1, reason="误报")
    submitting.withdraw(viewer=as_(cast.APPROVER), product=code, number=1, reason="误报")
    assert cases.case(number, viewer=as_(cast.OWNER)).state == "withdrawn"
    assert products.new_version(viewer=as_(cast.EDITOR), product=code, base=1) == 2


def test_an_unconfirmed_enterprise_calculates_and_does_not_submit(world: World, as_: As) -> None:
    Enterprise.objects.filter(uscc=cast.CEMENT.uscc).update(identity_confirmed=False)
    code = filled(world, as_)
    assert queries.sheet(calculate(viewer=as_(cast.EDITOR), product=code, number=1, today=TODAY), viewer=as_(cast.EDITOR)).row.total
    with pytest.raises(NotReady, match="not confirmed"):
        submitting.ask_sign_off(viewer=as_(cast.EDITOR), product=code, number=1, today=TODAY)
    assert product_queries.version(code, 1, viewer=as_(cast.EDITOR)).state == "draft"


def test_pages_that_nobody_finished_block_the_submission(world: World, as_: As) -> None:
    code = filled(world, as_, finished=False)
    with pytest.raises(NotReady, match="Not filled in yet"):
        submitting.ask_sign_off(viewer=as_(cast.EDITOR), product=code, number=1, today=TODAY)


@pytest.mark.parametrize("person", [cast.RIVAL_OWNER, cast.STRANGER, cast.OPERATOR], ids=lambda p: p.email)
def test_another_enterprise_s_case_is_a_missing_case(world: World, as_: As, person: cast.Person) -> None:
    code, seen = asked(world, as_)
    number = submitting.sign(viewer=as_(cast.OWNER), product=code, number=1, result_hash=seen)
    viewer = as_(person)
    calls: list[Callable[[], object]] = [
        lambda: cases.case(number, viewer=viewer),
        lambda: cases.case("ZJ-2000-000001", viewer=viewer),
        lambda: cases.steps(code, 1, viewer=viewer),
        lambda: cases.awaited(code, 1, viewer=viewer),
        lambda: live(viewer=viewer, product=code, number=1, changes={}, today=TODAY),
        lambda: calculate(viewer=viewer, product=code, number=1, today=TODAY),
        lambda: submitting.withdraw(viewer=viewer, product=code, number=1, reason="x"),
        lambda: submitting.take_back(viewer=viewer, product=code, number=1),
    ]
    for call in calls:
        with pytest.raises(NotFound):
            call()
    assert cases.of_enterprise(cast.CEMENT.uscc, viewer=viewer) == cases.of_product(code, viewer=viewer) == []
    assert cases.waiting(viewer) == cases.Waiting((), ())


def test_a_submission_is_never_changed(world: World, as_: As) -> None:
    from django.db import DatabaseError, transaction  # noqa: PLC0415  # what is shown is the database's own refusal

    code, seen = asked(world, as_)
    number = submitting.sign(viewer=as_(cast.OWNER), product=code, number=1, result_hash=seen)
    attempts: list[Callable[[], object]] = [
        lambda: Submission.objects.filter(pk=number).update(signed_by="user:1"),
        lambda: Submission.objects.filter(pk=number).delete(),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert json.loads(Submission.objects.get(pk=number).snapshot)["case"] == number


def test_what_moves_the_total_is_called_as_the_questionnaire_calls_it(world: World, as_: As) -> None:
    code = calculate(viewer=as_(cast.EDITOR), product=filled(world, as_), number=1, today=TODAY)
    rows = queries.sheet(code, viewer=as_(cast.VIEWER)).calculated.analyses.sensitivity
    asked = {f"填报项：{field.label.zh}" for field in MODELS["map-fertiliser"].model.fields.values()}
    assert asked & {row.label.zh for row in rows}
    assert not any(row.label.zh.startswith("参数") for row in rows)


def test_the_approver_is_told_of_an_amount_a_thousand_times_too_large(world: World, as_: As) -> None:
    """20,580 MWh typed as kWh with the unit left at MWh: the result is sound arithmetic, and what is signed says that the answer is not plausible."""
    code = filled_product(as_(cast.EDITOR), world.firms[cast.CEMENT.uscc], map_power="20580000")
    submitting.ask_sign_off(viewer=as_(cast.EDITOR), product=code, number=1, note="", today=TODAY)
    waiting = cases.awaited(code, 1, viewer=as_(cast.APPROVER))
    assert waiting is not None
    told = {item.code: item for item in waiting.examined.items}
    assert told["plausible"].standing == "attention"
    assert "磷酸一铵装置用电" in told["plausible"].detail.zh
    assert [(each.field, each.group) for each in waiting.examined.findings if each.code == "model.out-of-range"] == [("map_power", "map")]
    number = submitting.sign(viewer=as_(cast.APPROVER), product=code, number=1, result_hash=waiting.result_hash)
    frozen = cases.case(number, viewer=as_(cast.OWNER)).snapshot["checklist"]
    assert [item["standing"] for item in frozen if item["code"] == "plausible"] == ["attention"]
