"""The pages of products: what a form keeps without a script, what a script keeps, conflicts, bad input, and who may reach what."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.integration.conftest import World
from tests.questionnaires import MODELS, filled_product
from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.audit import queries as audit
from zuji.registry.footprints import queries as footprints
from zuji.registry.models import queries as catalogue
from zuji.registry.products import operations, queries
from zuji.registry.products.models import Change, Product, Version

As = Callable[[cast.Person], Viewer]
SignIn = Callable[[cast.Person], Client]
HOSTILE = "<script>alert(1)</script>\"'{{ 7*7 }}"
PERIOD = {"producer": "厂", "site": "宜昌", "period_start": "2025-01-01", "period_end": "2025-12-31"}


@pytest.fixture
def product(world: World, as_: As) -> str:
    """An empty draft of the fertiliser model."""
    name = Text("磷酸一铵", "MAP")
    return operations.create_product(viewer=as_(cast.EDITOR), enterprise=world.firms[cast.CEMENT.uscc], name=name, model="map-fertiliser")


@pytest.fixture
def filled(world: World, as_: As) -> str:
    return filled_product(as_(cast.EDITOR), world.firms[cast.CEMENT.uscc])


@pytest.fixture
def editor(signed_in: SignIn) -> Client:
    return signed_in(cast.EDITOR)


def place(product: str, rest: str = "", *, number: int = 1) -> str:
    return f"/products/{product}/v{number}/{rest}"


def answers(product: str, as_: As, *, number: int = 1) -> dict[str, str]:
    return dict(queries.version(product, number, viewer=as_(cast.EDITOR)).answers)


def fields(page: str) -> dict[str, str]:
    """What a browser without a script would send of the form of a group."""
    form = page[page.index('<form id="answers"') :]
    found = dict(re.findall(r'<input[^>]*type="(?:text|hidden)"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form))
    for select in re.findall(r'<select[^>]*name="([^"]+)".*?</select>', form, re.DOTALL):
        found[select] = ""
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def post_json(client: Client, address: str, body: Any) -> Any:
    return client.post(address, json.dumps(body), content_type="application/json")


# --- a new product ---------------------------------------------------------------------------------------------------


def test_a_product_begins_in_the_gallery_and_is_made_once_however_often_its_form_is_sent(world: World, editor: Client, as_: As) -> None:
    address = f"/enterprises/{cast.CEMENT.uscc}/products/new/"
    gallery = editor.get(address).content.decode()
    for model in catalogue.catalogue():
        assert model.title.zh in gallery
    form = editor.get(address, {"model": "map-fertiliser"}).content.decode()
    once = re.search(r'name="once" value="([^"]+)"', form)
    assert once
    before = Product.objects.count()
    sent = {"model": "map-fertiliser", "name_zh": "磷酸一铵", "name_en": "", "specification": "11-53-0", "site": "", "once": once[1]}
    first, second = editor.post(address, sent), editor.post(address, sent)
    assert first.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert Product.objects.count() == before + 1
    made = queries.product(first.headers["Location"].split("/")[2], viewer=as_(cast.EDITOR))
    assert (made.row.name, made.row.specification) == (Text("磷酸一铵", "磷酸一铵"), "11-53-0")


def test_a_product_without_a_name_is_not_made_and_the_form_keeps_what_was_typed(world: World, editor: Client) -> None:
    sent = {"model": "map-fertiliser", "name_zh": " ", "name_en": "", "specification": HOSTILE, "site": ""}
    answer = editor.post(f"/enterprises/{cast.CEMENT.uscc}/products/new/", sent)
    page = answer.content.decode()
    assert "请填写产品名称" in page
    assert HOSTILE not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_code_of_somebody_s_own_choosing_is_not_taken(world: World, editor: Client) -> None:
    sent = {"model": "map-fertiliser", "name_zh": "甲", "name_en": "", "specification": "", "site": "", "once": "a" * 26, "code": "b" * 26}
    location = editor.post(f"/enterprises/{cast.CEMENT.uscc}/products/new/", sent).headers["Location"]
    assert "a" * 26 not in location
    assert "b" * 26 not in location


def test_a_site_of_another_enterprise_is_refused(world: World, editor: Client) -> None:
    sent = {"model": "map-fertiliser", "name_zh": "甲", "name_en": "", "specification": "", "site": "999999"}
    answer = editor.post(f"/enterprises/{cast.CEMENT.uscc}/products/new/", sent)
    assert "没有这个场所" in answer.content.decode()


# --- without a script ------------------------------------------------------------------------------------------------


def test_a_page_saves_and_leads_to_the_next(product: str, editor: Client, as_: As) -> None:
    page = editor.get(place(product, "g/plant/")).content.decode()
    answer = editor.post(place(product, "g/plant/save/"), fields(page) | PERIOD | {"finished": "yes", "act": "next"})
    assert (answer.status_code, answer.headers["Location"]) == (302, place(product, "g/output/"))
    assert answers(product, as_) == PERIOD
    assert queries.version(product, 1, viewer=as_(cast.EDITOR)).seen["plant"]


def test_the_questions_that_the_platform_answers_are_not_asked_and_not_taken(product: str, editor: Client, as_: As) -> None:
    page = editor.get(place(product, "g/plant/")).content.decode()
    assert 'name="demonstration"' not in page
    editor.post(
        place(product, "g/plant/save/"), fields(page) | PERIOD | {"demonstration": "yes", "study_id": "x", "coal": "1", "act": "next"}
    )
    assert answers(product, as_) == PERIOD


def test_what_a_form_does_not_send_stays_as_it_is(filled: str, editor: Client, as_: As) -> None:
    before = answers(filled, as_)
    revision = queries.version(filled, 1, viewer=as_(cast.EDITOR)).revision
    editor.post(place(filled, "g/ammonia/save/"), {"base_revision": str(revision), "ammonia_km": "170"})
    assert answers(filled, as_) == before | {"ammonia_km": "170"}


def test_a_form_sent_twice_is_kept_once(product: str, editor: Client) -> None:
    sent = fields(editor.get(place(product, "g/plant/")).content.decode()) | PERIOD
    for _ in range(2):
        assert editor.post(place(product, "g/plant/save/"), sent).status_code == 302
    assert Version.objects.get(product=product, number=1).revision == 1


def test_every_part_of_a_line_is_kept(filled: str, editor: Client, as_: As) -> None:
    page = editor.get(place(filled, "g/ammonia/")).content.decode()
    levels = dict(zip(("technology", "geography", "time", "completeness", "reliability"), "11223", strict=True))
    sent = fields(page) | {f"ammonia.quality.{name}": level for name, level in levels.items()}
    sent |= {"ammonia.factor": "2.2", "ammonia.source": "供应商碳足迹 2025", "ammonia.type": "secondary", "ammonia.gsd": "1.1"}
    sent |= {"ammonia.evidence": "地磅台账", "ammonia.unit": "t NH3"}
    editor.post(place(filled, "g/ammonia/save/"), sent)
    kept = {key.partition(".")[2]: value for key, value in answers(filled, as_).items() if key.startswith("ammonia.")}
    assert kept == {
        "factor": "2.2", "source": "供应商碳足迹 2025", "type": "secondary", "gsd": "1.1", "evidence": "地磅台账",
        "unit": "t NH3", "quality": "1,1,2,2,3",
    }  # fmt: skip
    again = editor.get(place(filled, "g/ammonia/")).content.decode()
    assert fields(again)["ammonia.quality.reliability"] == "3"
    assert "供应商碳足迹 2025" in again


def test_a_number_of_one_s_own_without_its_source_is_an_error_at_its_field(filled: str, editor: Client) -> None:
    page = editor.get(place(filled, "g/ammonia/")).content.decode()
    answer = editor.post(place(filled, "g/ammonia/save/"), fields(page) | {"ammonia.factor": "2.2"}, follow=True)
    assert answer.redirect_chain[-1][0] == place(filled, "g/ammonia/")
    text = answer.content.decode()
    assert "须写明来源" in text
    assert 'href="#f-ammonia"' in text


@pytest.mark.parametrize(
    ("typed", "kept"), [("１２，３４５", "12345"), ("12 345.5", "12345.5"), ("1,234,567", "1234567"), ("1,23", "1,23"), ("12 t", "12 t")]
)
def test_numbers_as_people_paste_them(filled: str, editor: Client, as_: As, typed: str, kept: str) -> None:
    page = editor.get(place(filled, "g/ammonia/")).content.decode()
    answer = editor.post(place(filled, "g/ammonia/save/"), fields(page) | {"ammonia": typed}, follow=True)
    assert answers(filled, as_)["ammonia"] == kept
    text = answer.content.decode()
    assert (f"读作 {kept}" in text) == (typed != kept)
    assert ("须改正" in text) == (kept in {"1,23", "12 t"})


@pytest.mark.parametrize(
    ("typed", "said"),
    [("字" * 10_000, "有 10000 个字符"), ("甲\u202e乙", "U\\+202E"), ("甲\x00乙", "U\\+0000"), ("甲\n乙", "U\\+000A")],
    ids=["long", "bidi", "nul", "line"],
)
def test_what_cannot_be_kept_is_shown_again_with_the_reason(product: str, editor: Client, as_: As, typed: str, said: str) -> None:
    page = editor.get(place(product, "g/plant/")).content.decode()
    answer = editor.post(place(product, "g/plant/save/"), fields(page) | PERIOD | {"producer": typed})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(said, text)
    assert 'value="宜昌"' in text
    assert 'href="#f-producer"' in text
    assert answers(product, as_) == {}


def test_what_people_type_stays_text_on_every_page(filled: str, editor: Client) -> None:
    page = editor.get(place(filled, "g/plant/")).content.decode()
    editor.post(place(filled, "g/plant/save/"), fields(page) | {"producer": HOSTILE, "site": HOSTILE})
    for rest in ("", "g/plant/", "check/", "history/", "restore/?revision=0"):
        text = editor.get(place(filled, rest)).content.decode()
        assert "<script>alert" not in text, rest
        assert "49" not in re.findall(r"alert\(1\)[^<]{0,60}", text), rest


def test_the_second_tab_sees_both_answers_and_chooses(filled: str, editor: Client, signed_in: SignIn, as_: As) -> None:
    stale = fields(editor.get(place(filled, "g/ammonia/")).content.decode())
    other = signed_in(cast.OWNER)
    post_json(other, place(filled, "answers/"), {"base_revision": 1, "changes": {"ammonia": "57000"}})
    answer = editor.post(place(filled, "g/ammonia/save/"), stale | {"ammonia": "58000", "ammonia_km": "170"})
    text = answer.content.decode()
    assert answer.status_code == 409
    for shown in ("57000", "58000", cast.OWNER.name, 'name="choose.ammonia"'):
        assert shown in text
    assert answers(filled, as_)["ammonia_km"] == "165", "nothing is kept of what waits for a choice"
    mended = fields(text) | {"theirs.ammonia": "57000"}
    assert mended["ammonia"] == "58000"
    theirs = editor.post(place(filled, "g/ammonia/save/"), mended | {"choose.ammonia": "theirs"})
    assert theirs.status_code == 302
    assert {key: answers(filled, as_)[key] for key in ("ammonia", "ammonia_km")} == {"ammonia": "57000", "ammonia_km": "170"}
    mine = editor.post(place(filled, "g/ammonia/save/"), mended | {"choose.ammonia": "mine"})
    assert mine.status_code == 302
    assert answers(filled, as_)["ammonia"] == "58000"


def test_a_stale_form_overwrites_nothing_that_its_person_did_not_touch(filled: str, editor: Client, as_: As) -> None:
    stale = fields(editor.get(place(filled, "g/ammonia/")).content.decode())
    operations.save_answers(viewer=as_(cast.OWNER), product=filled, number=1, base_revision=1, changes={"ammonia": "57000"})
    assert editor.post(place(filled, "g/ammonia/save/"), stale | {"ammonia_km": "170"}).status_code == 302
    assert answers(filled, as_)["ammonia"] == "57000"


def test_a_choice_that_brings_up_questions_stays_on_its_page(product: str, editor: Client) -> None:
    page = editor.get(place(product, "g/acid/")).content.decode()
    assert re.search(r'data-question="rock"[^>]* hidden', page)
    answer = editor.post(place(product, "g/acid/save/"), fields(page) | {"acid_from": "own", "finished": "no"}, follow=True)
    assert answer.redirect_chain[-1][0] == place(product, "g/acid/")
    assert re.search(r'data-question="rock"(?![^>]* hidden)', answer.content.decode())


def test_saying_that_a_page_is_filled_in_while_something_is_missing_says_what(product: str, editor: Client) -> None:
    page = editor.get(place(product, "g/map/")).content.decode()
    answer = editor.post(place(product, "g/map/save/"), fields(page) | {"finished": "yes"}, follow=True)
    assert "必填项“磷酸一铵装置用电”没有填写" in answer.content.decode()
    assert "有问题" in editor.get(place(product)).content.decode()


# --- evidence --------------------------------------------------------------------------------------------------------


def test_evidence_is_put_behind_a_line_with_what_was_typed_beside_it(filled: str, editor: Client, as_: As) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415  # a browser's file

    page = editor.get(place(filled, "g/ammonia/")).content.decode()
    file = SimpleUploadedFile("../../台账.csv", "月,吨\n1,4760\n".encode())
    sent = fields(page) | {"ammonia": "57121", "file:ammonia": file, "act": "attach:ammonia"}
    answer = editor.post(place(filled, "g/ammonia/save/"), sent, follow=True)
    assert answer.redirect_chain[-1][0].endswith("?open=ammonia#f-ammonia")
    text = answer.content.decode()
    kept = queries.version(filled, 1, viewer=as_(cast.EDITOR)).attached
    assert [(each.key, each.name) for each in kept] == [("ammonia", "台账.csv")]
    assert f"{kept[0].sha256[:12]}…" in text
    assert kept[0].sha256 in text
    assert answers(filled, as_)["ammonia"] == "57121"
    editor.post(place(filled, "g/ammonia/save/"), {"base_revision": "2", "act": f"detach:ammonia:{kept[0].file}"})
    assert queries.version(filled, 1, viewer=as_(cast.EDITOR)).attached == ()


@pytest.mark.parametrize("name", ["a.exe", "leer.pdf"])
def test_a_file_that_is_not_taken_says_why_and_loses_nothing(filled: str, editor: Client, as_: As, name: str) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415  # a browser's file

    page = editor.get(place(filled, "g/ammonia/")).content.decode()
    file = SimpleUploadedFile(name, b"" if name == "leer.pdf" else b"MZ")
    sent = fields(page) | {"ammonia": "57121", "file:ammonia": file, "act": "attach:ammonia"}
    text = editor.post(place(filled, "g/ammonia/save/"), sent, follow=True).content.decode()
    assert "佐证文件没有保存" in text
    assert answers(filled, as_)["ammonia"] == "57121"


# --- with a script ---------------------------------------------------------------------------------------------------


def test_a_script_keeps_changed_answers(product: str, editor: Client, as_: As) -> None:
    body = {"base_revision": 0, "changes": {"producer": "厂", "map_output": "４２０，０００"}, "state": "submitted", "revision": 99}
    content = post_json(editor, place(product, "answers/"), body).json()
    assert (content["revision"], content["changed"], content["read_as"]) == (1, ["map_output", "producer"], {"map_output": "420000"})
    assert post_json(editor, place(product, "answers/"), body).json()["changed"] == []
    version = queries.version(product, 1, viewer=as_(cast.EDITOR))
    assert (version.state, version.revision) == ("draft", 1)


def test_a_script_hears_of_what_others_changed_elsewhere_on_the_page(product: str, editor: Client, as_: As) -> None:
    operations.save_answers(viewer=as_(cast.OWNER), product=product, number=1, base_revision=0, changes={"site": "宜昌"})
    content = post_json(editor, place(product, "answers/"), {"base_revision": 0, "changes": {"producer": "厂"}}).json()
    assert content["revision"] == 2
    assert {key: (each["value"], each["by"]) for key, each in content["elsewhere"].items()} == {"site": ("宜昌", cast.OWNER.name)}


def test_a_conflict_names_both_answers_with_who_and_when(product: str, editor: Client, as_: As) -> None:
    changes = {"site": "宜昌", "acid_from": "bought"}
    operations.save_answers(viewer=as_(cast.OWNER), product=product, number=1, base_revision=0, changes=changes)
    sent = {"base_revision": 0, "changes": {"acid_from": "own", "producer": "厂"}}
    answer = post_json(editor, f"/en{place(product, 'answers/')}", sent)
    content = answer.json()
    assert (answer.status_code, content["error"]["code"], content["revision"]) == (409, "conflict", 1)
    clash = content["fields"].pop("acid_from")
    assert content["fields"] == {}
    assert (clash["mine"], clash["theirs"], clash["by"]) == ("own", "bought", cast.OWNER.name)
    assert re.fullmatch(r"\d\d:\d\d:\d\d", clash["at"])
    assert set(content["elsewhere"]) == {"site"}
    assert answers(product, as_) == changes


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{", '{"base_revision":"0"}', '{"base_revision":-1}', '{"base_revision":true}', '{"changes":[]}', '{"changes":{"coal":1}}'],
)
def test_what_is_no_request_of_the_page_is_told_so(product: str, editor: Client, body: str) -> None:
    for rest in ("answers/", "live/"):
        answer = editor.post(place(product, rest), body, content_type="application/json")
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "malformed")


def test_texts_that_cannot_be_kept_are_named_by_field(product: str, editor: Client, as_: As) -> None:
    sent = {"base_revision": 0, "changes": {"producer": "甲\u202e", "nothing": "1", "site": "宜昌"}}
    answer = post_json(editor, place(product, "answers/"), sent)
    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == {"producer", "nothing"}
    assert answers(product, as_) == {}


def test_the_total_follows_what_is_typed_and_nothing_is_kept(filled: str, editor: Client, as_: As) -> None:
    events = len(list(audit.entries()))
    before = post_json(editor, place(filled, "live/"), {"base_revision": 1, "changes": {}}).json()
    after = post_json(editor, place(filled, "live/"), {"base_revision": 1, "changes": {"coal": "20580", "ammonia": "9"}}).json()
    assert before["change"] == "与打开本页时相同"
    assert after["total"] != before["total"]
    assert after["change"][0] == "▼"
    assert after["unit"] == "kg\u202fCO₂e/t"
    assert any(each["field"] == "ammonia" and each["code"] == "model.out-of-range" for each in after["findings"])
    assert "rock" in after["asked"]
    assert answers(filled, as_)["coal"] == "10290"
    assert len(list(audit.entries())) == events


def test_the_change_is_counted_from_the_opening_of_the_page_not_from_the_last_autosave(filled: str, editor: Client) -> None:
    post_json(editor, place(filled, "answers/"), {"base_revision": 1, "changes": {"coal": "20580"}})
    content = post_json(editor, place(filled, "live/"), {"base_revision": 1, "changes": {}}).json()
    assert content["change"][0] == "▲"


def test_where_there_is_no_total_none_is_shown(product: str, editor: Client) -> None:
    content = post_json(editor, place(product, "live/"), {"base_revision": 0, "changes": {"map_output": "1"}}).json()
    assert (content["total"], content["exact"], content["change"]) == (None, None, "")
    assert "0.15 t" in json.dumps(content["defaults"], ensure_ascii=False)


def test_factors_are_found_in_both_languages_and_fit_the_unit_of_the_line(filled: str, editor: Client) -> None:
    for query in ("电力", "electricity"):
        rows = editor.get(place(filled, "factors/map_power/"), {"q": query, "china": "yes", "kind": "life-cycle"}).json()["rows"]
        assert rows
        assert all(re.search(r"/(kWh|MWh|MJ|GJ)$", row["unit"]) for row in rows), query
        assert all(row["source"] and row["reason"] for row in rows)
    # Hubei has a factor of the grid's direct CO2 only, which no product footprint takes: the other word still finds what fits.
    loosened = editor.get(place(filled, "factors/map_power/"), {"q": "electricity hubei", "china": "yes", "kind": "life-cycle"}).json()
    assert loosened["loosened"]
    assert loosened["rows"]
    assert editor.get(place(filled, "factors/map_power/"), {"q": "铝锭"}).json()["rows"] == []
    states = {row["state"] for row in editor.get(place(filled, "factors/map_power/")).json()["rows"]}
    assert "superseded" not in states
    assert editor.get(place(filled, "factors/producer/")).status_code == 404
    assert editor.get(place(filled, "factors/nothing/")).status_code == 404


def test_a_page_left_open_gets_a_token_of_the_session_of_now(product: str, editor: Client, world: World) -> None:
    content = editor.get(place(product, "session/")).json()
    assert (content["state"], content["person"]) == ("draft", world.people[cast.EDITOR.email])
    assert content["session"] > 0
    assert len(content["token"]) > 30


def test_scripts_need_their_token(product: str, as_: As) -> None:
    client = Client(enforce_csrf_checks=True)
    login = client.get("/account/login/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', login)
    assert token
    client.post("/account/login/", {"login": cast.EDITOR.email, "password": cast.PASSWORD, "csrfmiddlewaretoken": token[1]})
    body = {"base_revision": 0, "changes": {"producer": "厂"}}
    assert post_json(client, place(product, "answers/"), body).status_code == 403
    fresh = client.get(place(product, "session/")).json()["token"]
    sent = client.post(place(product, "answers/"), json.dumps(body), content_type="application/json", headers={"X-CSRFToken": fresh})
    assert sent.status_code == 200
    assert answers(product, as_) == {"producer": "厂"}


# --- who may what ----------------------------------------------------------------------------------------------------

READ = ("", "g/acid/", "check/", "history/", "move-model/")


@pytest.mark.parametrize("person", [cast.OWNER, cast.EDITOR, cast.APPROVER, cast.VIEWER], ids=lambda p: p.role)
def test_all_members_read_and_those_who_edit_have_buttons(filled: str, signed_in: SignIn, person: cast.Person) -> None:
    client = signed_in(person)
    edits = person in (cast.OWNER, cast.EDITOR)
    for prefix in ("", "/en"):
        pages = {rest: client.get(prefix + place(filled, rest)) for rest in READ}
        assert {answer.status_code for answer in pages.values()} == {200}
        assert ('value="next"' in pages["g/acid/"].content.decode()) == edits
        assert ("autosave.js" in pages["g/acid/"].content.decode()) == edits
    body = {"base_revision": 1, "changes": {"coal": "1"}}
    assert post_json(client, place(filled, "answers/"), body).status_code == (200 if edits else 403)


@pytest.mark.parametrize("person", [cast.RIVAL_OWNER, cast.STRANGER, cast.OPERATOR, cast.CONSULTANT], ids=lambda p: p.email)
def test_for_others_there_is_nothing(filled: str, signed_in: SignIn, person: cast.Person) -> None:
    client = signed_in(person)
    for rest in (*READ, "session/", "factors/coal/", "restore/"):
        hidden, missing = client.get(place(filled, rest)), client.get(place("z" * 26, rest))
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content
    for rest in ("answers/", "live/"):
        assert post_json(client, place(filled, rest), {"base_revision": 0, "changes": {}}).status_code == 404


def test_a_consultant_of_one_product_finds_it_in_the_account_and_fills_it_in(world: World, filled: str, signed_in: SignIn, as_: As) -> None:
    from zuji.registry.accounts import operations as accounts  # noqa: PLC0415  # this test alone entrusts something

    accounts.delegate(
        viewer=as_(cast.OWNER),
        enterprise=world.firms[cast.CEMENT.uscc],
        email=cast.CONSULTANT.email,
        role="editor",
        products=[filled],
        expires="2027-06-30",
    )
    client = signed_in(cast.CONSULTANT)
    assert f"/products/{filled}/" in client.get("/account/").content.decode()
    assert client.get(f"/products/{filled}/").status_code == 200
    assert client.get(f"/products/{filled}/describe/").status_code == 200
    body = {"base_revision": 1, "changes": {"coal": "1"}}
    assert post_json(client, place(filled, "answers/"), body).status_code == 200
    assert client.get(f"/products/{world.product}/").status_code == 404


def test_looking_changes_nothing(filled: str, editor: Client) -> None:
    events, changes = len(list(audit.entries())), Change.objects.count()
    for rest in (*READ, "session/", "factors/coal/", "restore/?revision=0"):
        assert editor.get(place(filled, rest)).status_code == 200
    for rest in ("calculate/", "new-version/", "restore/do/", "g/acid/save/", "answers/", "move-model/do/"):
        assert editor.get(place(filled, rest)).status_code == 405
    assert (len(list(audit.entries())), Change.objects.count()) == (events, changes)


# --- check, calculate, history ---------------------------------------------------------------------------------------


def test_what_stands_in_the_way_of_a_number_leads_to_its_fields(product: str, editor: Client) -> None:
    answer = editor.post(place(product, "calculate/"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert f'href="{place(product, "g/output/")}#f-map_output"' in text
    assert f'hreflang="en" href="/en{place(product, "check/")}"' in text


def test_a_calculation_leads_to_its_result_whose_findings_lead_back(filled: str, editor: Client, as_: As) -> None:
    operations.save_answers(viewer=as_(cast.EDITOR), product=filled, number=1, base_revision=1, changes={"ammonia": "9"})
    first, second = editor.post(place(filled, "calculate/")), editor.post(place(filled, "calculate/"))
    assert first.headers["Location"] == second.headers["Location"]
    result = editor.get(first.headers["Location"]).content.decode()
    assert re.search(rf'href="{place(filled, "g/[a-z]+/")}#f-[a-z_0-9]+"', result)
    assert first.headers["Location"] in editor.get(place(filled)).content.decode()
    assert len(footprints.of_product(filled, viewer=as_(cast.VIEWER))) == 1


def test_the_history_names_every_change_and_brings_back_one_field_or_all(filled: str, editor: Client, as_: As) -> None:
    post_json(editor, place(filled, "answers/"), {"base_revision": 1, "changes": {"coal": "1", "ammonia": "2"}})
    page = editor.get(place(filled, "history/"), {"field": "coal"}).content.decode()
    assert page.count("<tr>") == 3  # its head, and the two changes of that field
    assert cast.EDITOR.name in page
    asked = editor.get(place(filled, "restore/"), {"revision": "1", "field": "coal"}).content.decode()
    assert "10290" in asked
    editor.post(place(filled, "restore/do/"), {"revision": "1", "field": "coal"})
    assert {key: answers(filled, as_)[key] for key in ("coal", "ammonia")} == {"coal": "10290", "ammonia": "2"}
    editor.post(place(filled, "restore/do/"), {"revision": "1", "field": ""})
    assert answers(filled, as_)["ammonia"] == "57120"
    editor.post(place(filled, "restore/do/"), {"revision": "x"})
    assert len(answers(filled, as_)) > 20


def test_a_version_whose_model_was_withdrawn_shows_its_answers_and_can_move(filled: str, editor: Client, as_: As) -> None:
    Version.objects.filter(product=filled).update(model="map-fertiliser@0.9.0")
    for rest in ("", "g/acid/", "check/"):
        assert editor.get(place(filled, rest)).headers["Location"] == place(filled, "move-model/")
    page = editor.get(place(filled, "move-model/")).content.decode()
    assert "map-fertiliser@0.9.0" in page
    assert "57120" in page
    assert editor.get(place(filled, "history/")).status_code == 200
    before = answers(filled, as_)
    assert editor.post(place(filled, "move-model/do/")).status_code == 302
    assert editor.get(place(filled)).status_code == 200
    assert answers(filled, as_) == before


def test_a_product_is_renamed_archived_and_listed_again(filled: str, editor: Client) -> None:
    home = f"/enterprises/{cast.CEMENT.uscc}/"
    editor.post(f"/products/{filled}/describe/", {"name_zh": "新名", "name_en": "", "specification": "甲", "site": ""})
    assert "新名" in editor.get(home).content.decode()
    editor.post(f"/products/{filled}/archive/", {"archived": "yes"})
    assert "新名" not in editor.get(home).content.decode()
    assert "新名" in editor.get(home, {"archived": "yes"}).content.decode()
    editor.post(f"/products/{filled}/archive/", {"archived": "no"})
    assert "新名" in editor.get(home).content.decode()


def test_a_second_draft_is_not_made(filled: str, editor: Client) -> None:
    answer = editor.post(place(filled, "new-version/"), follow=True)
    assert "还在填报中" in answer.content.decode()
    assert Version.objects.filter(product=filled).count() == 1


# --- how often the database is asked ---------------------------------------------------------------------------------


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_pages_ask_the_database_as_often_for_many_rows_as_for_few(world: World, filled: str, editor: Client, as_: As) -> None:
    home = f"/enterprises/{cast.CEMENT.uscc}/"
    few = [queries_of(editor, address) for address in (home, place(filled, "history/"), place(filled, "g/acid/"))]
    for count in range(10):
        filled_product(as_(cast.EDITOR), world.firms[cast.CEMENT.uscc], name=Text(f"甲{count}", f"A{count}"))
        changes = {"coal": str(count)}
        operations.save_answers(viewer=as_(cast.OWNER), product=filled, number=1, base_revision=1 + count, changes=changes)
    many = [queries_of(editor, address) for address in (home, place(filled, "history/"), place(filled, "g/acid/"))]
    assert many == few


@pytest.mark.parametrize("model", sorted(MODELS))
def test_every_page_of_every_model_is_shown_in_both_languages(world: World, editor: Client, as_: As, model: str) -> None:
    code = filled_product(as_(cast.EDITOR), world.firms[cast.CEMENT.uscc], model)
    for prefix in ("", "/en"):
        for rest in pages(model):
            text = editor.get(prefix + place(code, rest)).content.decode()
            assert 'style="' not in text
            assert text.count("<h1") == 1


def pages(model: str) -> Iterator[str]:
    yield from ("", "check/")
    yield from (f"g/{group.id}/" for group in MODELS[model].groups)
