"""A click that leads to another page has ended when that page is there, as for a person, who reads what she sees and not what is on its way.

The browser begins to leave while it still shows the old page. Whoever counts, reads or looks at that moment meets the old page, or none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page

# A page marks itself as soon as it is being left. The next page carries no mark.
MARK_WHO_LEAVES = """
const mark = () => document.documentElement?.setAttribute("data-leaving", "");
addEventListener("submit", event => { if (!event.defaultPrevented && event.target.target !== "_blank") mark(); });
navigation.addEventListener("navigate", event => {
  if (!event.destination.sameDocument && event.downloadRequest === null) mark();
});
"""
STAYS = "html:not([data-leaving])"
STAY = "document.documentElement.removeAttribute('data-leaving')"


def mark_who_leaves(context: BrowserContext) -> None:
    """Every page of a browser marks itself while it is being left; one that stays because a file came instead takes the mark off."""
    context.add_init_script(MARK_WHO_LEAVES)
    context.on("page", lambda page: page.on("download", lambda _: page.evaluate(STAY)))


def arrive(page: Page) -> None:
    """Return when the page that was being opened is there; at once where none was."""
    page.locator(STAYS).wait_for(state="attached")
    page.wait_for_load_state()


@contextmanager
def every_click_arrives() -> Iterator[None]:
    """Clicks and keys on an element wait for the page that they open. Without JavaScript a page can't mark itself: there, expect."""
    click, press = Locator.click, Locator.press

    def click_and_arrive(self: Locator, **how: Any) -> None:
        click(self, **how)
        arrive(self.page)

    def press_and_arrive(self: Locator, key: str, **how: Any) -> None:
        press(self, key, **how)
        arrive(self.page)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", click_and_arrive)
        patch.setattr(Locator, "press", press_and_arrive)
        yield
