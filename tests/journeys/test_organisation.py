"""An enterprise comes to the platform: it registers, protects its account, invites somebody, entrusts a consultant, and parts with a member."""

import re
import time
from dataclasses import dataclass

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage, Site
from tests.journeys.looking import Look
from zuji.engine.text import Language, Text
from zuji.registry.accounts.uscc import check_character

PASSWORD = "five unrelated quiet words"


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def link(letter: str) -> str:
    found = re.search(r"http://\S+", letter)
    assert found, letter
    return found[0]


@dataclass
class Story:
    """One enterprise coming to the platform, in one language."""

    open_page: OpenPage
    site: Site
    look: Look
    language: Language

    @property
    def prefix(self) -> str:
        return "/en" if self.language == "en" else ""

    @property
    def uscc(self) -> str:
        seventeen = f"91420100MADEM08{'01' if self.language == 'zh' else '02'}"
        return seventeen + check_character(seventeen)

    @property
    def owner(self) -> str:
        return f"owner-{self.language}@journey.example"

    @property
    def member(self) -> str:
        return f"member-{self.language}@journey.example"

    def words(self, zh: str, en: str) -> str:
        return Text(zh, en).in_(self.language)

    def see(self, page: Page, name: str) -> None:
        self.look(page, f"organisation-{name}.{self.language}")

    def press(self, page: Page, zh: str, en: str) -> None:
        page.get_by_role("button", name=self.words(zh, en)).click()

    def fill(self, page: Page, zh: str, en: str, value: str) -> None:
        page.get_by_label(self.words(zh, en), exact=True).fill(value)

    def registers(self) -> Page:
        """A visitor registers: what is wrong leads to its field, then the letter leads on."""
        page = self.open_page(f"{self.prefix}/account/login/")
        page.get_by_role("link", name=self.words("注册企业", "Register an enterprise")).click()
        self.fill(page, "统一社会信用代码", "Unified social credit code", self.uscc[:17] + ("X" if self.uscc[17] != "X" else "Y"))
        self.fill(page, "企业名称", "Name in Chinese", "武汉东湖示例材料有限公司")
        self.fill(page, "所在市州", "City", self.words("湖北武汉", "Wuhan, Hubei"))
        self.fill(page, "您的姓名", "Your name", "林涛 Lin Tao")
        self.fill(page, "邮箱", "E-mail", self.owner)
        self.press(page, "注册", "Register")
        expect(page.get_by_role("alert")).to_contain_text(self.words("校验位", "check character"))
        self.see(page, "register")
        self.fill(page, "统一社会信用代码", "Unified social credit code", self.uscc)
        self.press(page, "注册", "Register")
        expect(page.locator("h1")).to_have_text(self.words("请查收邮件", "Look into your mail"))
        self.see(page, "sent")
        page.goto(link(self.site.letters(self.owner)[-1]))
        self.see(page, "complete")
        self.fill(page, "密码", "Password", PASSWORD)
        self.press(page, "完成注册", "Complete")
        expect(page.locator("main")).to_contain_text("武汉东湖示例材料有限公司")
        return page

    def turns_the_second_factor_on(self, page: Page) -> str:
        """With the password once more; a recovery code."""
        page.goto(f"{self.prefix}/account/profile/")
        self.see(page, "profile")
        page.get_by_role("link", name=self.words("两步验证", "Second factor")).click()
        self.see(page, "security")
        page.get_by_role("link", name=self.words("启用", "Turn on")).click()
        self.see(page, "reauthenticate")
        self.fill(page, "密码", "Password", PASSWORD)
        self.press(page, "继续", "Continue")
        secret = str(page.locator("code.hash").text_content())
        self.see(page, "totp")
        self.fill(page, "验证码", "Code", code_of(secret))
        self.press(page, "启用", "Turn on")
        expect(page.locator(".codes li")).to_have_count(10)
        self.see(page, "recovery-codes")
        recovery = str(page.locator(".codes li").first.text_content())
        page.goto(f"{self.prefix}/account/sessions/")
        self.see(page, "sessions")
        return recovery

    def signs_in(self, recovery: str) -> Page:
        """Signing in takes both, and leads to where one wanted to go."""
        page = self.open_page(f"{self.prefix}/enterprises/{self.uscc}/")
        page.locator("#id_login").fill(self.owner)
        page.locator("#id_password").fill(PASSWORD)
        page.locator("main button[type=submit]").click()
        self.see(page, "authenticate")
        self.fill(page, "验证码", "Code", recovery)
        self.press(page, "登录", "Sign in")
        expect(page.locator("h1")).to_have_text("武汉东湖示例材料有限公司")
        self.see(page, "home")
        return page

    def invites(self, page: Page) -> Page:
        """Somebody is invited, comes by the letter, and is there; their page."""
        page.get_by_role("link", name=self.words("成员与邀请", "Members and invitations")).first.click()
        self.fill(page, "邮箱", "E-mail", self.member)
        page.get_by_label(self.words("编辑：", "Editor:")).check()
        self.press(page, "发出邀请", "Invite")
        copied = str(page.locator("#invitation-link").text_content())
        self.see(page, "invited")
        self.see(self.open_page(copied.removeprefix(self.site.address)), "invitation-copied")
        newcomer = self.open_page(link(self.site.letters(self.member)[-1]).removeprefix(self.site.address))
        self.see(newcomer, "invitation")
        self.fill(newcomer, "您的姓名", "Your name", "高敏 Gao Min")
        self.fill(newcomer, "密码", "Password", PASSWORD)
        self.press(newcomer, "建立账户并加入", "Make the account and join")
        expect(newcomer.locator("main")).to_contain_text("武汉东湖示例材料有限公司")
        newcomer.goto(f"{self.prefix}/enterprises/{self.uscc}/")
        self.see(newcomer, "home-editor")
        return newcomer

    def looks_around(self, page: Page) -> None:
        """Sites, a consultant, a program."""
        tabs = page.get_by_role("navigation", name=self.words("企业", "Enterprise"), exact=True)
        for name, zh, en in (("sites", "场所", "Sites"), ("delegations", "委托", "Delegations"), ("clients", "接口客户端", "API clients")):
            tabs.get_by_role("link", name=self.words(zh, en), exact=True).click()
            self.see(page, name)
        self.fill(page, "程序名称", "Name of the program", "ERP")
        page.get_by_label(self.words("填报：", "Enter data:")).check()
        page.locator("input[type=date]").fill(time.strftime("%Y-%m-%d", time.localtime(time.time() + 90 * 86400)))
        self.press(page, "建立", "Make")
        expect(page.locator("#client-secret")).to_have_text(re.compile(r"^[2-9a-z]{26}$"))
        self.see(page, "client-made")
        tabs.get_by_role("link", name=self.words("企业资料", "Data"), exact=True).click()
        self.see(page, "data")

    def parts(self, page: Page, newcomer: Page) -> None:
        """The member's open page is worth nothing from the next request on."""
        page.get_by_role("link", name=self.words("成员与邀请", "Members and invitations")).first.click()
        page.get_by_role("link", name="高敏 Gao Min").click()
        self.see(page, "member")
        self.press(page, "移除成员", "Remove the member")
        expect(page.get_by_role("status").first).to_contain_text(self.words("成员已移除", "was removed"))
        newcomer.reload()
        expect(newcomer.locator("h1")).to_have_text(self.words("登录", "Sign in"))
        page.get_by_role("link", name=self.words("操作记录", "History")).click()
        expect(page.locator("tbody")).to_contain_text(self.words("移除成员：高敏 Gao Min", "removed a member: 高敏 Gao Min"))
        self.see(page, "history")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_registration_to_parting_with_a_member(open_page: OpenPage, site: Site, look: Look, language: Language) -> None:
    story = Story(open_page, site, look, language)
    page = story.signs_in(story.turns_the_second_factor_on(story.registers()))
    newcomer = story.invites(page)
    story.looks_around(page)
    story.parts(page, newcomer)


def test_the_office_lists_who_waits(open_page: OpenPage, site: Site, look: Look) -> None:
    account = next(account for account in site.accounts if account.email.startswith("operator@"))
    page = open_page("/office/")
    page.locator("#id_login").fill(account.email)
    page.locator("#id_password").fill(account.password)
    page.locator("main button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("待确认的企业")
    look(page, "office.zh")
    page.goto("/en/office/")
    look(page, "office.en")
    page.goto("/office/")
    page.locator("tbody a").first.click()
    look(page, "office-identity.zh")
