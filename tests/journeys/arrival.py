"""How an enterprise comes to the platform: registration, second factor, confirmation, a site, an approver."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Account, Kept, Site, Windows
from tests.journeys.looking import Look
from tests.journeys.test_organisation import PASSWORD, code_of, link
from zuji.engine.text import Language, Text

FIRM = Text("鄂州樊口新材料有限公司", "Ezhou Fankou Materials Co., Ltd.")


@dataclass(frozen=True, slots=True)
class Firm:
    """An enterprise on the platform, its identity confirmed: who acts for it, and the cookies of their browsers."""

    language: Language
    uscc: str
    owner: Kept
    approver: Kept

    @property
    def prefix(self) -> str:
        return "/en" if self.language == "en" else ""

    def words(self, zh: str, en: str) -> str:
        return Text(zh, en).in_(self.language)


@dataclass
class Arrival:
    """The enterprise comes to the platform."""

    windows: Windows
    site: Site
    look: Look
    language: Language
    uscc: str

    @property
    def prefix(self) -> str:
        return "/en" if self.language == "en" else ""

    @property
    def owner(self) -> str:
        return f"plant-{self.language}@journey.example"

    @property
    def approver(self) -> str:
        return f"chief-{self.language}@journey.example"

    def words(self, zh: str, en: str) -> str:
        return Text(zh, en).in_(self.language)

    def see(self, page: Page, name: str) -> None:
        self.look(page, f"0-{name}.{self.language}")

    def press(self, page: Page, zh: str, en: str) -> None:
        page.get_by_role("button", name=self.words(zh, en), exact=True).click()

    def fill(self, page: Page, zh: str, en: str, value: str) -> None:
        page.get_by_label(self.words(zh, en), exact=True).fill(value)

    def registers(self) -> Page:
        page = self.windows.open(f"{self.prefix}/register/")
        self.fill(page, "统一社会信用代码", "Unified social credit code", self.uscc)
        self.fill(page, "企业名称", "Name in Chinese", FIRM.zh)
        page.get_by_label(self.words("企业英文名称", "Name in English")).fill(FIRM.en)
        self.fill(page, "所在市州", "City", self.words("湖北鄂州", "Ezhou, Hubei"))
        self.fill(page, "您的姓名", "Your name", "周岚 Zhou Lan")
        self.fill(page, "邮箱", "E-mail", self.owner)
        self.see(page, "register")
        self.press(page, "注册", "Register")
        self.see(page, "sent")
        page.goto(link(self.site.letters(self.owner)[-1]))
        self.fill(page, "密码", "Password", PASSWORD)
        self.see(page, "complete")
        self.press(page, "完成注册", "Complete")
        expect(page.locator("main")).to_contain_text(FIRM.in_(self.language))
        self.see(page, "registered")
        return page

    def sets_up_the_second_factor(self, page: Page) -> str:
        """The secret of the code generator."""
        page.get_by_role("banner").get_by_role("link", name=self.words("账户", "Account"), exact=True).click()
        page.get_by_role("link", name=self.words("两步验证", "Second factor")).click()
        page.get_by_role("link", name=self.words("启用", "Turn on")).click()
        self.fill(page, "密码", "Password", PASSWORD)
        self.press(page, "继续", "Continue")
        secret = str(page.locator("code.hash").text_content())
        self.fill(page, "验证码", "Code", code_of(secret))
        self.see(page, "second-factor")
        self.press(page, "启用", "Turn on")
        expect(page.locator(".codes li")).to_have_count(10)
        return secret

    def is_confirmed(self, operator: Account) -> None:
        """The platform's staff look at the papers, in a browser of their own."""
        page = self.windows.open(f"{self.prefix}/account/login/")
        sign_in(page, operator)
        page.get_by_role("link", name=self.words("确认企业身份", "Confirm identities")).click()
        self.see(page, "office")
        page.get_by_role("row").filter(has_text=self.uscc).get_by_role("link").click()
        page.get_by_label(self.words("核对了什么", "What was looked at")).fill("营业执照副本，国家企业信用信息公示系统 business licence")
        self.see(page, "identity")
        self.press(page, "确认身份", "Confirm")
        expect(page.get_by_role("status").first).to_be_visible()
        expect(page.locator("tbody")).not_to_contain_text(self.uscc)

    def comes_back(self, secret: str) -> Page:
        """Signing in again takes the password and the code of the moment."""
        page = self.windows.open(f"{self.prefix}/enterprises/{self.uscc}/")
        sign_in(page, Account(self.owner, PASSWORD))
        field = page.get_by_label(self.words("验证码", "Code"), exact=True)
        self.see(page, "authenticate")
        field.fill(code_of(secret))
        self.press(page, "登录", "Sign in")
        expect(page.locator("h1")).to_have_text(FIRM.in_(self.language))
        return page

    def names_its_site(self, page: Page) -> None:
        page.get_by_role("link", name=self.words("查看场所", "Show sites")).click()
        page.get_by_role("link", name=self.words("新增场所", "Add a site")).click()
        self.fill(page, "场所名称", "Name in Chinese", "樊口厂区")
        page.get_by_label(self.words("英文名称", "Name in English")).fill("Fankou works")
        self.fill(page, "详细地址", "Address", "湖北省鄂州市鄂城区樊口街道 8 号")
        self.fill(page, "行政区划代码", "Division code", "420704")
        self.see(page, "site")
        self.press(page, "保存", "Save")
        expect(page.locator("tbody")).to_contain_text(self.words("樊口厂区", "Fankou works"))

    def invites_an_approver(self, page: Page) -> Page:
        page.get_by_role("link", name=self.words("成员与邀请", "Members and invitations")).first.click()
        self.fill(page, "邮箱", "E-mail", self.approver)
        page.get_by_label(self.words("审批：", "Approver:")).check()
        self.press(page, "发出邀请", "Invite")
        self.see(page, "invited")
        newcomer = self.windows.open(link(self.site.letters(self.approver)[-1]).removeprefix(self.site.address))
        self.fill(newcomer, "您的姓名", "Your name", "韩毅 Han Yi")
        self.fill(newcomer, "密码", "Password", PASSWORD)
        self.see(newcomer, "invitation")
        self.press(newcomer, "建立账户并加入", "Make the account and join")
        expect(newcomer.locator("main")).to_contain_text(FIRM.in_(self.language))
        return newcomer


def sign_in(page: Page, account: Account) -> None:
    page.locator("#id_login").fill(account.email)
    page.locator("#id_password").fill(account.password)
    page.locator("main button[type=submit]").click()
