"""An operator imports a basic database by the command; everybody reads it in the browser, on a phone and on a desk, in both languages."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.integration.inventories import SOURCE, folder
from tests.journeys.conftest import OpenPage, Site, zuji
from tests.journeys.looking import SIDEWAYS, TOO_WIDE, violations


@pytest.fixture(scope="module")
def release(site: Site, tmp_path_factory: pytest.TempPathFactory) -> str:
    said = ["--name", SOURCE.name, "--edition", SOURCE.edition, "--publisher", SOURCE.publisher, "--licence", SOURCE.licence, "--public"]
    package = str(folder(tmp_path_factory.mktemp("database")))
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
    for name, path in {"list": "", "release": f"{release}/", "usable": f"{release}/1/", "refused": f"{release}/6/"}.items():
        page = open_page(f"{prefix}/inventory/{path}")
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
    page.get_by_role("link", name=SOURCE.name).click()
    page.locator("#q").fill("炼钢")
    page.locator("#q").press("Enter")
    page.get_by_role("link", name="转炉炼钢").click()
    assert page.locator(".bigvalue").inner_text().startswith("2.362")
    assert "循环被切开" in page.locator("main").inner_text()
    page.get_by_role("link", name="火力发电").first.click()
    assert page.locator("h1").inner_text() == "火力发电"
