"""A product from the request for sign-off over a return and a signature to a withdrawn case, in two browsers."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage, Site
from tests.journeys.looking import SIDEWAYS, TOO_WIDE, violations

EDITOR, APPROVER = "fertiliser-editor@demo.zuji.example", "fertiliser@demo.zuji.example"


@pytest.fixture
def looked_at(axe: str, screenshots: Path | None):  # type: ignore[no-untyped-def]  # a function of the page and the step's name
    """Looks at a page on a desk and on a phone, in both languages: nothing sticks out, and axe has no complaint."""

    def look(page: Page, name: str) -> None:
        here = page.url
        for prefix in ("", "/en"):
            if prefix:
                page.goto(re.sub(r"^(https?://[^/]+)", r"\1/en", here))
            for width in (1440, 390):
                page.set_viewport_size({"width": width, "height": 900})
                if screenshots is not None:
                    page.screenshot(path=screenshots / f"{name}.{prefix.strip('/') or 'zh'}.{width}.png", full_page=True)
                assert page.evaluate(SIDEWAYS) == 0, (name, width, page.evaluate(TOO_WIDE))
                assert violations(page, axe) == [], (name, width)
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(here)

    return look


def signed_in(open_page: OpenPage, site: Site, email: str, *, script: bool = True) -> Page:
    account = next(each for each in site.accounts if each.email == email)
    page = open_page("/account/login/", script=script)
    page.locator("#id_login").fill(account.email)
    page.locator("#id_password").fill(account.password)
    page.locator("main button[type=submit]").click()
    return page


def test_a_version_is_returned_mended_signed_and_withdrawn(open_page: OpenPage, site: Site, looked_at) -> None:  # type: ignore[no-untyped-def]  # see above
    approver = signed_in(open_page, site, APPROVER, script=False)  # nothing of this needs a script
    expect(approver.get_by_role("heading", name=re.compile("等您签核"))).to_be_visible()
    approver.get_by_role("link", name=re.compile("粉状磷酸一铵")).first.click()
    approver.wait_for_url("**/submit/")
    address = approver.url
    approver.get_by_label("退回的原因").fill("合成氨用量与台账不符，请核对")
    approver.get_by_role("button", name="退回修改").click()
    expect(approver.locator("main")).to_contain_text("已退回修改")

    editor = signed_in(open_page, site, EDITOR)
    expect(editor.locator("main")).to_contain_text("合成氨用量与台账不符")
    editor.goto(address)
    looked_at(editor, "submission-returned")
    editor.goto(address.replace("submit/", "g/ammonia/"))
    amount = editor.locator("#f-ammonia")
    before = amount.input_value()
    amount.fill(str(round(float(before) * 0.99)))
    editor.locator("main button[type=submit][value=next]:visible").first.click()
    expect(editor).not_to_have_url(re.compile("/g/ammonia/"))

    editor.goto(address)
    editor.get_by_label("给签核人的说明").fill("已按 3 月台账更正")
    editor.get_by_role("checkbox").check()
    editor.get_by_role("button", name="提请签核").click()
    expect(editor.locator("main")).to_contain_text("等待签核")
    looked_at(editor, "submission-awaiting-editor")

    approver.goto(address)
    expect(approver.locator("main")).to_contain_text("已按 3 月台账更正")
    approver.get_by_role("button", name="签核并提交").click()
    expect(approver.locator("h1")).to_contain_text(re.compile(r"ZJ-\d{4}-\d{6}"))
    expect(approver.locator("main")).to_contain_text("已提交")

    editor.goto(approver.url)
    looked_at(editor, "case")
    expect(editor.get_by_role("link", name=re.compile("中文报告.*PDF"))).to_be_visible(timeout=90_000)
    approver.get_by_label("撤回的原因").fill("产量统计口径有误")
    approver.get_by_role("button", name="撤回提交").click()
    expect(approver.locator("main")).to_contain_text("本次提交已撤回")
    editor.reload()
    looked_at(editor, "case-withdrawn")
    editor.get_by_role("button", name="建立新版本").click()
    expect(editor).to_have_url(re.compile(r"/v2/$"))
