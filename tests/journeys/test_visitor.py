"""A visitor finds a factor, reads a footprint, takes its report, changes the language. With and without JavaScript."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage
from zuji.documents.numerals import shown

STUDIES = ("portland-cement", "lfp-battery-pack", "map-fertiliser")


def open_study(page: Page, study: str) -> str:
    """From the list of demonstrations to the page of one study; its address."""
    page.goto("/footprints/")
    for link in page.locator("article h3 a").all():
        address = str(link.get_attribute("href"))
        result = json.loads(page.request.get(f"{address}result.json").text())
        if result["study"] == study:
            link.click()
            return address
    raise AssertionError(f"{study} is not among the demonstrations")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_visitor_finds_a_factor_and_its_source(open_page: OpenPage, script: bool) -> None:
    page = open_page("/", script=script)
    page.get_by_label("查排放因子").fill("铝锭")
    page.get_by_role("button", name="查找").click()
    expect(page.locator("#found")).to_have_text(re.compile(r"共 \d+ 个因子"))
    page.get_by_role("link", name=re.compile("原铝锭")).first.click()
    expect(page.locator("h1")).to_contain_text("原铝锭")
    expect(page.locator(".bigvalue")).to_contain_text("15,947")
    expect(page.get_by_role("heading", name="来源", exact=True)).to_be_visible()


def test_results_follow_the_typing_and_the_address_follows_the_results(open_page: OpenPage) -> None:
    page = open_page("/factors/")
    before = page.locator("#found").inner_text()
    page.locator("#q").press_sequentially("原铝锭", delay=20)
    expect(page.locator("#found")).not_to_have_text(before)
    expect(page.locator(".results h3").first).to_contain_text("原铝锭")
    page.wait_for_url(re.compile(r"q=%E5%8E%9F%E9%93%9D%E9%94%AD"))
    shared = page.url
    again = open_page(shared)
    expect(again.locator(".results h3").first).to_contain_text("原铝锭")


def test_facets_narrow_down_and_can_be_taken_back(open_page: OpenPage) -> None:
    page = open_page("/en/factors/?q=electricity")
    page.locator(".facets").get_by_role("link", name=re.compile("grid CO₂")).click()
    expect(page.locator(".results .badge.grid-co2").first).to_be_visible()
    assert page.locator(".results > li").count() == page.locator(".results .badge.grid-co2").count()
    page.get_by_role("link", name=re.compile("remove")).click()
    assert "kind=" not in page.url


@pytest.mark.parametrize("study", STUDIES)
@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_a_visitor_reads_the_same_total_on_the_page_as_in_the_data(open_page: OpenPage, study: str, prefix: str) -> None:
    page = open_page("/")
    address = open_study(page, study)
    page.goto(prefix + address)
    result = json.loads(page.request.get(f"{prefix}{address}result.json").text())
    expect(page.locator("#total")).to_have_text(shown(Decimal(result["total"]), 3))
    expect(page.locator("#full-total")).to_have_text(result["total"])
    expect(page.locator("#result-hash")).to_have_text(result["result_hash"])
    expect(page.locator("#gaps tbody tr")).to_have_count(len(result["gaps"]))


@pytest.mark.parametrize("study", STUDIES)
def test_a_visitor_takes_every_report_home(open_page: OpenPage, study: str, tmp_path: Path) -> None:
    page = open_page("/")
    open_study(page, study)
    starts = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "json": b"{", "yaml": b"#"}
    links = page.locator(".reports a")
    assert links.count() == 6
    for link in links.all():
        with page.expect_download() as waiting:
            link.click()
        name = waiting.value.suggested_filename
        target = tmp_path / name
        waiting.value.save_as(target)
        assert name.startswith(study)
        assert target.read_bytes().startswith(starts[target.suffix[1:]])


def test_charts_come_alive_and_keep_their_table(open_page: OpenPage) -> None:
    page = open_page("/")
    open_study(page, "portland-cement")
    expect(page.locator(".chart-area.drawn svg")).to_have_count(6)
    assert page.locator(".chart-area img").count() == 0
    expect(page.locator("section", has=page.locator("#stages")).locator("table")).to_be_visible()


def test_charts_are_drawings_where_no_script_runs(open_page: OpenPage) -> None:
    address = open_study(open_page("/"), "portland-cement")
    page = open_page(address, script=False)
    images = page.locator(".chart-area img")
    assert images.count() == 6
    for image in images.all():
        assert page.request.get(str(image.get_attribute("src"))).headers["content-type"] == "image/svg+xml"
        assert image.bounding_box() is not None
        assert image.get_attribute("alt")


def test_the_other_language_shows_the_same_page(open_page: OpenPage) -> None:
    page = open_page("/factors/CN-EL-CF-2024-national@1/")
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/en/factors/CN-EL-CF-2024-national@1/")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="中文").click()
    assert page.url.endswith("/factors/CN-EL-CF-2024-national@1/")
    assert "/en/" not in page.url


def test_everything_is_reached_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator(":focus").press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto("/factors/")
    page.locator("#q").focus()
    page.keyboard.type("原铝锭")
    page.locator(":focus").press("Enter")
    expect(page.locator(".results h3").first).to_contain_text("原铝锭")
    for _ in range(60):
        page.keyboard.press("Tab")
        if "results" in page.evaluate("document.activeElement.closest('ol')?.className ?? ''"):
            break
    page.locator(":focus").press("Enter")
    expect(page.locator("h1")).to_contain_text("原铝锭")
