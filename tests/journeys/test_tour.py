"""A newcomer signs in as each person of the demonstration, and sees products that stand at every point of the way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage, Site, demonstration
from tests.journeys.looking import Look
from zuji.engine.text import Language, Text


@dataclass
class Visit:
    """Somebody of the demonstration, signed in."""

    page: Page
    look: Look
    language: Language
    who: str

    def words(self, zh: str, en: str) -> str:
        return Text(zh, en).in_(self.language)

    def see(self, name: str) -> None:
        self.look(self.page, f"tour-{self.who}-{name}.{self.language}")

    def home(self) -> None:
        self.page.goto(f"{'/en' if self.language == 'en' else ''}/account/")

    def enterprise(self) -> None:
        """To the home of the only enterprise."""
        self.home()
        self.page.locator("section.card h2 a").click()

    def product(self, zh: str, en: str) -> None:
        self.enterprise()
        self.page.locator("section", has=self.page.locator("h2#products")).get_by_role("link", name=self.words(zh, en), exact=True).click()
        expect(self.page.locator("h1")).to_contain_text(self.words(zh, en))

    def version(self, number: int) -> None:
        """To the task list of a version, from its product."""
        self.page.locator(f"main a[href$='/v{number}/']").first.click()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration as a newcomer finds it: no other journey has been here."""
    with demonstration(tmp_path_factory.mktemp("untouched")) as running:
        yield running


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> Language:
    chosen: Language = request.param
    return chosen


def visit(open_page: OpenPage, site: Site, look: Look, language: Language, who: str) -> Visit:
    account = next(account for account in site.accounts if account.email == f"{who}@demo.zuji.example")
    page = open_page(f"{'/en' if language == 'en' else ''}/account/")
    page.locator("#id_login").fill(account.email)
    page.locator("#id_password").fill(account.password)
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/account/$"), timeout=60_000)  # signing in takes a password hash that is meant to be slow
    made = Visit(page, look if language == "zh" else Look(None, look.screenshots), language, who)
    made.see("home")
    return made


def test_the_battery_maker_is_half_way_and_made_a_mistake(open_page: OpenPage, site: Site, look: Look, language: Language) -> None:
    there = visit(open_page, site, look, language, "battery")
    there.product("磷酸铁锂动力电池包", "LFP traction battery pack")
    there.see("product")
    there.version(1)
    states = there.page.locator(".tasks .badge")
    there.see("tasks")
    complete, seen, wrong, untouched = (
        there.words(*words)
        for words in (
            ("已完成", "complete"),
            ("已查看未完成", "looked at, not complete"),
            ("有问题", "has problems"),
            ("未开始", "not started"),
        )
    )
    expect(states).to_have_text([complete, complete, wrong, seen, untouched, untouched])
    there.page.locator(".callout a").first.click()
    expect(there.page.locator("#f-cathode_km")).to_have_attribute("aria-invalid", "true")
    there.see("mistake")


def test_the_approver_of_the_fertiliser_works_finds_what_waits(open_page: OpenPage, site: Site, look: Look, language: Language) -> None:
    there = visit(open_page, site, look, language, "fertiliser")
    there.page.locator("#to-sign ~ table a").click()
    expect(there.page.get_by_role("button", name=there.words("签核并提交", "Sign and submit"))).to_be_visible()
    there.see("sign")


def test_the_editor_of_the_fertiliser_works_finds_what_came_back(open_page: OpenPage, site: Site, look: Look, language: Language) -> None:
    there = visit(open_page, site, look, language, "fertiliser-editor")
    there.page.locator("#returned ~ table a").click()
    expect(there.page.locator(".callout.amber .said")).to_contain_text(there.words("液氨用量与 12 月台账不符", "ledger of December"))
    there.see("returned")


def test_the_cement_plant_has_submitted_withdrawn_and_gone_on(open_page: OpenPage, site: Site, look: Look, language: Language) -> None:
    there = visit(open_page, site, look, language, "cement")
    there.enterprise()
    there.see("enterprise")
    there.product("普通硅酸盐水泥", "Ordinary Portland cement")
    there.see("product")
    expect(there.page.locator("main")).to_contain_text(re.compile(r"ZJ-\d{4}-\d{6}"))
    there.page.locator("a[href*='/cases/']").first.click()
    expect(there.page.locator("#snapshot-hash + p .badge.ok")).to_be_visible()
    there.see("case")
    there.product("复合硅酸盐水泥", "Composite Portland cement")
    there.page.locator("a[href*='/cases/']").first.click()
    expect(there.page.locator(".callout.amber .said")).to_contain_text(there.words("矿渣用量取了湿基", "The slag was taken wet"))
    there.see("withdrawn")


def test_the_consultant_sees_one_product_and_nothing_else(open_page: OpenPage, site: Site, look: Look, language: Language) -> None:
    there = visit(open_page, site, look, language, "consultant")
    listed = there.page.locator("#entrusted ~ table").last.locator("tbody tr")
    expect(listed).to_have_count(1)
    listed.locator("a").first.click()
    expect(there.page.locator("h1")).to_contain_text(there.words("磷酸铁锂动力电池包", "LFP traction battery pack"))
    there.see("product")


def test_the_operator_finds_an_enterprise_waiting(open_page: OpenPage, site: Site, look: Look, language: Language) -> None:
    there = visit(open_page, site, look, language, "operator")
    there.page.get_by_role("link", name=there.words("确认企业身份", "Confirm identities")).click()
    row = there.page.get_by_role("row").filter(has_text=there.words("襄阳隆中机电有限公司", "Xiangyang Longzhong Electric"))
    expect(row).to_have_count(1)
    there.see("office")
    row.get_by_role("link").click()
    there.see("identity")


def test_the_newcomer_may_calculate_and_is_told_what_stops_a_submission(
    open_page: OpenPage, site: Site, look: Look, language: Language
) -> None:
    there = visit(open_page, site, look, language, "newcomer")
    there.enterprise()
    expect(there.page.locator(".callout.amber")).to_contain_text(there.words("企业身份待平台确认", "has yet to confirm"))
    there.see("enterprise")
