"""Pictures of the running product for the README and the tutorial: ``python scripts/screenshots.py http://127.0.0.1:8000 DATA``.

``DATA`` is the data folder of the running platform, which keeps the demonstration's passwords. Pictures are small: eight bits a pixel.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
SIZE = {"width": 1280, "height": 2366}
WINDOW = {"width": 1280, "height": 860}


def kept(page: Page, name: str) -> None:
    """Save what the window shows."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(colors=128, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)
    print(name, page.url)


def result(browser: Browser, address: str, prefix: str, language: str) -> None:
    """The result page of the cement example."""
    page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]  # a plain mapping is what it takes
    page.goto(f"{address}{prefix}/footprints/", wait_until="networkidle")
    page.locator("main a", has_text="水泥" if language == "zh" else "cement").first.click()
    page.wait_for_load_state("networkidle")
    kept(page, f"footprint-{language}")


def tour(browser: Browser, address: str, prefix: str, language: str, data: Path) -> None:
    """The task list and a page of the battery maker's questionnaire."""
    passwords = dict(line.split("\t") for line in (data / "demo-accounts").read_text(encoding="utf-8").splitlines())
    page = browser.new_page(viewport=WINDOW)  # type: ignore[arg-type]  # the same
    page.goto(f"{address}{prefix}/account/")
    page.locator("#id_login").fill("battery@demo.zuji.example")
    page.locator("#id_password").fill(passwords["battery@demo.zuji.example"])
    page.locator("main button[type=submit]").click()
    page.locator("section.card h2 a").first.click()
    page.locator("section", has=page.locator("h2#products")).locator("tbody th a").last.click()
    page.locator("main a[href$='/v1/']").first.click()
    page.wait_for_load_state("networkidle")
    kept(page, f"tasks-{language}")
    page.goto(f"{page.url}g/cathode/", wait_until="networkidle")
    page.locator("#q-cathode").scroll_into_view_if_needed()
    page.mouse.wheel(0, 250)
    page.wait_for_timeout(500)
    kept(page, f"questions-{language}")


def main(arguments: list[str]) -> int:
    """Save the pictures in both languages."""
    address, data = arguments
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for language, prefix in (("zh", ""), ("en", "/en")):
            result(browser, address, prefix, language)
            tour(browser, address, prefix, language, Path(data))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
