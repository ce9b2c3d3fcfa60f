"""The whole way of an enterprise: it registers, is confirmed, fills in a product, calculates, has it signed, submits it, and makes the next version."""

import hashlib
import io
import re
import time
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Download, Page, expect

from tests.journeys.arrival import Arrival, Firm
from tests.journeys.conftest import OpenPage, Site, Windows
from tests.journeys.looking import DESK, Look
from tests.journeys.plant import MODELS, PLANTS, Plant
from zuji.engine.text import Language
from zuji.registry.accounts.uscc import check_character
from zuji.rules.model_study import INDICATORS

SCORES = ("1", "2", "1", "1", "1")
CERTIFICATE = "certificate_number"
WRITTEN_WITHIN = 90_000  # a report of some sixty pages in two languages, while other tests use the machine


@pytest.fixture(scope="module", params=["zh", "en"])
def firm(request: pytest.FixtureRequest, browser: Browser, site: Site, look_by_language: dict[Language, Look]) -> Firm:
    """An enterprise that came by itself, confirmed, with a site and an approver; all products of a language are its own."""
    language: Language = request.param
    seventeen = f"91420700MADEM07{'01' if language == 'zh' else '02'}"
    windows = Windows(browser, site.address)
    arrival = Arrival(windows, site, look_by_language[language], language, seventeen + check_character(seventeen))
    operator = next(account for account in site.accounts if account.email.startswith("operator@"))
    secret = arrival.sets_up_the_second_factor(arrival.registers())
    arrival.is_confirmed(operator)
    page = arrival.comes_back(secret)
    arrival.names_its_site(page)
    newcomer = arrival.invites_an_approver(page)
    made = Firm(language, arrival.uscc, page.context.storage_state(), newcomer.context.storage_state())
    windows.close()
    return made


@pytest.fixture(scope="module")
def look_by_language(look: Look, screenshots: Path | None) -> dict[Language, Look]:
    """axe looks at the Chinese pages; the English ones have the same elements."""
    return {"zh": look, "en": Look(None, screenshots)}


@dataclass
class Journey:
    """A product from the choice of its model to its case and its next version."""

    firm: Firm
    plant: Plant
    open_page: OpenPage
    look: Look
    product: str = ""

    def words(self, zh: str, en: str) -> str:
        return self.firm.words(zh, en)

    def see(self, page: Page, name: str) -> None:
        self.look(page, f"{self.plant.model}-{name}.{self.firm.language}")

    def press(self, page: Page, zh: str, en: str) -> None:
        page.get_by_role("button", name=self.words(zh, en), exact=True).click()

    def of(self, rest: str, number: int = 1) -> str:
        return f"{self.firm.prefix}/products/{self.product}/v{number}/{rest}"

    # --- filling in --------------------------------------------------------------------------------------------------

    def begins(self) -> Page:
        """From the enterprise's home by the gallery to the task list."""
        page = self.open_page(f"{self.firm.prefix}/enterprises/{self.firm.uscc}/", kept=self.firm.owner)
        self.see(page, "01-home")
        page.get_by_role("link", name=self.words("新建产品", "New product")).click()
        self.see(page, "02-gallery")
        page.get_by_role("article").filter(has=page.locator(f"#model-{self.plant.model}")).locator("a.button").click()
        page.get_by_label(self.words("产品名称", "Name in Chinese"), exact=True).fill(self.plant.name.zh)
        page.get_by_label(self.words("英文名称", "Name in English")).fill(self.plant.name.en)
        page.get_by_label(self.words("规格型号", "Specification")).fill(self.plant.specification)
        page.get_by_label(self.words("生产场所", "Site")).select_option(label=self.words("樊口厂区", "Fankou works"))
        self.see(page, "03-new")
        self.press(page, "建立产品并开始填报", "Make the product and begin")
        expect(page.locator(".tasks .badge").first).to_have_text(self.words("未开始", "not started"))
        self.product = page.url.split("/products/")[1].split("/")[0]
        self.see(page, "04-tasks")
        return page

    def looks_at_the_first_page_and_leaves(self, page: Page) -> None:
        page.locator(".tasks a").first.click()
        expect(page.locator("h1")).to_be_visible()
        page.goto(self.of(""))
        expect(page.locator(".tasks .badge").first).to_have_text(self.words("已查看未完成", "looked at, not complete"))

    def fills_in_every_page(self, page: Page) -> None:
        """Page by page as they follow each other, with the figures of the desk."""
        page.locator(".tasks a").first.click()
        self.fills_in_the_first_page_by_keyboard(page)
        for place, group in enumerate(self.plant.groups[1:], start=2):
            page.wait_for_url(re.compile(f"/g/{group}/"))
            self.types(page, group)
            self.see(page, f"1{place}-{group}")
            page.get_by_label(self.words("填完了", "Yes"), exact=True).check()
            if group == self.plant.group_of(self.plant.slip[0]):
                self.mends_a_slip(page)
            page.locator("button[value=next]:visible").click()
        expect(page.locator("h1")).to_have_text(self.words("填报任务", "What there is to fill in"))

    def fills_in_the_first_page_by_keyboard(self, page: Page) -> None:
        """From the head of the page to the next one without a mouse."""
        page.wait_for_url(re.compile("/g/plant/"))
        for key, value in self.plant.answers("plant").items():
            tab_to(page, f"[name='{key}']")
            page.keyboard.type(value)
        tab_to(page, "[name=finished]")
        page.keyboard.press("ArrowUp")
        expect(page.get_by_label(self.words("填完了", "Yes"), exact=True)).to_be_checked()
        self.see(page, "11-plant")
        tab_to(page, "button[value=next]")
        page.locator(":focus").press("Enter")

    def types(self, page: Page, group: str) -> None:
        answers = self.plant.answers(group)
        if CERTIFICATE in answers:
            answers[CERTIFICATE] = self.certificate(answers[CERTIFICATE])
        for key, value in answers.items():
            field = page.locator(f"[name='{key}']")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        expect(page.locator("[data-save-state]")).to_contain_text(self.words("已保存", "Saved"))
        expect(page.locator(".notices").get_by_text(self.words("他人刚改为", "somebody has just changed"))).to_have_count(
            0
        )  # nobody else is here

    def mends_a_slip(self, page: Page) -> None:
        """Words where a number belongs: said beside the field as one types, and at the top when one goes on."""
        key, slip = self.plant.slip
        field, said = page.locator(f"#f-{key}"), page.locator(f"#e-{key}")
        right = field.input_value()
        field.fill(slip)
        expect(said.locator(".fault.error")).to_be_visible()
        page.locator("button[value=next]:visible").click()
        alert = page.locator("#problems")
        expect(alert).to_be_visible()
        self.see(page, "19-slip")
        alert.get_by_role("link").first.click()
        expect(field).to_be_focused()
        field.fill(right)
        expect(said.locator(".fault.error")).to_have_count(0)
        page.get_by_label(self.words("填完了", "Yes"), exact=True).check()

    def watches_the_total(self, page: Page) -> None:
        """The total follows the typing, with the change since the page was opened; then the figure is put right again."""
        key, other = self.plant.watched
        page.goto(self.of(f"g/{self.plant.group_of(key)}/"))
        field, total = page.locator(f"#f-{key}"), page.locator("[data-total]")
        right, before = field.input_value(), str(total.text_content())
        field.fill(other)
        expect(page.locator("[data-change]")).to_contain_text("▲")
        expect(total).not_to_have_text(before)
        self.see(page, "20-live")
        field.fill(right)
        expect(total).to_have_text(before)
        expect(page.locator("[data-save-state]")).to_contain_text(self.words("已保存", "Saved"))

    def puts_a_ledger_behind_it(self, page: Page) -> None:
        key, _ = self.plant.watched
        page.goto(self.of(f"g/{self.plant.group_of(key)}/"))
        page.locator(f"#more-{key} summary").click()
        for name, score in zip(INDICATORS, SCORES, strict=True):
            page.locator(f"#f-{key}-{name}").select_option(score)
        page.locator(f"#f-{key}-gsd").fill("1.05")
        content = f"月份,数量\n1-12,{page.locator(f'#f-{key}').input_value()}\n".encode("utf-8-sig")
        page.locator(f"#file-{key}").set_input_files({"name": "2025年台账.csv", "mimeType": "text/csv", "buffer": content})
        with page.expect_navigation():
            page.locator(f"button[value='attach:{key}']").click()
        shown = page.locator(f"#more-{key} .files")
        expect(shown).to_contain_text("2025年台账.csv")
        assert hashlib.sha256(content).hexdigest() in str(shown.text_content())
        self.see(page, "21-evidence")

    def takes_another_factor(self, page: Page) -> None:
        """Found in the page's own language, with the keyboard alone."""
        key = self.plant.replaced
        page.goto(self.of(f"g/{self.plant.group_of(key)}/"))
        total = page.locator("[data-total]")
        before = str(total.text_content())
        page.locator(f"#more-{key} summary").click()
        search = page.locator(f"#s-{key}")
        search.press_sequentially(self.plant.words.in_(self.firm.language))
        options = page.locator(f"#l-{key} [role=option]")
        expect(page.locator(f"#l-{key} [data-reference^='{self.plant.factor}@']")).to_be_visible()
        self.see(page, "22-factors")
        wanted = [str(each.get_attribute("data-reference")).startswith(self.plant.factor) for each in options.all()].index(True)
        for _ in range(wanted + 1):
            search.press("ArrowDown")
        search.press("Enter")
        expect(page.locator(f"[name='{key}.factor']")).to_have_value(re.compile(f"^{self.plant.factor}@"))
        expect(total).not_to_have_text(before)
        expect(page.locator("[data-save-state]")).to_contain_text(self.words("已保存", "Saved"))

    # --- result ------------------------------------------------------------------------------------------------------

    def checks_the_answers(self, page: Page) -> None:
        page.goto(self.of(""))
        expect(page.locator(".tasks .badge")).to_have_text([self.words("已完成", "complete")] * len(self.plant.groups))
        self.see(page, "30-complete")
        page.get_by_role("link", name=self.words("检查全部答案", "Check all answers")).first.click()
        self.see(page, "31-check")
        page.goto(self.of("submit/"))
        first = page.locator("section", has=page.locator("h2#findings")).locator("a[href*='#f-']").first
        field = str(first.get_attribute("href")).rpartition("#")[2]
        first.click()
        expect(page.locator(f"#{field}")).to_be_focused()
        self.look(page, f"{self.plant.model}-32-finding.{self.firm.language}", [DESK])
        page.goto(self.of("check/"))

    def calculates(self, page: Page) -> str:
        """The result with every chart and its table; the total that the pages showed before."""
        before = page.locator(".bigvalue .num").first
        total = str(before.get_attribute("title"))
        self.press(page, "核算并查看结果", "Calculate the result")
        expect(page.locator("#full-total")).to_have_text(total)
        expect(page.locator(".chart-area.drawn svg")).to_have_count(6)
        for section in ("stages", "flows", "contributions", "inputs", "sensitivity", "uncertainty"):
            card = page.locator("section", has=page.locator(f"h2#{section}"))
            expect(card.locator("figure.chart")).to_be_visible()
            assert card.locator("table tbody tr").count() > 1, section
        self.see(page, "40-result")
        return total

    def takes_the_reports(self, page: Page) -> None:
        reports = page.locator("[data-reports] .reports a")
        expect(reports).to_have_count(4, timeout=WRITTEN_WITHIN)
        for address, check in ((".pdf", self.is_a_pdf), (".docx", self.is_a_document)):
            with page.expect_download() as waiting:
                page.locator(f"[data-reports] a[href$='/report.{self.firm.language}{address}']").click()
            check(content(waiting.value))

    def is_a_pdf(self, report: bytes) -> None:
        assert report.startswith(b"%PDF-")

    def is_a_document(self, report: bytes) -> None:
        said = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(report)).paragraphs)
        assert self.plant.name.in_(self.firm.language) in said

    # --- green power -------------------------------------------------------------------------------------------------

    def certificate(self, number: str) -> str:
        """The number of a certificate, which stands once in the province: another one for each enterprise."""
        return f"{number}-{self.firm.language}"

    def claims_its_green_power(self, page: Page) -> None:
        """What counts as green stops the submission until its certificate is registered and claimed for this version."""
        number = MODELS[self.plant.model].example.get(CERTIFICATE)
        if number is None:
            return
        page.goto(self.of("submit/"))
        item = page.locator("main").get_by_text(self.words("未在平台登记", "are not registered")).first
        expect(item).to_be_visible()
        self.see(page, "45-unclaimed")
        page.goto(f"{self.firm.prefix}/enterprises/{self.firm.uscc}/certificates/")
        page.get_by_role("link", name=self.words("登记证书", "Register a certificate")).click()
        filled = {
            "number": self.certificate(number),
            "volume": "70000",
            "start": "2025-01-01",
            "end": "2025-12-31",
            "issuer": "国家能源局 NEA",
        }
        for name, value in filled.items():
            page.locator(f"#f-{name}").fill(value)
        self.see(page, "46-register")
        page.locator("#f-file").set_input_files({"name": "绿证.txt", "mimeType": "text/plain", "buffer": number.encode()})
        self.press(page, "登记", "Register")
        expect(page.locator("h1")).to_have_text(self.certificate(number))
        page.get_by_role("link", name=self.words("认领", "Claim"), exact=True).click()
        page.locator("#f-version").select_option(index=0)
        self.see(page, "47-claim")
        self.press(page, "认领", "Claim")
        expect(page.locator("#claims ~ table tbody tr")).to_have_count(1)
        self.see(page, "48-certificate")
        page.goto(f"{self.firm.prefix}/enterprises/{self.firm.uscc}/certificates/")
        self.see(page, "49-certificates")
        page.goto(self.of("submit/"))
        expect(item).to_have_count(0)

    # --- sign-off ----------------------------------------------------------------------------------------------------

    def asks(self, page: Page, name: str, note: str) -> None:
        page.goto(self.of("submit/"))
        page.locator("#note").fill(note)
        page.locator("#responsible").check()
        self.see(page, name)
        self.press(page, "提请签核", "Ask for sign-off")
        expect(page.locator("h2", has_text=self.words("等待签核", "Awaiting sign-off"))).to_be_visible()

    def is_returned(self, page: Page) -> None:
        """The approver, in a browser of their own, finds what waits and sends it back."""
        page.goto(f"{self.firm.prefix}/account/")
        self.see(page, "51-waiting")
        page.locator("#to-sign ~ table a").filter(has_text=self.plant.name.in_(self.firm.language)).click()
        page.locator("#reason").fill(self.words("请写明用电的数据依据。", "State which meter the electricity was read from."))
        self.see(page, "52-decide")
        self.press(page, "退回修改", "Return it")
        expect(page.locator("main")).to_contain_text(self.words("已退回修改", "Returned to be mended"))

    def mends_it(self, page: Page) -> None:
        page.goto(f"{self.firm.prefix}/account/")
        page.locator("#returned ~ table a").filter(has_text=self.plant.name.in_(self.firm.language)).click()
        self.see(page, "53-returned")
        key, _ = self.plant.watched
        page.goto(self.of(f"g/{self.plant.group_of(key)}/"))
        page.locator(f"#more-{key} summary").click()
        page.locator(f"[name='{key}.evidence']").fill(self.words("总表 3 号，月抄表", "Main meter 3, read monthly"))
        page.locator("button[value=list]:visible, button[value=next]:visible").last.click()
        expect(page.locator(".callout").first).to_be_visible()

    def is_signed(self, page: Page) -> str:
        """The address of the case. The approver reads and signs without a mouse."""
        page.goto(self.of("submit/"))
        tab_to(page, "button[value=sign]")
        page.locator(":focus").press("Enter")
        expect(page.locator("button[value=sign]")).to_have_count(0)
        page.goto(self.of(""))
        page.locator("a.mono[href*='/cases/']").click()
        expect(page.locator("h1")).to_have_text(re.compile(rf" ZJ-{time.localtime().tm_year}-\d{{6}}$"))
        expect(page.locator("#snapshot-hash + p .badge.ok")).to_be_visible()
        self.see(page, "60-case")
        with page.expect_download() as waiting:
            page.locator("a[href$='snapshot.json']").click()
        frozen = content(waiting.value)
        assert page.locator("#snapshot-hash").inner_text() == f"sha256:{hashlib.sha256(frozen).hexdigest()}"
        assert self.plant.name.zh in frozen.decode()
        return page.url

    # --- the next version --------------------------------------------------------------------------------------------

    def makes_the_next_version(self, page: Page, case: str) -> None:
        page.goto(case)
        self.press(page, "建立新版本", "Make a new version")
        expect(page).to_have_url(re.compile(r"/v2/"))
        for key, value in self.plant.next_year.items():
            page.goto(self.of(f"g/{self.plant.group_of(key)}/", 2))
            page.locator(f"#f-{key}").fill(value)
            expect(page.locator("[data-save-state]")).to_contain_text(self.words("已保存", "Saved"))
            expect(page.locator("[data-change]")).to_contain_text(re.compile("[▲▼]"))
        page.goto(self.of("", 2))
        self.see(page, "70-next")
        self.press(page, "核算并查看结果", "Calculate the result")
        expect(page.locator("#total")).to_be_visible()

    def compares(self, page: Page) -> None:
        """What changed sums to the whole change, to the last digit."""
        page.goto(f"{self.firm.prefix}/products/{self.product}/compare/")
        self.see(page, "71-choose")
        self.press(page, "比较", "Compare")
        expect(page.locator("#drivers")).to_be_visible()
        expect(page.locator(".chart-area.drawn svg")).to_have_count(1)
        self.see(page, "72-compare")
        before, after = (Decimal(str(each.get_attribute("title"))) for each in page.locator(".pair .bigvalue").all())
        rows = page.locator("section", has=page.locator("h2#changes")).locator("tbody td.n[title]").all()
        parts = [Decimal(str(each.get_attribute("title")).replace(",", "").replace("−", "-")) for each in rows]
        assert len(parts) >= len(self.plant.next_year)
        assert sum(parts) == after - before != 0


def tab_to(page: Page, wanted: str) -> None:
    """Presses Tab until what is wanted has the focus."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} is not reached by Tab")


def content(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


@pytest.mark.parametrize("plant", PLANTS, ids=[plant.model for plant in PLANTS])
def test_from_the_model_to_the_submitted_case_and_its_next_version(
    firm: Firm, plant: Plant, open_page: OpenPage, look_by_language: dict[Language, Look]
) -> None:
    # axe takes half of the time: it looks at every step of the first product, whose pages have every element that the others have.
    look = look_by_language[firm.language] if plant is PLANTS[0] else look_by_language["en"]
    journey = Journey(firm, plant, open_page, look)
    page = journey.begins()
    journey.looks_at_the_first_page_and_leaves(page)
    journey.fills_in_every_page(page)
    journey.watches_the_total(page)
    journey.puts_a_ledger_behind_it(page)
    journey.takes_another_factor(page)
    journey.checks_the_answers(page)
    journey.calculates(page)
    journey.takes_the_reports(page)
    journey.claims_its_green_power(page)
    journey.asks(page, "50-ask", journey.words("台账已核对。", "Checked against the ledgers."))
    approver = open_page(f"{firm.prefix}/account/", kept=firm.approver)
    journey.is_returned(approver)
    journey.mends_it(page)
    journey.asks(page, "54-ask-again", "")
    journey.makes_the_next_version(page, journey.is_signed(approver))
    journey.compares(page)
