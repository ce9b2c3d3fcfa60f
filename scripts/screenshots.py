"""Pictures of the running product for the README: ``python scripts/screenshots.py http://127.0.0.1:8000``."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
SIZE = {"width": 1280, "height": 2366}


def main(arguments: list[str]) -> int:
    """Save the result page of the cement example in both languages."""
    (address,) = arguments or ["http://127.0.0.1:8000"]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for language, prefix in (("zh", ""), ("en", "/en")):
            page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]  # a plain mapping is what it takes
            page.goto(f"{address}{prefix}/footprints/", wait_until="networkidle")
            words = "水泥" if language == "zh" else "cement"
            page.locator("main a", has_text=words).first.click()
            page.wait_for_load_state("networkidle")
            page.screenshot(path=IMAGES / f"footprint-{language}.png")
            print(page.url)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
