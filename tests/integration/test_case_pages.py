"""The pages on which a version is submitted, signed, returned, withdrawn; each for every role, twice, too late, and with what people type."""

import hashlib
import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.integration.conftest import MARK, TODAY, World
from tests.questionnaires import filled_product, finish
from zuji.engine.text import Text
from zuji.registry.accounts.models import Enterprise
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.footprints import cases, submitting
from zuji.registry.products import operations as products
from zuji.registry.products import queries as product_queries

As = Callable[[cast.Person], Viewer]
SignIn = Callable[[cast.Person], Client]
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def product(world: World, as_: As) -> str:
    """A product that is filled in."""
    return filled_product(as_(cast.EDITOR), world.firms[cast.CEMENT.uscc])


@pytest.fixture
def asked(product: str, as_: As) -> str:
    """A product that awaits a signature."""
    submitting.ask_sign_off(viewer=as_(cast.EDITOR), product=product, number=1, note="请审核", today=TODAY)
    return product


def place(product: str, number: int = 1) -> str:
    return reverse("version-submit", args=[product, number])


def state(product: str, as_: As, number: int = 1) -> str:
    return product_queries.version(product, number, viewer=as_(cast.OWNER)).state


def seen(product: str, as_: As) -> str:
    waiting = cases.awaited(product, 1, viewer=as_(cast.APPROVER))
    assert waiting is not None
    return waiting.result_hash


def signed(product: str, as_: As) -> str:
    return submitting.sign(viewer=as_(cast.APPROVER), product=product, number=1, result_hash=seen(product, as_))


def test_the_preparer_sees_the_checklist_and_asks(product: str, as_: As, signed_in: SignIn) -> None:
    client = signed_in(cast.EDITOR)
    page = client.get(place(product)).content.decode()
    for words in ("核对清单", "请留意", "须先解决", "数据缺口", "数据质量最差的行", "提请签核"):
        assert words in page
    form = {"act": "ask_sign_off", "revision": "1", "note": SCRIPT, "responsible": "yes"}
    answer = client.post(place(product), form)
    assert (answer.status_code, answer.headers["Location"]) == (302, place(product))
    assert state(product, as_) == "awaiting_sign_off"
    page = client.get(place(product)).content.decode()
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page
    assert "收回修改" in page


def test_nothing_is_stored_by_looking(product: str, as_: As, signed_in: SignIn) -> None:
    signed_in(cast.EDITOR).get(place(product))
    assert cases.of_product(product, viewer=as_(cast.OWNER)) == []
    assert cases.steps(product, 1, viewer=as_(cast.OWNER)) == ()


def test_one_who_does_not_answer_for_the_data_does_not_ask(product: str, as_: As, signed_in: SignIn) -> None:
    answer = signed_in(cast.EDITOR).post(place(product), {"act": "ask_sign_off", "revision": "1", "note": "说明还在"})
    page = answer.content.decode()
    assert "请先确认您对数据负责" in page
    assert "说明还在" in page
    assert state(product, as_) == "draft"


def test_one_answers_for_the_data_that_were_seen(product: str, as_: As, signed_in: SignIn) -> None:
    client = signed_in(cast.EDITOR)
    products.save_answers(viewer=as_(cast.OWNER), product=product, number=1, base_revision=1, changes={"ammonia": "60000"})
    answer = client.post(place(product), {"act": "ask_sign_off", "revision": "1", "responsible": "yes"})
    assert "您打开本页后数据有改动" in answer.content.decode()
    assert state(product, as_) == "draft"


def test_what_blocks_is_said_with_the_way_out(world: World, as_: As, signed_in: SignIn) -> None:
    Enterprise.objects.filter(uscc=cast.CEMENT.uscc).update(identity_confirmed=False)
    code = filled_product(as_(cast.EDITOR), world.firms[cast.CEMENT.uscc], finished=False)
    client = signed_in(cast.EDITOR)
    page = client.get(place(code)).content.decode()
    assert reverse("enterprise", args=[cast.CEMENT.uscc]) in page
    assert f"/products/{code}/v1/g/plant/" in page
    assert 'name="act" value="ask_sign_off"' not in page
    answer = client.post(place(code), {"act": "ask_sign_off", "revision": "1", "responsible": "yes"})
    assert "还不能提交" in answer.content.decode()
    assert state(code, as_) == "draft"


def test_answers_without_a_number_are_listed_with_their_fields(world: World, as_: As, signed_in: SignIn) -> None:
    code = products.create_product(
        viewer=as_(cast.EDITOR), enterprise=world.firms[cast.CEMENT.uscc], name=Text("空", "Empty"), model="map-fertiliser"
    )
    page = signed_in(cast.EDITOR).get("/en" + place(code)).content.decode()
    assert "There is no number yet" in page
    assert f"/en/products/{code}/v1/g/plant/#f-producer" in page
    assert 'name="act" value="ask_sign_off"' not in page


@pytest.mark.parametrize(
    ("person", "sign", "take_back"),
    [(cast.OWNER, True, True), (cast.EDITOR, False, True), (cast.APPROVER, True, False), (cast.VIEWER, False, False)],
    ids=lambda value: getattr(value, "role", None),
)
def test_each_role_is_offered_what_it_may_do(asked: str, signed_in: SignIn, person: cast.Person, *, sign: bool, take_back: bool) -> None:
    page = signed_in(person).get(place(asked)).content.decode()
    assert ('value="sign"' in page) == ('value="return"' in page) == sign
    assert ('value="take_back"' in page) == take_back
    assert "请审核" in page


@pytest.mark.parametrize("person", [cast.EDITOR, cast.VIEWER], ids=lambda person: person.role)
@pytest.mark.parametrize("act", ["sign", "return"])
def test_those_who_may_not_sign_do_not(asked: str, as_: As, signed_in: SignIn, person: cast.Person, act: str) -> None:
    answer = signed_in(person).post(place(asked), {"act": act, "seen": seen(asked, as_), "reason": "不行"})
    assert answer.status_code == 403
    assert state(asked, as_) == "awaiting_sign_off"


@pytest.mark.parametrize("person", [cast.RIVAL_OWNER, cast.CONSULTANT, cast.OPERATOR], ids=lambda person: person.email)
def test_for_others_there_is_nothing_to_post_to(world: World, asked: str, as_: As, signed_in: SignIn, person: cast.Person) -> None:
    client = signed_in(person)
    for act in ("sign", "return", "take_back", "ask_sign_off", "withdraw", "new_version"):
        form = {"act": act, "seen": seen(asked, as_), "reason": "x", "revision": "1", "responsible": "yes"}
        assert client.post(place(asked), form).status_code == 404
        assert client.post(reverse("case", args=[world.case]), form).status_code == 404
    assert state(asked, as_) == "awaiting_sign_off"


def test_forms_need_their_token(asked: str, as_: As, world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user_of(world, cast.APPROVER))
    assert client.post(place(asked), {"act": "sign", "seen": seen(asked, as_)}).status_code == 403
    assert state(asked, as_) == "awaiting_sign_off"


def user_of(world: World, person: cast.Person):  # type: ignore[no-untyped-def]  # the account of somebody of the cast
    from django.contrib.auth import get_user_model  # noqa: PLC0415  # a model is looked up once Django is set up

    return get_user_model().objects.get(pk=world.people[person.email])


def test_the_approver_signs_and_a_second_click_lands_on_the_case(asked: str, as_: As, signed_in: SignIn) -> None:
    client = signed_in(cast.APPROVER)
    form = {"act": "sign", "seen": seen(asked, as_)}
    first, second = client.post(place(asked), form), client.post(place(asked), form)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    page = client.get(first.headers["Location"]).content.decode()
    assert "已提交" in page
    assert cast.EDITOR.name in page
    assert cast.APPROVER.name in page
    assert len(cases.of_product(asked, viewer=as_(cast.OWNER))) == 1


@pytest.mark.parametrize(
    ("person", "form"),
    [
        (cast.EDITOR, {"act": "ask_sign_off", "revision": "1", "responsible": "yes"}),
        (cast.APPROVER, {"act": "return", "reason": "液氨不符"}),
        (cast.EDITOR, {"act": "take_back"}),
    ],
    ids=["ask", "return", "take back"],
)
def test_every_form_may_be_sent_twice(product: str, as_: As, signed_in: SignIn, person: cast.Person, form: dict[str, str]) -> None:
    client = signed_in(person)
    if form["act"] != "ask_sign_off":
        submitting.ask_sign_off(viewer=as_(cast.EDITOR), product=product, number=1, today=TODAY)
        form = {**form, "seen": seen(product, as_)}
    for _ in range(2):
        assert client.post(place(product), form).status_code == 302
    assert [step.act for step in cases.steps(product, 1, viewer=as_(cast.OWNER))][-1] == form["act"]
    assert len([step for step in cases.steps(product, 1, viewer=as_(cast.OWNER)) if step.act == form["act"]]) == 1


def test_a_stale_page_says_what_the_state_is_now(asked: str, as_: As, signed_in: SignIn) -> None:
    client, saw = signed_in(cast.APPROVER), seen(asked, as_)
    submitting.take_back(viewer=as_(cast.EDITOR), product=asked, number=1)
    page = client.post(place(asked), {"act": "sign", "seen": saw}).content.decode()
    assert "现在的状态是“填报中”" in page
    assert 'role="alert"' in page
    assert state(asked, as_) == "draft"


def test_another_result_than_the_one_seen_is_neither_signed_nor_returned(asked: str, as_: As, signed_in: SignIn) -> None:
    client, saw = signed_in(cast.APPROVER), seen(asked, as_)
    submitting.take_back(viewer=as_(cast.EDITOR), product=asked, number=1)
    products.save_answers(viewer=as_(cast.EDITOR), product=asked, number=1, base_revision=1, changes={"ammonia": "60000"})
    submitting.ask_sign_off(viewer=as_(cast.EDITOR), product=asked, number=1, today=TODAY)
    for form in ({"act": "sign"}, {"act": "return", "reason": "旧的原因"}):
        page = client.post(place(asked), {**form, "seen": saw}).content.decode()
        assert "您看到的结果不是现在待签核的结果" in page
    assert state(asked, as_) == "awaiting_sign_off"


@pytest.mark.parametrize(("reason", "words"), [(" ", "请写明退回的原因"), ("长" * 2001, "最多 2000 字")], ids=["none", "too long"])
def test_a_return_needs_a_reason_that_fits(asked: str, as_: As, signed_in: SignIn, reason: str, words: str) -> None:
    answer = signed_in(cast.APPROVER).post(place(asked), {"act": "return", "seen": seen(asked, as_), "reason": reason})
    assert words in answer.content.decode()
    assert state(asked, as_) == "awaiting_sign_off"


def test_an_act_that_there_is_not_changes_nothing(asked: str, as_: As, signed_in: SignIn) -> None:
    answer = signed_in(cast.OWNER).post(place(asked), {"act": "delete"})
    assert "没有收到要做什么" in answer.content.decode()
    assert state(asked, as_) == "awaiting_sign_off"


def test_versions_and_cases_that_cannot_be_are_missing(world: World, signed_in: SignIn) -> None:
    client = signed_in(cast.OWNER)
    for where in (f"/products/{world.product}/v99999999999999999999999/submit/", f"/products/{world.product}/v0/submit/", "/cases/x/"):
        assert client.get(where).status_code == 404


def test_the_snapshot_has_the_hash_that_its_page_states(world: World, as_: As, signed_in: SignIn) -> None:
    client = signed_in(cast.VIEWER)
    file = client.get(reverse("case-snapshot", args=[world.case]))
    found = cases.case(world.case, viewer=as_(cast.VIEWER))
    assert found.snapshot_hash == "sha256:" + hashlib.sha256(file.content).hexdigest()
    assert file.headers["Content-Disposition"] == f'attachment; filename="{world.case}.json"'
    assert json.loads(file.content)["answers"]["producer"] == MARK
    page = client.get(reverse("case", args=[world.case])).content.decode()
    assert found.snapshot_hash in page
    assert found.total in page
    assert "打开本页时已复核一致" in page
    assert found.snapshot["evidence"][0]["sha256"] in page


def test_withdrawing_needs_a_reason_and_the_right(asked: str, as_: As, signed_in: SignIn) -> None:
    where = reverse("case", args=[signed(asked, as_)])
    assert signed_in(cast.EDITOR).post(where, {"act": "withdraw", "reason": "误报"}).status_code == 403
    client = signed_in(cast.APPROVER)
    assert "请写明撤回的原因" in client.post(where, {"act": "withdraw", "reason": ""}).content.decode()
    for _ in range(2):
        assert client.post(where, {"act": "withdraw", "reason": "矿渣用量有误"}).status_code == 302
    page = client.get(where).content.decode()
    assert "已撤回" in page
    assert "矿渣用量有误" in page
    assert state(asked, as_) == "withdrawn"


def test_the_next_version_is_begun_once_and_explained_against_the_one_before(asked: str, as_: As, signed_in: SignIn) -> None:
    first = signed(asked, as_)
    client = signed_in(cast.EDITOR)
    for _ in range(2):
        answer = client.post(reverse("case", args=[first]), {"act": "new_version"})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/products/{asked}/v2/")
    editor = as_(cast.EDITOR)
    base = product_queries.version(asked, 2, viewer=editor).revision
    products.save_answers(viewer=editor, product=asked, number=2, base_revision=base, changes={"ammonia": "50000"})
    finish(editor, asked, 2)
    submitting.ask_sign_off(viewer=editor, product=asked, number=2, today=TODAY)
    waiting = cases.awaited(asked, 2, viewer=as_(cast.OWNER))
    assert waiting is not None
    second = submitting.sign(viewer=as_(cast.OWNER), product=asked, number=2, result_hash=waiting.result_hash)
    page = client.get(reverse("case", args=[second])).content.decode()
    one, other = (cases.case(number, viewer=editor) for number in (first, second))
    assert reverse("compare", args=[one.footprint, other.footprint]) in page
    assert "与上次提交相比" in page
    assert "活动数据" in page
    assert client.get(reverse("compare", args=[one.footprint, other.footprint])).status_code == 200
    chosen = client.get(reverse("product-compare", args=[asked]), {"before": other.footprint, "after": one.footprint})
    assert chosen.headers["Location"] == reverse("compare", args=[one.footprint, other.footprint])
    same = client.get(reverse("product-compare", args=[asked]), {"before": one.footprint, "after": one.footprint})
    assert "请选择两个不同的结果" in same.content.decode()


def test_what_waits_for_me_is_on_my_page(asked: str, as_: As, signed_in: SignIn) -> None:
    assert place(asked) in signed_in(cast.APPROVER).get("/account/").content.decode()
    assert place(asked) not in signed_in(cast.EDITOR).get("/account/").content.decode()
    submitting.return_to_draft(viewer=as_(cast.APPROVER), product=asked, number=1, reason="液氨用量与台账不符")
    assert "液氨用量与台账不符" in signed_in(cast.EDITOR).get("/account/").content.decode()
    assert place(asked) not in signed_in(cast.VIEWER).get("/account/").content.decode()


@pytest.mark.parametrize("count", [1, 4])
def test_what_waits_takes_two_queries_however_much_it_is(
    world: World, as_: As, count: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    for _ in range(count):
        code = filled_product(as_(cast.EDITOR), world.firms[cast.CEMENT.uscc])
        submitting.ask_sign_off(viewer=as_(cast.EDITOR), product=code, number=1, today=TODAY)
    owner = as_(cast.OWNER)
    with django_assert_num_queries(2):  # type: ignore[attr-defined]  # a fixture without a published type
        assert len(cases.waiting(owner).to_sign) == count


def test_a_list_of_cases_is_the_enterprise_s_own(world: World, signed_in: SignIn) -> None:
    page = signed_in(cast.VIEWER).get(reverse("enterprise-cases", args=[cast.CEMENT.uscc])).content.decode()
    assert world.case in page
    assert "还没有提交过" in signed_in(cast.RIVAL_OWNER).get(reverse("enterprise-cases", args=[cast.RIVAL.uscc])).content.decode()
