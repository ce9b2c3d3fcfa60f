"""A factor from the association that hands it in to the owner who is told: every step by somebody else, in the browser."""

import datetime
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage, Site
from tests.journeys.looking import Look

# Chen Shun, Lu Fei, Wang Xiaoke: 中国氮磷钾肥制造温室气体排放系数的估算, 生态学报 2015, 35(19): the Chinese average of monoammonium phosphate.
FIELDS: Mapping[str, str] = {
    "value": "2.713",
    "document_number": "生态学报 35(19)",
    "document_page": "摘要",
    "source_year": "2015",
    "gwp": "",
    "reason": "misprint",
}
EXCERPT = "陈舜, 逯非, 王效科. 中国氮磷钾肥制造温室气体排放系数的估算. 生态学报 2015, 35(19). 摘要：磷酸一铵 0.740 t CE/t P2O5，乘 44/12 为 2.713 kgCO2e/kg P2O5。测试摘录。"
NAME = "磷酸一铵"  # the tour has other corrections under way
OLD, NEW = "CHEN2015-MAP@1", "CHEN2015-MAP@2"
USES_IT = Path(__file__).with_name("blend.yaml")
STORE = """
import datetime, sys
from pathlib import Path
from zuji.config.ready import set_up
set_up()
from zuji.engine.analyses import analyse
from zuji.formats.study import read_study
from zuji.registry.accounts.queries import enterprise_by_uscc
from zuji.registry.accounts.viewer import SYSTEM
from zuji.registry.footprints.method import Method
from zuji.registry.footprints.operations import Calculation, store
from zuji.rules import assess
from zuji.config.demo import ENTERPRISES
file, today, method = Path(sys.argv[1]), datetime.date(2026, 6, 30), Method.shipped()
source = file.read_text("utf-8")
study = read_study(source.encode(), file.name)
result = assess(study, method.library, method.rulebook, method.gwp, today=today)
explored = analyse(study, method.library, method.gwp[study.gwp], today=today)
print(store(viewer=SYSTEM, enterprise=enterprise_by_uscc(ENTERPRISES[2].uscc),
            calculation=Calculation(source=source, study=study, result=result, on=today, analyses=explored), documents=[]))
"""


@dataclass
class Process:
    """The site, and the pages that its people have open."""

    open_page: OpenPage
    site: Site
    look: Look
    pages: dict[str, Page] = field(default_factory=dict)

    def of(self, who: str) -> Page:
        """The browser of somebody of the demonstration, signed in."""
        if who not in self.pages:
            account = next(each for each in self.site.accounts if each.email == f"{who}@demo.zuji.example")
            page = self.open_page("/account/login/")
            page.locator("#id_login").fill(account.email)
            page.locator("#id_password").fill(account.password)
            page.locator("main button[type=submit]").click()
            expect(page).to_have_url(re.compile(r"/account/$"), timeout=60_000)
            self.pages[who] = page
        return self.pages[who]

    def task(self, who: str) -> Page:
        """The dossier that waits for somebody, opened from their desk."""
        page = self.of(who)
        page.goto("/dossiers/")
        page.locator("#tasks ~ table a").filter(has_text=NAME).first.click()
        expect(page.locator("h1")).to_contain_text(NAME)
        return page


@pytest.fixture
def process(open_page: OpenPage, site: Site, look: Look) -> Process:
    return Process(open_page, site, look)


def test_a_factor_passes_every_step_by_other_people_and_owners_are_told(process: Process) -> None:
    footprint = subprocess.run(
        [sys.executable, "-c", STORE, str(USES_IT)], env=dict(process.site.environment), check=True, capture_output=True, text=True
    ).stdout.strip()
    _submitted(process)
    _traced(process)
    _reviewed(process)
    _drawn(process)
    _published(process)
    _told(process, footprint)


def _submitted(process: Process) -> None:
    page = process.of("association")
    page.goto("/dossiers/")
    process.look(page, "governance-desk")
    page.get_by_role("link", name=re.compile("提交因子")).click()
    page.get_by_label("版本", exact=True).fill(OLD)
    page.get_by_role("button", name="以它为起点").click()
    process.look(page, "governance-edit")
    page.locator("#upload").set_input_files({"name": "陈舜2015摘录.txt", "mimeType": "text/plain", "buffer": EXCERPT.encode()})
    page.locator("#page").fill("摘要")
    page.get_by_role("button", name="附上").click()
    expect(page.locator("#files ~ table")).to_contain_text("陈舜2015摘录.txt")
    for name, value in FIELDS.items():
        control = page.locator(f"#f-{name}")
        control.select_option(value) if name in {"reason", "gwp"} else control.fill(value)
    page.get_by_role("button", name="保存并查看").click()
    expect(page.locator(".bigvalue")).to_contain_text("2.713")
    process.look(page, "governance-draft")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.locator("main .badge").first).to_have_text("溯源核验中")


def _traced(process: Process) -> None:
    for who in ("checker", "second-checker"):
        page = process.task(who)
        with page.expect_download():
            page.get_by_role("link", name="陈舜2015摘录.txt").click()
        if who == "checker":
            process.look(page, "governance-checking")
        forms = page.locator("form.tickform")
        waiting = forms.locator("button[value=tick]")
        while waiting.count():
            waiting.first.click()
            expect(page.get_by_role("status")).to_contain_text("已办理")
    expect(process.of("second-checker").locator("main .badge").first).to_have_text("专家评审中")


def _reviewed(process: Process) -> None:
    page = process.task("secretary")
    process.look(page, "governance-assigning")
    for _ in range(2):
        page.locator("button[value=assign]").first.click()
        expect(page.get_by_role("status")).to_contain_text("已办理")
    for each in (each for each in ("expert", "second-expert", "third-expert") if _asked(process, each)):
        page = process.task(each)
        for group in page.locator("fieldset.choices.row").all():
            group.get_by_label("5", exact=True).check()
        page.get_by_label("通过", exact=True).check()
        page.locator("#comment").fill("与摘要一致，取三位小数合理。")
        page.get_by_label(re.compile("没有利害关系")).check()
        process.look(page, f"governance-{each}")
        page.get_by_role("button", name="提交意见").click()
        expect(page.get_by_role("status")).to_contain_text("已办理")


def _asked(process: Process, who: str) -> bool:
    page = process.of(who)
    page.goto("/dossiers/")
    return page.locator("#tasks ~ table a").filter(has_text=NAME).count() > 0


def _drawn(process: Process) -> None:
    page = process.of("inspector")
    page.goto("/spot-checks/announce/")
    soon = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))) + datetime.timedelta(seconds=2)
    page.locator("#f-draw_at").fill(soon.strftime("%Y-%m-%dT%H:%M:%S"))
    page.locator("#f-percent").fill("100")
    page.get_by_role("button", name="公布", exact=True).click()
    expect(page.locator("h1")).to_contain_text("CJ-")
    address = page.url
    draw = page.get_by_role("button", name="现在抽取")
    while not draw.count():  # the announced time comes
        page.goto(address)
    draw.click()
    expect(page.locator("main")).to_contain_text("抽中")
    process.look(page, "governance-round")
    page = process.task("inspector")
    page.locator("#inspect-reason").fill("已查原文。")
    page.get_by_role("button", name="抽查通过").click()
    expect(page.locator("main .badge").first).to_have_text("待签发")


def _published(process: Process) -> None:
    page = process.task("publisher")
    expect(page.locator("main")).to_contain_text("波及范围")
    process.look(page, "governance-first-signature")
    page.get_by_role("button", name="首签").click()
    expect(page.locator("main .badge").first).to_have_text("已首签")
    expect(page.get_by_role("button", name="复签并发布")).to_have_count(0)  # never the same person
    page = process.task("second-publisher")
    process.look(page, "governance-second-signature")
    page.get_by_role("button", name="复签并发布").click()
    expect(page.locator("main .badge").first).to_have_text("已发布")
    process.look(page, "governance-published")


def _told(process: Process, footprint: str) -> None:
    owner = process.of("fertiliser")
    home = f"/enterprises/{_uscc(owner)}/successors/"
    for _ in range(60):
        owner.goto(home)
        if owner.locator(f"a[href*='{footprint}']").count():
            break
        owner.wait_for_timeout(500)  # the worker drafts in the background
    owner.locator(f"main a[href*='/footprints/{footprint}/successors/']").first.click()
    expect(owner.locator("main")).to_contain_text(NEW)
    process.look(owner, "governance-successor")
    stranger = process.open_page(f"/factors/{OLD}/")
    expect(stranger.locator("main")).to_contain_text("2.7133")
    process.look(stranger, "governance-old-version")
    stranger.goto(f"/factors/{NEW}/")
    expect(stranger.locator("main")).to_contain_text("2.713")
    process.look(stranger, "governance-new-version")


def _uscc(page: Page) -> str:
    page.goto("/account/")
    href = page.locator("section.card h2 a").first.get_attribute("href") or ""
    return href.rstrip("/").rpartition("/")[2]
