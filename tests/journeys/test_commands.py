"""The platform is prepared twice without doing anything twice, listens where it says, and ends as a whole."""

import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.journeys.conftest import Site, free_port, wait_until_it_answers, zuji
from tests.own_database import own_database


def _children(parent: int) -> set[int]:
    """The processes that ``parent`` has started, and theirs."""
    stats = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stats[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = {parent}
    while more := {child for child, of in stats.items() if of in found} - found:
        found |= more
    return found - {parent}


def _alive(process: int) -> bool:
    try:
        return (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_preparing_shows_what_it_does(site: Site) -> None:
    for expected in (
        "因子库 factors:",
        "portland-cement.yaml:",
        "lfp-battery-pack.zh.pdf",
        "map-fertiliser.en.docx",
        "cement@demo.zuji.example",
    ):
        assert expected in site.prepared
    assert len(site.accounts) == 8


def test_preparing_again_does_nothing_new(tmp_path: Path) -> None:
    with own_database(tmp_path) as environment:
        first, second = (
            subprocess.run(zuji("demo"), env=dict(environment), check=True, capture_output=True, text=True).stdout for _ in range(2)
        )
    assert "0 新增 added" in second
    assert second.count("已有 kept already") == 3
    assert ".pdf" not in second
    assert re.findall(r"\S+@demo\S+  \S+", first) == re.findall(r"\S+@demo\S+  \S+", second)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=["ctrl-c", "terminate", "kill"])
def test_ending_leaves_no_process_and_no_port(tmp_path: Path, how: signal.Signals) -> None:
    port = free_port()
    with own_database(tmp_path) as environment:
        server = subprocess.Popen(
            zuji("serve", "--port", str(port)), env=dict(environment), stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        wait_until_it_answers(f"http://127.0.0.1:{port}", server)
        workers = _children(server.pid)
        assert workers
        if how is signal.SIGINT:
            os.killpg(server.pid, how)  # Ctrl-C reaches every process of the terminal's group
        else:
            server.send_signal(how)
        assert server.wait(timeout=20) == (-signal.SIGKILL if how is signal.SIGKILL else 0)
        assert server.stdout is not None
        assert f"http://127.0.0.1:{port}/" in server.stdout.read()
        server.stdout.close()
    end = time.monotonic() + 10
    while (left := [process for process in workers if _alive(process)]) and time.monotonic() < end:
        time.sleep(0.05)
    assert left == []
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken, own_database(tmp_path) as environment:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = subprocess.run(
            zuji("serve", "--port", port), env=dict(environment), capture_output=True, text=True, timeout=60, check=False
        )
    assert ended.returncode == 2
    assert f"127.0.0.1:{port}" in ended.stderr
    assert "--port" in ended.stderr
