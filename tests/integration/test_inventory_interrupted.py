"""An import that is killed in the middle: the same command completes it, reads no file twice, and leaves what an undisturbed one leaves."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tests.integration.inventories import ORE, STONE, files
from tests.own_database import migrated, own_database, rows
from tests.unit.formats.inventories import packages
from tests.unit.formats.inventories.packages import CO2, ilcd_exchange, ilcd_process

MANY = 800
PYTHON = (sys.executable, "-m", "zuji.cli")


def package(at: Path) -> Path:
    """The small database and as many quarries, one file each."""
    held = files()
    for n in range(MANY):
        identity = f"cccccccc-0000-4000-8000-{n:012d}"
        exchanges = (ilcd_exchange(0, STONE, "Output", "1"), ilcd_exchange(1, ORE, "Input", "1"), ilcd_exchange(2, CO2, "Output", "0.002"))
        held[f"ILCD/processes/quarry-{n:05d}.xml"] = ilcd_process(identity, f"采石场 {n}", f"quarry {n}", *exchanges).encode()
    path = at / "quarries.zip"
    path.write_bytes(packages.zipped(held))
    return path


def command(path: Path, work: Path) -> list[str]:
    said = [
        "--store",
        "--name",
        "采石场",
        "--publisher",
        "足迹",
        "--licence",
        "CC0-1.0",
        "--public",
        "--year",
        "2026",
        "--lang",
        "en",
        "--link",
        "only-provider",
    ]
    return [*PYTHON, "import", "ilcd", str(path), "--work", str(work), *said]


def read_so_far(work: Path) -> int:
    return sum(path.read_bytes().count(b"\n") for path in work.glob("*.jsonl"))


def kill_in_the_middle(path: Path, work: Path, database: Mapping[str, str]) -> int:
    """Start it, kill it with SIGKILL as soon as some files are read, and give how many it had read when its child had ended as well."""
    process = subprocess.Popen(command(path, work), env=dict(database), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while read_so_far(work) < 50:
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < until
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    left, before = -1, -2
    while left != before:
        before, left = left, read_so_far(work)
        time.sleep(0.3)
    return left


def test_killed_in_the_middle_the_same_command_completes_and_nothing_is_doubled(tmp_path: Path) -> None:
    path, work = package(tmp_path), tmp_path / "work"
    work.mkdir()
    with own_database(tmp_path / "data", migrated()) as database:
        left = kill_in_the_middle(path, work, database)
        assert 50 <= left < MANY, "the reading child ends with its parent"
        assert rows(database, "SELECT count(*) FROM inventory_release") == [(0,)], "nothing half-imported"
        done = subprocess.run(command(path, work), env=dict(database), check=True, capture_output=True, text=True)
        assert f"went on from file {left + 1:,}" in done.stdout
        assert list(work.iterdir()) == []
        ((code, datasets),) = rows(database, "SELECT code, datasets FROM inventory_release")
        assert datasets == MANY + 6
        assert rows(database, "SELECT count(*), count(DISTINCT uuid) FROM inventory_dataset") == [(datasets, datasets)]
        again = subprocess.run(command(path, tmp_path / "other"), env=dict(database), check=True, capture_output=True, text=True)
        assert code in again.stdout, "the release is the one that an undisturbed import makes"
        assert rows(database, "SELECT count(*) FROM inventory_release") == [(1,)]
