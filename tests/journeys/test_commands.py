"""The platform is prepared twice without doing anything twice, listens where it says, and ends as a whole."""

import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.journeys.conftest import Site, free_port, wait_until_it_answers, zuji
from tests.own_database import demonstrated, migrated, own_database, rows


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
    assert len(site.accounts) == 19


def test_preparing_again_does_nothing_new(tmp_path: Path) -> None:
    first = demonstrated()
    with own_database(tmp_path, first) as environment:
        second = subprocess.run(zuji("demo"), env=dict(environment), check=True, capture_output=True, text=True).stdout
    assert "0 新增 added" in second
    assert second.count("已有 kept already") == 3
    assert ".pdf" not in second
    assert re.findall(r"\S+@demo\S+  \S+", first.said) == re.findall(r"\S+@demo\S+  \S+", second)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=["ctrl-c", "terminate", "kill"])
def test_ending_leaves_no_process_and_no_port(tmp_path: Path, how: signal.Signals) -> None:
    port = free_port()
    with own_database(tmp_path, migrated()) as environment:
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


def _runners(environment: Mapping[str, str]) -> set[str]:
    """The job workers that have entered themselves in the database, by the process number in their names."""
    return {str(name).split(":")[1] for (name,) in rows(environment, "SELECT name FROM jobs_runner")}


def _wait_for(found: Callable[[], set[str]]) -> set[str]:
    end = time.monotonic() + 60
    while not (names := found()) and time.monotonic() < end:
        time.sleep(0.05)
    return names


def test_a_job_worker_stands_beside_the_pages_and_is_replaced_when_it_dies(tmp_path: Path) -> None:
    with own_database(tmp_path, migrated()) as environment:
        server = subprocess.Popen(
            zuji("serve", "--port", str(port := free_port())), env=dict(environment), stdout=subprocess.DEVNULL, text=True
        )
        try:
            wait_until_it_answers(f"http://127.0.0.1:{port}", server)
            first = _wait_for(lambda: _runners(environment))
            assert len(first) == 1
            os.kill(int(*first), signal.SIGKILL)
            second = _wait_for(lambda: _runners(environment) - first)
            assert len(second) == 1
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=20) == 0
        assert _runners(environment) == first  # the one that was killed could not sign off; the other did
        assert not _alive(int(*second))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminate"])
def test_a_worker_alone_ends_when_it_is_told(tmp_path: Path, how: signal.Signals) -> None:
    with own_database(tmp_path, migrated()) as environment:
        worker = subprocess.Popen(zuji("worker"), env=dict(environment), stderr=subprocess.PIPE, text=True)
        assert _wait_for(lambda: _runners(environment)) == {str(worker.pid)}
        worker.send_signal(how)
        assert worker.wait(timeout=20) == 0
        assert worker.stderr is not None
        said = [json.loads(line) for line in worker.stderr.read().splitlines()]  # a traceback would be no JSON
        assert [(line["level"], line["event"], line["kind"]) for line in said] == [("INFO", "job.done", "factors.expiry")] * len(said)
        assert len(said) <= 1  # what is done once a day, where it got to it before it was told to end
        worker.stderr.close()
        assert _runners(environment) == set()


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
