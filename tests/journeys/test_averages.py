"""An enterprise contributes in confidence, an official calls and releases, an auditor reads for a reason, a stranger sees the average."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage, Site
from tests.journeys.looking import Look

PASSWORD = "correct horse battery staple"
# Four enterprises contributed and their quarter was released: nobody waits for the end of a quarter in a browser.
BEFORE = f"""
import datetime
import django; django.setup()
from zuji.engine.text import Text
from zuji.registry.accounts import operations as accounts
from zuji.registry.accounts.uscc import check_character
from zuji.registry.accounts.viewer import SYSTEM
from zuji.registry.averages import operations, quarters, releasing
from zuji.registry.evidence.operations import keep
for duty in ("secretary", "publisher", "auditor"):
    user = accounts.create_user(actor="system", email=f"{{duty}}@averages.example", name=duty, password={PASSWORD!r})
    accounts.confirm_person(viewer=SYSTEM, user=user, document=f"E7000000{{len(duty)}}")
    accounts.appoint(viewer=SYSTEM, user=user, duty=duty, organisation="省生态环境厅")
written = operations.Written("粉状磷酸一铵", "Powdered MAP", "life-cycle", "phosphorus", "kgCO2e/t", "摇篮到大门（旅程测试，虚构）", "CN-HB",
                             "2025-01-01", "2025-12-31", "湿法|wet process\\n热法|thermal process")
call = operations.call(viewer=SYSTEM, written=written)
for n, value in enumerate(("1302.5", "1288", "1341", "1275")):
    code = f"91420100MADEB{{n:04d}}"
    firm = accounts.register_enterprise(actor="system", uscc=code + check_character(code), name=Text(f"测试厂{{n}}", f"Works {{n}}"),
                                        city=Text("宜昌", "Yichang"), demonstration=True)
    file = keep(viewer=SYSTEM, enterprise=firm, name="a.txt", chunks=[value.encode()])
    offered = operations.Offered(value=value, volume=str(9000 + 500 * n), group="", record=f"evidence:{{file}}", filter="f1" if n else "f2")
    operations.contribute(viewer=SYSTEM, enterprise=firm, call=call, offered=offered)
later = datetime.date.today() + datetime.timedelta(days=100)
releasing.release(viewer=SYSTEM, call=call, quarter=quarters.last_ended(later), today=later)
print(call)
"""


@pytest.fixture(scope="module")
def call(site: Site) -> str:
    environment = {**site.environment, "DJANGO_SETTINGS_MODULE": "zuji.config.settings"}
    made = subprocess.run([sys.executable, "-c", BEFORE], env=environment, check=True, capture_output=True, text=True)
    return made.stdout.split()[-1]


def signed_in(open_page: OpenPage, email: str, password: str) -> Page:
    page = open_page("/account/login/")
    page.locator("#id_login").fill(email)
    page.locator("#id_password").fill(password)
    page.locator("main button[type=submit]").click()
    return page


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_from_the_call_to_a_released_average(open_page: OpenPage, site: Site, look: Look, call: str, prefix: str) -> None:
    tongue = prefix.strip("/") or "zh"
    visitor = open_page(f"{prefix}/averages/")
    look(visitor, f"averages-list.{tongue}")
    visitor.locator(f"a[href$='/averages/{call}/']").click()
    first, *subsets = visitor.locator("#releases ~ table tbody tr").all()
    expect(first).to_contain_text("1,301")  # 50,756,000 over 39,000
    assert [re.search("不予发布|withheld", each.inner_text()) is not None for each in subsets] == [True, True], "a complement of one"
    look(visitor, f"averages-one.{tongue}")

    account = site.accounts[0]
    owner = signed_in(open_page, account.email, account.password)
    owner.goto(f"{prefix}/account/")
    owner.locator("main a.button[href*='/enterprises/']").first.click()
    owner.locator("nav.tabs a[href$='/contributions/']").click()
    look(owner, f"averages-own.{tongue}")
    owner.locator(f"a[href*='/averages/{call}/contribute/']").click()
    owner.locator("#f-value").fill("1310.25")
    owner.locator("#f-volume").fill("12000")
    owner.locator("main form button[type=submit]").first.click()
    expect(owner.locator("main table tbody tr").filter(has=owner.locator(f"a[href*='{call}']"))).to_contain_text("1,310.25")
    owner.locator(f"a[href*='/averages/{call}/contribute/']").click()
    look(owner, f"averages-contribute.{tongue}")

    secretary = signed_in(open_page, "secretary@averages.example", PASSWORD)
    secretary.goto(f"{prefix}/authority/averages/")
    look(secretary, f"averages-authority.{tongue}")
    assert "1,310.25" not in secretary.content()

    auditor = signed_in(open_page, "auditor@averages.example", PASSWORD)
    auditor.goto(f"{prefix}/authority/averages/{call}/contributions/")
    look(auditor, f"averages-audit.{tongue}")
    auditor.locator("main table a").first.click()
    assert "1,310.25" not in auditor.content()
    auditor.locator("#f-reason").fill("核对举报 a complaint")
    look(auditor, f"averages-read.{tongue}")
    auditor.locator("main form button[type=submit]").click()
    expect(auditor.locator("main")).to_contain_text("1,310.25")
