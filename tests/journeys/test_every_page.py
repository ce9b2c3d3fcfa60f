"""Every page in both languages on a phone and on a desk: no sideways scrolling, no complaint of axe or of the browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Kept, OpenPage, Site
from tests.journeys.looking import SIDEWAYS, TOO_WIDE, violations

PAGES = {
    "home": "/",
    "about": "/about/",
    "accessibility": "/accessibility/",
    "developers": "/developers/",
    "factors": "/factors/",
    "factors-found": "/factors/?q=铝锭",
    "factors-none": "/factors/?q=xyzzyplugh&kind=direct",
    "factor": "/factors/CN-EL-CF-2024-national@1/",
    "factor-refused": "/factors/CN-EL-CO2-2023-national@1/",
    "electricity": "/electricity/",
    "factor-changes": "/factors/changes/",
    "factor-compare": "/factors/CN-EL-CF-2024-national/compare/1/1/",
    "averages": "/averages/",
    "spot-checks": "/spot-checks/",
    "statistics": "/dossiers/statistics/",
    "models": "/models/",
    "model": "/models/lfp-battery-pack/",
    "rule": "/rules/cement@1.0.0/",
    "footprints": "/footprints/",
    "footprint": "",
    "footprint-brief": "brief/",
    "footprint-reproduce": "reproduce/",
    "footprint-compare": "compare/",
    "login": "/account/login/",
    "account": "/account/",
    "desk": "/dossiers/",
    "duties": "/office/duties/",
    "record": "/audit/",
    "national": "/authority/national/",
    "impact": "/impact/",
    "announce": "/spot-checks/announce/",
    "own-programs": "/account/programs/",
    "authority-electricity": "/authority/electricity/",
}
BY = {
    "account": "cement",
    "desk": "association",
    "duties": "operator",
    "record": "auditor",
    "national": "publisher",
    "impact": "publisher",
    "announce": "inspector",
    "own-programs": "publisher",
    "authority-electricity": "inspector",
}
"""Pages that take somebody of the demonstration who is signed in."""


@pytest.fixture(scope="module")
def cookies() -> dict[str, Kept]:
    """Of those who have signed in: each does so once, and comes back to the other pages."""
    return {}


def signed_in(open_page: OpenPage, site: Site, who: str, cookies: dict[str, Kept]) -> Page:
    if who in cookies:
        return open_page("/account/", kept=cookies[who])
    account = next(each for each in site.accounts if each.email == f"{who}@demo.zuji.example")
    page = open_page("/account/login/")
    page.locator("#id_login").fill(account.email)
    page.locator("#id_password").fill(account.password)
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/account/$"), timeout=60_000)
    cookies[who] = page.context.storage_state()
    return page


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_and_is_accessible(
    open_page: OpenPage, site: Site, axe: str, screenshots: Path | None, cookies: dict[str, Kept], name: str, prefix: str
) -> None:
    if name in BY:
        page = signed_in(open_page, site, BY[name], cookies)
        page.goto(prefix + PAGES[name])
        expect(page.locator("h1").first).not_to_contain_text(re.compile("没有找到这个页面|There is no such page"))
    elif name == "footprint":
        page = open_page(f"{prefix}/footprints/")
        page.locator("article h3 a").last.click()
        page.locator(".chart-area.drawn").nth(5).wait_for()
    elif name.startswith("footprint-"):
        page = open_page(f"{prefix}/footprints/")
        page.goto(str(page.locator("article h3 a").last.get_attribute("href")) + PAGES[name])
    else:
        page = open_page(prefix + PAGES[name])
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        if screenshots is not None:
            page.screenshot(path=screenshots / f"{name}.{prefix.strip('/') or 'zh'}.{width}.png", full_page=True)
        assert page.evaluate(SIDEWAYS) == 0, (width, page.evaluate(TOO_WIDE))
        assert violations(page, axe) == [], width


def test_axe_would_have_complained(open_page: OpenPage, axe: str) -> None:
    """The check can fail: a picture without words is found."""
    page = open_page("/")
    page.evaluate("document.querySelector('main').append(document.querySelector('header img').cloneNode())")
    page.evaluate("document.querySelector('main img').removeAttribute('alt')")
    assert [found[0] for found in violations(page, axe)] == ["image-alt"]


@pytest.mark.parametrize("zoom", [2, 4])
def test_enlarged_pages_reflow(open_page: OpenPage, zoom: int) -> None:
    """At 400 % of a 1280 px screen there are 320 CSS pixels, and still no sideways scrolling (WCAG 1.4.10)."""
    page = open_page("/footprints/", width=1280 // zoom)
    footprint = str(page.locator("article h3 a").first.get_attribute("href"))
    for path in ("/", "/factors/?q=铝锭", "/factors/CN-EL-CF-2024-national@1/", footprint, "/en" + footprint, "/models/lfp-battery-pack/"):
        page.goto(path)
        assert page.evaluate(SIDEWAYS) == 0, (path, page.evaluate(TOO_WIDE))
