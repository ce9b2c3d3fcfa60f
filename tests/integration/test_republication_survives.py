"""A worker that carries out a publication is killed with SIGKILL at a tenth, half and nine tenths of it: nothing is lost, nobody is told twice."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.integration.test_jobs_survive import kill, read_until
from tests.own_database import migrated, own_database, rows

FOOTPRINTS, AT_ONCE = 60, 5
MADE = """
import sys, django
django.setup()
from tests.republication_province import filled
filled(int(sys.argv[1]))
"""
WORK = """
import sys, django
django.setup()
from zuji.config.jobs import stopped_by_signal
from zuji.config.kinds import KINDS
from zuji.registry.jobs import operations, queries
from zuji.registry.jobs.worker import Worker
from zuji.registry.republication import operations as republication, tasks
from zuji.registry.republication.models import Successor

tasks.DRAFTS_AT_ONCE = int(sys.argv[1])
stay_at = int(sys.argv[2])
keep = republication.keep_drafts

def keep_and_stay(**given):
    keep(**given)
    done = Successor.objects.count()  # of this transaction too, which is not committed yet
    print(done, flush=True)
    if stay_at and done >= stay_at:
        print("here", flush=True)
        sys.stdin.read()  # until this process is killed

republication.keep_drafts = keep_and_stay
pace = operations.Pace(poll=0.05, beat=0.2, lease=1, attempts=1000, backoff=0, database=0.1, grace=0.1)
worker = Worker(KINDS, stopped_by_signal(), pace)
while worker.run(until_empty=not stay_at) or queries.counts().get("running"):
    pass  # the heart of the one that was killed is held to beat for a second yet
print("empty", flush=True)
"""


@pytest.fixture
def province(tmp_path: Path) -> Iterator[Mapping[str, str]]:
    with own_database(tmp_path, migrated()) as given:
        environment = {**given, "DJANGO_SETTINGS_MODULE": "zuji.config.settings", "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
        subprocess.run([sys.executable, "-c", MADE, str(FOOTPRINTS)], env=environment, check=True)
        yield environment


def start(province: Mapping[str, str], stay_at: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", WORK, str(AT_ONCE), str(stay_at)],
        env=dict(province),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def test_killed_at_a_tenth_at_half_and_at_nine_tenths(province: Mapping[str, str]) -> None:
    firms = {firm for (firm,) in rows(province, "SELECT DISTINCT enterprise_id FROM footprints_footprint")}
    for share in (0.1, 0.5, 0.9):
        worker = start(province, int(FOOTPRINTS * share))
        read_until(worker, "here")
        kill(worker)
        so_far = rows(province, "SELECT footprint_id FROM republication_successor")
        assert len(so_far) < FOOTPRINTS * share + AT_ONCE  # what was being written fell with its worker
        assert len(so_far) == len(set(so_far))
    last = start(province, 0)
    read_until(last, "empty")
    kill(last)
    drafts = Counter(code for (code,) in rows(province, "SELECT footprint_id FROM republication_successor"))
    assert (len(drafts), set(drafts.values())) == (FOOTPRINTS, {1})
    told = Counter(firm for (firm,) in rows(province, "SELECT enterprise_id FROM republication_notice"))
    assert told == Counter(firms)
    letters = sorted((Path(province["ZUJI_DATA"]) / "mail").iterdir())
    to = Counter(line for file in letters for line in file.read_text("utf-8").splitlines() if line.startswith("To: "))
    assert (len(to), set(to.values())) == (len(firms), {1})
    states = Counter(rows(province, "SELECT kind, state FROM jobs_job WHERE kind LIKE 'republication.%'"))
    assert {state for _, state in states} == {"done"}
    events = rows(province, "SELECT count(*) FROM audit_event WHERE action = 'republication.drafted'")
    assert events[0][0] == FOOTPRINTS // AT_ONCE + 1  # one for each piece that was kept, and one for the end
