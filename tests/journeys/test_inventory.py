"""An operator imports a basic database by the command; everybody reads it in the browser, on a phone and on a desk, in both languages."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.integration.inventories import SOURCE, folder, uncertain
from tests.journeys.conftest import OpenPage, Site, zuji
from tests.journeys.looking import SIDEWAYS, TOO_WIDE, violations


@pytest.fixture(scope="module")
def release(site: Site, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The database in two editions: the later states uncertainties, and its plant emits less."""
    cleaner = uncertain()
    plant = "ILCD/processes/plant.xml"
    stored(site, folder(tmp_path_factory.mktemp("earlier")), "0")
    return stored(
        site, folder(tmp_path_factory.mktemp("database"), cleaner | {plant: cleaner[plant].replace(b">0.9<", b">0.8<")}), SOURCE.edition
    )


def stored(site: Site, at: Path, edition: str) -> str:
    said = ["--name", SOURCE.name, "--edition", edition, "--publisher", SOURCE.publisher, "--licence", SOURCE.licence, "--public"]
    package = str(at)
    command = zuji("import", "ilcd", package, "--link", "only-provider", "--lang", "en", "--store", *said)
    done = subprocess.run(command, env=dict(site.environment), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert re.search(r"usable +2\n", done.stdout), done.stdout
    assert "peak memory" in done.stdout
    found = re.search(r"release +([0-9a-f]{16})", done.stdout)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_the_pages_fit_and_are_accessible(open_page: OpenPage, release: str, axe: str, screenshots: Path | None, prefix: str) -> None:
    mill = f"{release}/1/AR6/"
    places = {
        "list": "",
        "release": f"{release}/",
        "usable": f"{release}/1/",
        "refused": f"{release}/6/",
        "analysis": f"{mill}analysis/?against=3",
    }
    page = open_page(f"{prefix}/inventory/{mill}analysis/")
    places["since"] = (page.locator("#others ~ ul a").get_attribute("href") or "").partition("/inventory/")[2]
    for name, path in places.items():
        page = open_page(f"{prefix}/inventory/{path}")
        if name in {"analysis", "since"}:
            expect(page.locator(".chart-area:not(.drawn)")).to_have_count(0)
        if name == "usable":
            page.locator(".chart-area.drawn").wait_for()
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            if screenshots is not None:
                page.screenshot(path=screenshots / f"inventory-{name}.{prefix.strip('/') or 'zh'}.{width}.png", full_page=True)
            assert page.evaluate(SIDEWAYS) == 0, (name, width, page.evaluate(TOO_WIDE))
            assert violations(page, axe) == [], (name, width)


def test_from_the_factors_to_what_is_behind_a_number(open_page: OpenPage, release: str) -> None:
    page = open_page("/factors/")
    page.get_by_role("link", name="导入的基础数据库").click()
    page.get_by_role("link", name=f"{SOURCE.name} {SOURCE.edition}").click()
    page.locator("#q").fill("炼钢")
    page.locator("#q").press("Enter")
    page.get_by_role("link", name="转炉炼钢").click()
    assert page.locator(".bigvalue").inner_text().startswith("2.3")
    assert "循环被切开" in page.locator("main").inner_text()
    page.get_by_role("link", name="火力发电").first.click()
    assert page.locator("h1").inner_text() == "火力发电"


def test_from_a_number_to_what_moves_it_and_to_the_other_release(open_page: OpenPage, release: str) -> None:
    page = open_page(f"/inventory/{release}/1/")
    page.get_by_role("link", name="分析：供应路径").click()
    assert "转炉炼钢 › 火力发电" in page.locator("main").inner_text()
    page.locator("#find").fill("螺栓")
    page.locator("#find").press("Enter")
    page.get_by_role("link", name="锻造螺栓").click()
    assert "在 100.0 % 的模拟中，本数据集低于" in page.locator("main").inner_text()
    page.locator("#others ~ ul a").click()
    assert "因子" in page.locator("table").first.inner_text()
