"""Pages: both languages, safe headers, the numbers of the result, and nothing that a user wrote comes alive."""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.integration.conftest import World
from zuji.documents.numerals import shown
from zuji.registry.accounts.viewer import SYSTEM
from zuji.registry.footprints import operations
from zuji.registry.footprints.operations import Calculation

PAGES = (
    "/", "/about/", "/accessibility/", "/developers/", "/factors/", "/factors/?q=铝锭", "/factors/?q=xyzzyplugh", "/factors/CN-EL-CF-2024-national@1/",
    "/factors/CN-EL-CO2-2023-national@1/", "/models/", "/models/portland-cement/", "/rules/cement@1.0.0/", "/footprints/", "/account/login/",
)  # fmt: skip
HAN = re.compile(r"[\u4e00-\u9fff]")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ 7*7 }}{% debug %}"
CHARTS = ("stages", "flows", "contributions", "inputs", "sensitivity", "draws")


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("prefix", "lang"), [("", "zh-Hans-CN"), ("/en", "en")], ids=["zh", "en"])
def test_every_page_stands_in_both_languages(world: World, path: str, prefix: str, lang: str) -> None:
    answer = Client().get(prefix + path)
    text = answer.content.decode()
    assert answer.status_code == 200
    elements = Elements(text).found
    assert ("html", {"lang": lang}) in elements
    assert [tag for tag, _ in elements].count("h1") == 1
    title = re.search(r"<title>(.*?)</title>", text)
    assert title
    assert title[1].strip()
    links = {attributes.get("hreflang"): attributes.get("href") for tag, attributes in elements if tag == "link"}
    for language in ("zh-Hans", "en"):
        assert Client().get(str(links[language])).status_code == 200


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_no_page_needs_an_inline_script_or_style(world: World, path: str, prefix: str) -> None:
    for tag, attributes in Elements(Client().get(prefix + path).content.decode()).found:
        assert tag != "style"
        assert "style" not in attributes, attributes
        assert not any(name.startswith("on") for name in attributes), attributes
        if tag == "script":
            assert str(attributes.get("src", "")).startswith("/static/")
        for name in ("src", "href", "action"):
            value = attributes.get(name) or ""
            if tag != "a":
                assert not value.startswith(("http:", "https:", "//", "data:", "javascript:")), attributes
            assert not value.startswith("javascript:")


@pytest.mark.parametrize("path", [*PAGES, "/nothing-here/", "/health/live"])
def test_every_answer_carries_the_security_headers(world: World, path: str) -> None:
    headers = Client().get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"]


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_the_result_page_shows_the_numbers_of_the_result(world: World, prefix: str) -> None:
    client = Client()
    page = client.get(f"{prefix}/footprints/{world.public}/").content.decode()
    result = json.loads(client.get(f"{prefix}/footprints/{world.public}/result.json").content)
    assert f'data-full="{result["total"]}"' in page
    assert shown(Decimal(result["total"]), 3) in page
    assert result["result_hash"] in page
    for split in ("by_stage", "by_kind", "by_gas"):
        for value in result[split].values():
            assert f'title="{value}"' in page, (split, value)
    for contribution in result["contributions"]:
        assert f'title="{contribution["value"]}"' in page
    for gap in result["gaps"]:
        assert gap["item"] in page
    for finding in result["findings"]:
        assert finding["code"] in page
    for factor, stamp in result["manifest"]["factors"].items():
        assert factor in page
        assert stamp.partition("+")[2] in page


def test_what_a_reader_adds_up_is_what_the_page_says(world: World) -> None:
    page = Client().get(f"/en/footprints/{world.public}/").content.decode()
    tables = re.findall(r"<table[^>]*>(?:(?!</table>).)*?<tfoot>.*?</table>", page, re.DOTALL)
    checked = 0
    for table in tables:
        body, foot = re.search(r"<tbody>(.*)</tbody>", table, re.DOTALL), re.search(r"<tfoot>(.*)</tfoot>", table, re.DOTALL)
        assert body
        assert foot
        cells = re.findall(r'title="-?[\d.]+"[^>]*>([^<]*)<', body[1])
        total = re.findall(r'title="-?[\d.]+"[^>]*>([^<]*)<', foot[1])
        if not total or any("<" in cell or "&lt;" in cell for cell in cells):
            continue
        numbers = [Decimal(cell.replace("−", "-").replace(",", "")) for cell in [*cells, *total]]
        assert sum(numbers[:-1]) == numbers[-1], table
        checked += 1
    assert checked >= 3


@pytest.mark.parametrize("chart", CHARTS)
def test_charts_are_data_for_scripts_and_drawings_for_all(world: World, chart: str) -> None:
    client = Client()
    option = client.get(f"/footprints/{world.public}/charts/{chart}.json")
    assert json.loads(option.content)["series"]
    drawing = client.get(f"/footprints/{world.public}/charts/{chart}.svg")
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert drawing.content.startswith(b"<svg")
    assert b"<script" not in drawing.content
    assert "unsafe" not in drawing.headers["Content-Security-Policy"]
    assert client.get(f"/footprints/{world.public}/charts/nothing.json").status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_reports_are_downloads(world: World, language: str, form: str) -> None:
    answer = Client().get(f"/footprints/{world.public}/report.{language}.{form}")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="portland-cement.{language}.{form}"'
    assert answer.content == b"%PDF-1.7 " + form.encode()
    assert Client().get(f"/footprints/{world.public}/report.{language}.exe").status_code == 404
    assert Client().get(f"/footprints/{world.public}/report.fr.{form}").status_code == 404


def test_the_study_comes_back_as_it_was_handed_in(world: World, calculated: Callable[..., Calculation]) -> None:
    assert Client().get(f"/footprints/{world.public}/study.yaml").content.decode() == calculated().source


def test_what_a_user_wrote_stays_text(world: World, calculated: Callable[..., Calculation]) -> None:
    written = json.dumps(HOSTILE, ensure_ascii=False)
    hostile = calculated({
        "{zh: 普通硅酸盐水泥 P·O 42.5（示范）, en: Ordinary Portland cement P·O 42.5 (demonstration)}": written,
        "{zh: 熟料煅烧, en: Clinker burning}": written,
        "{zh: 助磨剂, en: grinding aid}": written,
        "{zh: 烟煤燃烧, en: bituminous coal combustion}": written,
        "id: portland-cement": "id: hostile-cement",
    })  # fmt: skip
    code = operations.store(viewer=SYSTEM, enterprise=world.firms[cast.CEMENT.uscc], calculation=hostile, public=True)
    client = Client()
    for path in (f"/footprints/{code}/", "/footprints/", "/", f"/en/footprints/{code}/"):
        text = client.get(path).content.decode()
        assert "alert(1)" in text, path
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path
        assert "7*7" in text, path
    for chart in CHARTS:
        drawing = client.get(f"/footprints/{code}/charts/{chart}.svg").content.decode()
        assert "<script" not in drawing
        assert "<img" not in drawing


@pytest.mark.parametrize("query", [HOSTILE, "%00", "😀" * 80, "a" * 5000, "\u202etxt.exe"])
def test_a_query_stays_text(world: World, query: str) -> None:
    answer = Client().get("/factors/", {"q": query, "page": "9" * 40, "kind": query, "category": "'"})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "999999", "１", "x", ""])
def test_a_page_that_does_not_exist_is_the_nearest_that_does(world: World, page: str) -> None:
    assert Client().get("/factors/", {"page": page}).status_code == 200


def test_the_browser_answers_a_script_with_the_results_alone(world: World) -> None:
    part = Client().get("/factors/?q=铝锭", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="results"')
    assert "<html" not in part


@pytest.mark.parametrize(("path", "least"), [("/factors/", 20), ("/footprints/", 1), ("/", 1), ("/about/", 5)])
def test_pages_of_lists_ask_the_database_a_fixed_number_of_times(
    world: World, calculated: Callable[..., Calculation], path: str, least: int
) -> None:
    with CaptureQueriesContext(connection) as few:
        Client().get(path)
    for number in range(5):
        more = calculated({"portland-cement": f"cement-{number}"})
        operations.store(viewer=SYSTEM, enterprise=world.firms[cast.CEMENT.uscc], calculation=more, public=True)
    with CaptureQueriesContext(connection) as many:
        text = Client().get(path).content.decode()
    assert len(many) == len(few) <= 15
    assert len(text) > 1000 * min(least, 2)


def test_the_account_page_lists_what_is_one_s_own_with_the_role(world: World, signed_in: Callable[[cast.Person], Client]) -> None:
    text = signed_in(cast.APPROVER).get("/en/account/").content.decode()
    assert "Test Cement Works" in text
    assert "Approver" in text
    assert f"/en/footprints/{world.private}/" in text
    assert "You do not act for any enterprise" in signed_in(cast.STRANGER).get("/en/account/").content.decode()


@pytest.mark.parametrize(("email", "password"), [(cast.OWNER.email, "wrong"), ("nobody@test.example", "wrong"), ("", "")])
@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_a_failed_sign_in_says_so_and_not_why(world: World, email: str, password: str, prefix: str) -> None:
    answer = Client().post(f"{prefix}/account/login/", {"login": email, "password": password})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert ("没有登录成功" if not prefix else "You are not signed in") in text
    assert 'role="alert"' in text


@pytest.mark.parametrize(("path", "lang", "says"), [("/x/", "zh-Hans-CN", "没有找到这个页面"), ("/en/x/", "en", "There is no such page")])
def test_a_missing_page_says_so_in_both_languages(world: World, path: str, lang: str, says: str) -> None:
    answer = Client().get(path)
    text = answer.content.decode()
    assert answer.status_code == 404
    assert f'<html lang="{lang}">' in text
    assert says in text
    assert HAN.search(text)
    assert "There is no such page" in text


def test_a_fault_of_ours_shows_nothing_of_it(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE factors_factorindex")  # undone with the test's transaction
    answer = Client(raise_request_exception=False).get("/factors/?q=铝锭")
    text = answer.content.decode()
    assert answer.status_code == 500
    assert "服务出错" in text
    assert "factorindex" not in text
    assert "Error" not in text


def test_health(world: World) -> None:
    assert Client().get("/health/live").json() == {"status": "live"}
    assert Client().get("/health/ready").json()["status"] == "ready"


def test_an_unknown_host_is_refused(world: World) -> None:
    assert Client(headers={"host": "evil.example"}, raise_request_exception=False).get("/").status_code == 400
