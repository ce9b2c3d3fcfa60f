"""Somebody signs in, sees what is theirs, and signs out."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import OpenPage, Site


def test_a_member_signs_in_sees_the_enterprise_and_signs_out(open_page: OpenPage, site: Site) -> None:
    account = site.accounts[0]
    page = open_page("/account/")
    expect(page.locator("h1")).to_have_text("登录")
    page.get_by_label("邮箱").fill(account.email)
    page.get_by_label("密码").fill(account.password)
    page.get_by_role("button", name="登录").click()
    expect(page.locator("h1")).to_have_text("我的企业")
    expect(page.locator("main")).to_contain_text("黄石西塞水泥有限公司")
    expect(page.locator("main")).to_contain_text("负责人")
    page.get_by_role("link", name=re.compile("普通硅酸盐水泥")).first.click()
    expect(page.locator("#total")).to_be_visible()
    page.goto("/en/account/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/")
    expect(page.locator("h1")).to_have_text("登录")


def test_a_wrong_password_says_so_and_leads_to_the_field(open_page: OpenPage, site: Site) -> None:
    page = open_page("/en/account/login/")
    page.get_by_label("E-mail").fill(site.accounts[0].email)
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("You are not signed in")
    expect(page.get_by_label("E-mail")).to_have_value(site.accounts[0].email)
