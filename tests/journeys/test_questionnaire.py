"""A plant engineer fills in a questionnaire in a real browser: saved while typing, two tabs, no network, an ended session, the keyboard alone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.arriving import mark_who_leaves
from tests.journeys.conftest import Site
from tests.journeys.looking import SIDEWAYS, TOO_WIDE, violations

FIRM = "91420500MADEM00034"
NEXT = re.compile("保存并继续")
SAVED = re.compile("^已保存 ")
EXAMPLE_ACID = {
    "acid_used": "226000", "acid_output": "300000", "rock": "1056000", "mine_power": "48576000", "mine_diesel": "1425000", "rock_km": "96",
    "rock_carbon": "0.98", "acid_power": "45600000", "acid_steam": "0", "gypsum_sold": "0", "gypsum_stacked": "840000",
}  # fmt: skip
EXAMPLE_SULPHURIC = {"sulphuric": "822000", "sulphur": "270500", "sulphur_km": "1350", "sulphuric_power": "47676000"}
EXAMPLE_MAP = {"map_power": "20580000", "map_steam": "260400", "coal": "10290", "coal_km": "1050", "gas": "0", "bags": "798000"}


@pytest.fixture
def person(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A browser in which the fertiliser plant's engineer is signed in. Its console may only say what a lost network makes it say."""
    context = browser.new_context(base_url=site.address, viewport={"width": 1440, "height": 900}, locale="zh-CN")
    mark_who_leaves(context)
    context.set_default_timeout(10_000)
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    page = context.new_page()
    sign_in(page, site)
    page.close()
    yield context
    context.close()
    assert [text for text in said if not re.search("ERR_INTERNET_DISCONNECTED|409|422|403", text)] == []


def sign_in(page: Page, site: Site) -> None:
    account = next(each for each in site.accounts if each.email.startswith("fertiliser@"))
    if "login" not in page.url:
        page.goto("/account/login/")
    page.locator("#id_login").fill(account.email)
    page.locator("#id_password").fill(account.password)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(lambda address: "login" not in address)


def new_product(page: Page, name: str) -> str:
    """A product made in the browser; the address of its first version."""
    page.goto(f"/enterprises/{FIRM}/products/new/")
    page.locator("a[href='?model=map-fertiliser']").click()
    page.get_by_label("产品名称").fill(name)
    page.get_by_role("button", name="建立产品并开始填报").click()
    expect(page.locator("h1")).to_have_text("填报任务")
    return page.url


def filled_page(page: Page, answers: dict[str, str], choices: dict[str, str]) -> None:
    """Choices first, which bring up questions, then amounts; said to be filled in, and on to the next page."""
    for key, value in choices.items():
        page.locator(f"#f-{key}").select_option(value)
        page.wait_for_function("key => !document.querySelector('#q-' + key).hidden", arg=key)
    for key, value in answers.items():
        page.locator(f"#f-{key}").fill(value)
    page.get_by_label("填完了", exact=True).check()
    page.locator("main p.linkrow button.button").first.click()


def test_a_product_is_filled_in_from_the_gallery_to_its_result(person: BrowserContext, axe: str, screenshots: Path | None) -> None:
    page = person.new_page()
    version = new_product(page, "磷酸一铵 逐页填报")
    steps = 0

    def seen() -> None:
        nonlocal steps
        steps += 1
        if screenshots is not None:
            page.screenshot(path=screenshots / f"questionnaire-{steps:02}.png", full_page=True)
        assert violations(page, axe) == []

    seen()
    page.get_by_role("link", name="企业与数据期").first.click()
    filled_page(page, {"producer": "宜昌夷陵磷化", "site": "宜都", "period_start": "2025-01-01", "period_end": "2025-12-31"}, {})
    expect(page.locator("h1")).to_have_text("产量与养分")
    seen()
    page.locator("#f-map_output").fill("４２０，０００")
    expect(page.locator("#q-map_output")).to_contain_text("读作 420000")
    page.locator("#f-p2o5_content").fill("530")
    expect(page.locator("#q-p2o5_content")).to_contain_text("不在合理范围")
    seen()
    filled_page(page, {"p2o5_content": "53"}, {})
    expect(page.locator("h1")).to_have_text("合成氨")
    expect(page.locator("#q-ammonia")).to_contain_text("63,000 t")
    filled_page(page, {"ammonia": "57120", "ammonia_km": "165"}, {})
    expect(page.locator("h1")).to_have_text("磷酸")
    expect(page.locator("#q-rock")).to_be_hidden()
    filled_page(page, EXAMPLE_ACID, {"acid_from": "own", "rock_from": "own", "carbon_by": "measured"})
    expect(page.locator("h1")).to_have_text("硫酸")
    filled_page(page, EXAMPLE_SULPHURIC, {"sulphuric_from": "sulphur"})
    expect(page.locator("h1")).to_have_text("磷酸一铵装置")
    filled_page(page, {key: value for key, value in EXAMPLE_MAP.items() if key != "coal"}, {})
    expect(page.locator("h1")).to_have_text("填报任务")
    total = page.locator(".bigvalue .num").get_attribute("title")
    page.get_by_role("link", name="磷酸一铵装置").click()
    page.locator("#f-coal").fill("10290")
    expect(page.locator("[data-change]")).to_contain_text("▲ 比打开本页时增加")
    expect(page.locator("[data-save-state]")).to_have_text(SAVED)
    seen()
    page.goto(version)
    assert page.locator(".bigvalue .num").get_attribute("title") != total
    seen()
    page.get_by_role("link", name="检查全部答案").first.click()
    seen()
    page.get_by_role("button", name="核算并查看结果").click()
    expect(page.locator("#total")).to_be_visible()
    page.goto(version)
    page.get_by_role("link", name="修改历史").click()
    expect(page.locator("main")).to_contain_text("示范·磷肥")
    seen()


def test_what_is_typed_is_saved_by_itself(person: BrowserContext) -> None:
    page = person.new_page()
    version = new_product(page, "磷酸一铵 自动保存")
    page.goto(f"{version}g/plant/")
    page.locator("#f-producer").fill("宜昌磷化")
    expect(page.locator("[data-save-state]")).to_have_text("有未保存的修改")
    expect(page.locator("[data-save-state]")).to_have_text(SAVED)
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    expect(page.locator("#f-producer")).to_have_value("宜昌磷化")


def test_two_tabs_that_change_one_field_are_shown_both_answers(person: BrowserContext, axe: str, screenshots: Path | None) -> None:
    first = person.new_page()
    version = new_product(first, "磷酸一铵 两个标签页")
    second = person.new_page()
    for page in (first, second):
        page.goto(f"{version}g/plant/")
    first.locator("#f-producer").fill("甲厂")
    first.locator("#f-product_model").fill("11-53")
    expect(first.locator("[data-save-state]")).to_have_text(SAVED)
    second.locator("#f-producer").fill("乙厂")
    panel = second.locator("[data-notice=conflict]")
    expect(panel).to_contain_text("甲厂")
    expect(panel).to_contain_text("乙厂")
    expect(panel).to_contain_text("示范·磷肥")
    assert violations(second, axe) == []
    if screenshots is not None:
        second.screenshot(path=screenshots / "questionnaire-conflict.png")
    panel.get_by_label(re.compile("别处的")).check()
    panel.get_by_role("button", name="按所选保留").click()
    expect(second.locator("#f-producer")).to_have_value("甲厂")
    expect(second.locator("#f-product_model")).to_have_value("11-53")
    second.locator("#f-site").fill("宜都")
    expect(second.locator("[data-save-state]")).to_have_text(SAVED)
    first.locator("#f-producer").fill("丙厂")
    expect(first.locator("#f-site")).to_have_value("宜都")
    expect(first.locator("[data-save-state]")).to_have_text(SAVED)
    first.reload()
    expect(first.locator("#f-producer")).to_have_value("丙厂")


def test_without_a_network_nothing_is_lost(person: BrowserContext, screenshots: Path | None) -> None:
    page = person.new_page()
    version = new_product(page, "磷酸一铵 断网")
    page.goto(f"{version}g/plant/")
    expect(page.locator("[data-save-state]")).to_have_text("已保存")
    person.set_offline(True)
    page.locator("#f-producer").fill("断网时填的")
    expect(page.locator("[data-notice=network]")).to_contain_text("网络中断")
    if screenshots is not None:
        page.screenshot(path=screenshots / "questionnaire-offline.png")
    page.get_by_role("button", name=NEXT).last.click()
    expect(page.locator("h1")).to_have_text("企业与数据期")
    assert "断网时填的" in page.evaluate("JSON.stringify(localStorage)")
    person.set_offline(False)
    expect(page.locator("[data-save-state]")).to_have_text(SAVED)
    expect(page.locator("[data-notice=network]")).to_have_count(0)
    page.reload()
    expect(page.locator("#f-producer")).to_have_value("断网时填的")


def test_an_ended_session_loses_nothing(person: BrowserContext, site: Site, screenshots: Path | None) -> None:
    page = person.new_page()
    version = new_product(page, "磷酸一铵 会话结束")
    page.goto(f"{version}g/plant/")
    person.clear_cookies()
    page.locator("#f-producer").fill("退出后填的")
    notice = page.locator("[data-notice=session]")
    expect(notice).to_contain_text("您已退出登录")
    if screenshots is not None:
        page.screenshot(path=screenshots / "questionnaire-session.png")
    with person.expect_page() as opened:
        notice.get_by_role("link", name="登录").click()
    again = opened.value
    sign_in(again, site)
    expect(again.locator("h1")).to_have_text("企业与数据期")
    expect(again.locator("#f-producer")).to_have_value("退出后填的")
    expect(again.locator("[data-save-state]")).to_have_text(SAVED)
    page.bring_to_front()
    if notice.count():
        notice.get_by_role("button", name="我已登录").click()
    expect(page.locator("[data-save-state]")).to_have_text(SAVED)


def test_a_session_that_is_about_to_end_says_so(person: BrowserContext) -> None:
    page = person.new_page()
    version = new_product(page, "磷酸一铵 快到时")
    page.clock.install()
    page.goto(f"{version}g/plant/")
    seconds = int(page.locator("#answers").get_attribute("data-session") or "0")
    page.clock.fast_forward((seconds - 299) * 1000)
    expect(page.locator("[data-notice=ending]")).to_contain_text("几分钟后退出登录")
    page.get_by_role("button", name="保持登录").click()
    expect(page.locator("[data-notice=ending]")).to_have_count(0)


def test_leaving_with_something_unsaved_asks_first(person: BrowserContext) -> None:
    page = person.new_page()
    version = new_product(page, "磷酸一铵 离开")
    page.goto(f"{version}g/plant/")
    person.set_offline(True)
    page.locator("#f-producer").fill("未保存")
    asked: list[str] = []

    def dismiss(dialog: object) -> None:
        asked.append(getattr(dialog, "type", ""))
        getattr(dialog, "accept")()  # noqa: B009  # a dialog of the browser

    page.on("dialog", dismiss)
    page.close(run_before_unload=True)
    page.wait_for_event("close")
    person.set_offline(False)
    assert asked == ["beforeunload"]


def test_another_factor_is_found_and_taken_with_the_keyboard_alone(person: BrowserContext, axe: str, screenshots: Path | None) -> None:
    page = person.new_page()
    version = new_product(page, "磷酸一铵 换因子")
    page.goto(f"{version}g/map/")
    page.locator("#f-map_power").focus()
    page.keyboard.type("20580000")
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Tab") if page.evaluate("document.activeElement.tagName") != "SUMMARY" else None
    page.keyboard.press("Enter")
    search = page.locator("#s-map_power")
    expect(search).to_be_visible()
    page.keyboard.press("Tab")
    expect(search).to_be_focused()
    page.keyboard.type("electricity hubei")
    options = page.locator("#l-map_power [role=option]")
    expect(options.first).to_be_visible()
    if screenshots is not None:
        page.screenshot(path=screenshots / "questionnaire-factors.png")
    assert violations(page, axe) == []
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    chosen = page.locator("[name='map_power.factor']").input_value()
    assert "@" in chosen
    expect(page.locator("[data-save-state]")).to_have_text(SAVED)
    page.keyboard.press("Backspace")
    expect(options.first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#l-map_power")).to_be_hidden()
    page.reload()
    assert page.locator("[name='map_power.factor']").input_value() == chosen


def test_a_file_goes_behind_a_line_and_what_was_typed_stays(person: BrowserContext, tmp_path: Path) -> None:
    page = person.new_page()
    version = new_product(page, "磷酸一铵 佐证")
    page.goto(f"{version}g/ammonia/?open=ammonia")
    page.locator("#f-ammonia_km").fill("165")
    (tmp_path / "台账.csv").write_text("月,吨\n1,4760\n", encoding="utf-8")
    page.locator("#file-ammonia").set_input_files(tmp_path / "台账.csv")
    page.locator("button[value='attach:ammonia']").click()
    expect(page.locator("#more-ammonia")).to_contain_text("台账.csv")
    expect(page.locator("#more-ammonia")).to_contain_text("SHA-256")
    expect(page.locator("#f-ammonia_km")).to_have_value("165")


def test_the_questionnaire_works_without_a_script(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.address, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    sign_in(page, site)
    version = new_product(page, "磷酸一铵 无脚本")
    page.goto(f"{version}g/plant/")
    for key, value in {"producer": "甲", "site": "乙", "period_start": "2025-01-01", "period_end": "2025-12-31"}.items():
        page.locator(f"#f-{key}").fill(value)
    page.locator("#f-product_model").press("Enter")
    expect(page.locator("h1")).to_have_text("产量与养分")
    page.goto(f"{version}g/acid/")
    expect(page.locator("#q-rock")).to_be_hidden()
    page.locator("#f-acid_from").select_option("own")
    page.get_by_role("button", name=NEXT).last.click()
    expect(page.locator("#q-rock")).to_be_visible()
    context.close()


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_every_page_of_a_product_fits_and_is_accessible(person: BrowserContext, axe: str, screenshots: Path | None, prefix: str) -> None:
    page = person.new_page()
    version = new_product(page, "磷酸一铵 各页").partition("://")[2].partition("/")[2]
    places = {
        "gallery": f"/enterprises/{FIRM}/products/new/", "new": f"/enterprises/{FIRM}/products/new/?model=map-fertiliser",
        "home": f"/enterprises/{FIRM}/", "product": f"/{version.partition('/v1')[0]}/", "version": f"/{version}",
        "group": f"/{version}g/acid/", "more": f"/{version}g/map/?open=map_power", "check": f"/{version}check/",
        "history": f"/{version}history/", "move": f"/{version}move-model/",
    }  # fmt: skip
    for name, place in places.items():
        page.goto(prefix + place)
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            if screenshots is not None:
                page.screenshot(path=screenshots / f"product-{name}.{prefix.strip('/') or 'zh'}.{width}.png", full_page=True)
            assert page.evaluate(SIDEWAYS) == 0, (name, width, page.evaluate(TOO_WIDE))
            assert violations(page, axe) == [], (name, width)
