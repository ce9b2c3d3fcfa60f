"""How a page is looked at: nothing sideways, nothing that axe objects to, a picture where one is wanted."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

DESK, PHONE = 1440, 390
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# In the page's own world, past its content security policy: axe is not part of the site.
RUN_AXE = (
    f";axe.run({{runOnly: {json.dumps(WCAG)}}}).then(found => JSON.stringify(found.violations.map(v => [v.id, v.nodes.map(n => n.html)])))"
)
TOO_WIDE = "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth).map(e => e.outerHTML.slice(0, 90)).slice(0, 5)"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def violations(page: Page, axe: str) -> list[Any]:
    """What axe finds against WCAG 2.2 AA on the page as it stands."""
    session = page.context.new_cdp_session(page)
    answer = session.send("Runtime.evaluate", {"expression": axe + RUN_AXE, "awaitPromise": True})
    session.detach()
    return list(json.loads(answer["result"]["value"]))


@dataclass(frozen=True, slots=True)
class Look:
    """Looks at a page on a phone and on a desk. Without ``axe`` only for what runs sideways."""

    axe: str | None
    screenshots: Path | None

    def __call__(self, page: Page, name: str, widths: Iterable[int] = (PHONE, DESK)) -> None:
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            if self.screenshots is not None:
                page.screenshot(path=self.screenshots / f"{name}.{width}.png", full_page=True)
            assert page.evaluate(SIDEWAYS) == 0, (name, width, page.evaluate(TOO_WIDE))
            if self.axe is not None:
                assert violations(page, self.axe) == [], (name, width)
