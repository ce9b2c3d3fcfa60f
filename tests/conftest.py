"""What holds for every test: nothing leaves this machine, and whatever is left out is said, with its reason.

In CI (``CI=true``) leaving anything out is a failure. ``./x test`` names a file in ``ZUJI_LEFT_OUT``; each test run
appends its lines there, and the command prints them last.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import playwright
import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT.parent / "shared" / "data"
# The first is the same engine without the windows around it, and takes two thirds of the time.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

_left_out: dict[str, str] = {}

# The same examples on every machine and every run; a deadline in milliseconds would only measure the machine.
settings.register_profile("zuji", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("zuji")


def _refuse_the_outside(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: connections go to this machine (loopback or a socket file), or the test fails."""
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and not str(address[0]).startswith(("127.", "localhost", "::1")):
        raise PermissionError(f"a test tried to reach {address[0]}: tests stay on this machine")


sys.addaudithook(_refuse_the_outside)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the installed Chromium; without one the tests of pages are left out, and said to be."""
    driver = Path(playwright.__file__).parent / "driver" / "node"
    if subprocess.run([driver, "--version"], capture_output=True, check=False).returncode != 0:
        pytest.skip("the driver of Playwright does not run on this machine (Debian: apt-get install libatomic1)")
    for name in CHROMIUM_NAMES:
        found = shutil.which(name)
        if found:
            return found
    pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")


@pytest.fixture(scope="session")
def samples() -> Path:
    """Third-party sample files, which lie beside the checkout and are never part of it."""
    if not SAMPLES.is_dir():
        pytest.skip(f"the sample files are not at {SAMPLES}")
    return SAMPLES


@pytest.fixture(scope="session")
def pdftoppm() -> str:
    """Poppler's page renderer, with which a report is looked at as an image."""
    found = shutil.which("pdftoppm")
    if found is None:
        pytest.skip("no pdftoppm on this machine (Debian: apt-get install poppler-utils)")
    return found


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        _left_out[report.nodeid] = _reason(report.longrepr)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.skipped:
        _left_out[report.nodeid] = _reason(report.longrepr)


def _reason(longrepr: object) -> str:
    text = longrepr[2] if isinstance(longrepr, tuple) else str(longrepr)
    return str(text).removeprefix("Skipped: ")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    yield
    if not _left_out:
        return
    if os.environ.get("CI") == "true" and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    target = os.environ.get("ZUJI_LEFT_OUT")
    if target:
        with Path(target).open("a", encoding="utf-8") as lines:
            lines.writelines(f"{node}: {reason}\n" for node, reason in _left_out.items())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for node, reason in _left_out.items():
        terminalreporter.write_line(f"left out: {node}: {reason}")
