"""The platform as a person meets it: prepared and served by its own commands, seen in a real browser."""

import email
import email.policy
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, StorageState, expect, sync_playwright

from tests.journeys.arriving import every_click_arrives, mark_who_leaves
from tests.journeys.looking import Look
from tests.own_database import demonstrated, own_database

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / ".cache" / "test-assets" / "axe.min.js"
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
STARTED_WITHIN = 60.0
SEEN_WITHIN = 20_000  # milliseconds: charts and calculations while other tests use the machine


@dataclass(frozen=True, slots=True)
class Account:
    """How somebody of the demonstration signs in."""

    email: str
    password: str


@dataclass(frozen=True, slots=True)
class Site:
    """A running platform: its address, what its commands printed, and its accounts."""

    address: str
    prepared: str
    accounts: tuple[Account, ...]
    folder: Path
    environment: Mapping[str, str]

    def letters(self, to: str) -> list[str]:
        """What was written to an address, the oldest first: without a mail server letters are kept in a folder."""
        kept = (file.read_bytes() for file in sorted((self.folder / "mail").iterdir(), key=lambda file: file.stat().st_mtime_ns))
        messages = [email.message_from_bytes(part.strip(), policy=email.policy.default) for text in kept for part in text.split(b"-" * 79)]
        return [message.get_content() for message in messages if message["To"] == to]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def zuji(*arguments: str) -> list[str]:
    """The command line of the product under test."""
    return [sys.executable, "-m", "zuji.cli", *arguments]


def wait_until_it_answers(address: str, server: "subprocess.Popen[str]") -> None:
    """Return once the platform answers; fail with what it printed where it ends before."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < end:
        if server.poll() is not None:
            raise AssertionError(f"zuji serve ended with {server.returncode}")
        try:
            with opener.open(f"{address}/health/ready", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nothing answers at {address}")


@contextmanager
def demonstration(folder: Path) -> Iterator[Site]:
    """What ``zuji demo`` prepares, and ``zuji serve`` as a person starts it, with all they keep in ``folder``."""
    prepared = demonstrated()
    with own_database(folder, prepared) as environment:
        address = f"http://127.0.0.1:{(port := free_port())}"
        with (folder / "server.log").open("w") as log:
            server = subprocess.Popen(zuji("serve", "--port", str(port)), env=dict(environment), stdout=log, stderr=log, text=True)
            try:
                wait_until_it_answers(address, server)
                kept = (folder / "demo-accounts").read_text(encoding="utf-8").splitlines()
                accounts = tuple(Account(*line.split("\t")) for line in kept)
                yield Site(address=address, prepared=prepared.said, accounts=accounts, folder=folder, environment=environment)
            finally:
                server.send_signal(signal.SIGINT)
                server.wait(timeout=30)
        assert "Traceback" not in (folder / "server.log").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The platform that the journeys share: each does what it needs on it, and leaves it as it then is."""
    with demonstration(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    expect.set_options(timeout=SEEN_WITHIN)
    with every_click_arrives(), sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=QUIET)
        yield opened
        opened.close()


@dataclass
class Watched:
    """What the browser complained about while pages were open."""

    messages: list[str] = field(default_factory=list)

    def console(self, message: ConsoleMessage) -> None:
        self.messages.append(f"{message.type}: {message.text}")

    def error(self, error: object) -> None:
        self.messages.append(f"error: {error}")


OpenPage = Callable[..., Page]
Kept = StorageState


class Windows:
    """Browsers of several people. Every message in a console is kept, whoever wrote it."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self.contexts: list[BrowserContext] = []
        self.watched = Watched()

    def open(self, path: str = "/", *, width: int = 1440, script: bool = True, kept: Kept | None = None) -> Page:
        """A page in a browser of its own; ``kept`` are the cookies with which somebody came back."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            base_url=self.address,
            java_script_enabled=script,
            locale="zh-CN",
            accept_downloads=True,
            storage_state=kept,
        )
        mark_who_leaves(context)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self.watched.console)
        page.on("pageerror", self.watched.error)
        page.goto(path)
        return page

    def close(self) -> None:
        """Close them all; fail where a console complained."""
        for context in self.contexts:
            context.close()
        assert self.watched.messages == []


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[OpenPage]:
    """Opens pages; every message in a browser's console fails the test."""
    windows = Windows(browser, site.address)
    yield windows.open
    windows.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core, which ``scripts/vendor.py --tests`` fetches."""
    if not AXE.is_file():
        pytest.skip(f"axe-core is not at {AXE}: run scripts/vendor.py --tests (./x test does it by itself)")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def screenshots() -> Path | None:
    """Where screenshots of every step go: the folder that ``SCREENSHOTS`` names, or nowhere."""
    wanted = os.environ.get("SCREENSHOTS")
    return Path(wanted) if wanted else None


@pytest.fixture(scope="session")
def look(axe: str, screenshots: Path | None) -> Look:
    """Looks at a page at two widths, with axe."""
    return Look(axe, screenshots)
