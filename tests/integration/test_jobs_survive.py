"""Workers are killed with SIGKILL, at every moment of their work: no job is lost, none is done twice."""

import queue
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Self

import pytest

from tests.own_database import migrated, own_database, rows

WITHIN = 90.0
ENQUEUE = """
import sys, django
django.setup()
from django.db import transaction
from zuji.registry.jobs.operations import enqueue
with transaction.atomic():
    for number in range(int(sys.argv[2])):
        enqueue("work", {"subject": f"{sys.argv[1]}:{number}"}, f"{sys.argv[1]}:{number}")
"""
WORK = """
import sys, django
django.setup()
from zuji.config.jobs import stopped_by_signal
from zuji.registry.audit.operations import Action, record
from zuji.registry.jobs import operations
from zuji.registry.jobs.worker import Worker

stay_at = sys.argv[1]

def at(moment):
    print(moment, flush=True)
    if moment == stay_at:
        sys.stdin.read()  # until this process is killed

def handler(arguments):
    at("working")
    def change():
        record(action=Action.JOB_RETRIED, actor="test", subject=arguments["subject"])
        at("written")
    return change

claim, finish = operations.claim, operations.finish

def claim_and_say(*given):
    run = claim(*given)
    if run is not None:
        at("claimed")
    return run

def finish_and_say(*given):
    finish(*given)
    at("finished")

operations.claim, operations.finish = claim_and_say, finish_and_say
pace = operations.Pace(poll=0.05, beat=0.2, lease=float(sys.argv[2]), attempts=1000, backoff=0, database=0.1, grace=0.1)
Worker({"work": handler}, stopped_by_signal(), pace).run()
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    folder = tmp_path_factory.mktemp("jobs")
    with own_database(folder, migrated()) as given:
        environment = {**given, "DJANGO_SETTINGS_MODULE": "zuji.config.settings"}
        yield environment


def enqueue(database: Mapping[str, str], name: str, count: int) -> None:
    subprocess.run([sys.executable, "-c", ENQUEUE, name, str(count)], env=dict(database), check=True)


def start(database: Mapping[str, str], stay_at: str = "nowhere", lease: float = 2) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", WORK, stay_at, str(lease)],
        env=dict(database),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def read_until(worker: "subprocess.Popen[str]", moment: str) -> None:
    """Read what the worker says until it has come to ``moment``; a worker that does not within the time is ended, which fails the test."""
    assert worker.stdout is not None
    late = threading.Timer(WITHIN, worker.kill)
    late.start()
    try:
        for line in worker.stdout:
            if line.strip() == moment:
                return
    finally:
        late.cancel()
    raise AssertionError(f"the worker did not come to {moment!r}")


def kill(worker: "subprocess.Popen[str]") -> None:
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    for pipe in (worker.stdin, worker.stdout):
        assert pipe is not None
        pipe.close()


def lost_and_twice(database: Mapping[str, str], name: str, count: int) -> tuple[int, int]:
    """How many of the jobs left no trace, and how many left more than one."""
    subjects = (str(subject) for (subject,) in rows(database, "SELECT subject FROM audit_event"))
    traces = Counter(subject for subject in subjects if subject.startswith(f"{name}:"))
    wanted = {f"{name}:{number}" for number in range(count)}
    return len(wanted - set(traces)), sum(1 for number in traces.values() if number > 1)


def unfinished(database: Mapping[str, str]) -> int:
    return int(rows(database, "SELECT count(*) FROM jobs_job WHERE state <> 'done'")[0][0])


@pytest.mark.parametrize("moment", ["claimed", "working", "written", "finished"])
def test_killed_at_a_moment_the_job_is_done_once(database: Mapping[str, str], moment: str) -> None:
    enqueue(database, moment, 1)
    first = start(database, stay_at=moment)
    read_until(first, moment)
    kill(first)
    assert lost_and_twice(database, moment, 1) == ((0, 0) if moment == "finished" else (1, 0))
    second = start(database)
    try:
        if moment != "finished":
            read_until(second, "finished")
        assert lost_and_twice(database, moment, 1) == (0, 0)
        assert unfinished(database) == 0
    finally:
        kill(second)


def test_a_worker_that_is_told_to_end_gives_its_job_back(database: Mapping[str, str]) -> None:
    enqueue(database, "given back", 1)
    first = start(database, stay_at="working", lease=3600)
    read_until(first, "working")
    first.send_signal(signal.SIGTERM)
    assert first.wait(timeout=WITHIN) == 0
    kill(first)
    assert rows(database, "SELECT state, attempts FROM jobs_job WHERE key = 'given back:0'") == [("waiting", 0)]
    second = start(database, lease=3600)
    read_until(second, "finished")
    kill(second)
    assert lost_and_twice(database, "given back", 1) == (0, 0)


class Crowd:
    """Workers at once, and what they all say, in one line of words. Those that still live at the end are killed."""

    def __init__(self, database: Mapping[str, str], lease: float) -> None:
        self._database, self._lease = database, lease
        self._members: list[tuple[subprocess.Popen[str], threading.Thread]] = []
        self._said: queue.Queue[subprocess.Popen[str]] = queue.Queue()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker, listener in self._members:
            worker.kill()
            listener.join()  # until the pipe has ended
            kill(worker)

    def add(self) -> None:
        worker = start(self._database, lease=self._lease)
        listener = threading.Thread(target=self._listen, args=(worker,))
        self._members.append((worker, listener))
        listener.start()

    def _listen(self, worker: "subprocess.Popen[str]") -> None:
        assert worker.stdout is not None
        for _ in worker.stdout:
            self._said.put(worker)

    def speaker(self) -> "subprocess.Popen[str] | None":
        """Whoever says the next word; None if nobody does for a while."""
        try:
            return self._said.get(timeout=0.2)
        except queue.Empty:
            return None


@pytest.mark.parametrize("lease", [1.0, 0.05], ids=["killed", "killed and robbed of their leases"])
def test_many_workers_killed_at_random(database: Mapping[str, str], lease: float) -> None:
    """Three workers; at a chosen number of words from them all, whoever spoke last is killed, and another takes its place."""
    name, count = f"storm {lease}", 24
    chance = random.Random(20261101)  # noqa: S311  # the same kills in every run
    enqueue(database, name, count)
    killed, words, next_kill = 0, 0, 5
    end = time.monotonic() + WITHIN
    with Crowd(database, lease) as crowd:
        for _ in range(3):
            crowd.add()
        while unfinished(database) and time.monotonic() < end:
            speaker = crowd.speaker()
            words += speaker is not None
            if speaker is not None and words >= next_kill and speaker.poll() is None and killed < 5:
                speaker.kill()
                killed += 1
                next_kill = words + chance.randint(3, 9)
                crowd.add()
    assert killed > 0  # five where the machine is quiet; on a busy one the work may be done before
    assert unfinished(database) == 0
    assert lost_and_twice(database, name, count) == (0, 0), "LOST, TWICE"
