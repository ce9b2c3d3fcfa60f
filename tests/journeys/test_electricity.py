"""An operator states what was generated and has the residual mix calculated; anybody sees it, marked as what it is."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import OpenPage, Site
from tests.journeys.looking import Look


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_generation_is_stated_and_the_residual_mix_shown_as_unverified(open_page: OpenPage, site: Site, look: Look, prefix: str) -> None:
    operator = next(account for account in site.accounts if account.email.startswith("operator@"))
    page = open_page("/account/login/")
    page.locator("#id_login").fill(operator.email)
    page.locator("#id_password").fill(operator.password)
    page.locator("main button[type=submit]").click()
    for type_, amount in (("coal", "5000000"), ("hydro", "1400000"), ("wind", "900000")):
        page.goto(f"{prefix}/office/electricity/generation/")
        for name, value in (("mwh", amount), ("source", "旅程测试，虚构 invented for this test")):
            page.locator(f"#f-{name}").fill(value)
        page.locator("#f-year").select_option("2024")
        page.locator("#f-type").select_option(type_)
        look(page, f"electricity-generation.{prefix.strip('/') or 'zh'}") if type_ == "coal" else None
        page.locator("main form button[type=submit]").click()
    page.get_by_role("button", name=re.compile("2024")).click()
    expect(page.locator("#mixes ~ table tbody tr").first).to_contain_text("0.5777")
    look(page, f"electricity-office.{prefix.strip('/') or 'zh'}")
    visitor = open_page(f"{prefix}/electricity/")
    expect(visitor.locator("#residual ~ table .badge.unverified").first).to_be_visible()
    look(visitor, f"electricity-factors.{prefix.strip('/') or 'zh'}")
