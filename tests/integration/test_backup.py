"""The drill: data are made, backed up, destroyed and restored, and everything is compared. On both databases, by the commands themselves."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.own_database import Prepared, migrated, own_database, rows
from zuji.registry.backup import archive, manifest

WITHIN = 120.0
CHANGES = {"audit_event", "django_session"}  # a backup and a restore are events; sessions end with a restore
SCAN = b"".join(hashlib.sha256(b"%d" % number).digest() for number in range(20_000))  # as little to be packed smaller as a scan
SEED = """
import django
django.setup()
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from zuji.engine.text import Text
from zuji.registry.accounts import operations as accounts
from zuji.registry.jobs import operations as jobs
firm = accounts.register_enterprise(actor="system", uscc="91420200MADEM01014", name=Text("测试水泥厂", "Test Works"), city=Text("黄石", "Huangshi"))
person = accounts.create_user(actor="system", email="owner@test.example", name="李敏 '%s \\\\ \\"quoted\\"", password="correct horse battery staple")
accounts.add_member(actor="system", enterprise=firm, user=person, role="owner")
with transaction.atomic():
    jobs.enqueue("report", {"footprint": "铝\\n锭"}, "1")
Session.objects.create(session_key="k" * 32, session_data="x", expire_date=timezone.now() + __import__("datetime").timedelta(days=1))
"""
WRITE = """
import sys, threading, django
django.setup()
from django.db import transaction
from zuji.registry.audit.operations import Action, record
stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), stop.set())).start()
number = 0
while not stop.is_set():
    number += 1
    with transaction.atomic():
        record(action=Action.MEMBER_ADDED, actor="writer", subject=f"subject:{number}")
    if number == 3:
        print("writing", flush=True)
"""
KILLED_AT = """
import subprocess, sqlite3, sys
from pathlib import Path
from zuji.config.ready import set_up
set_up()
from zuji.registry.backup import databases, operations

def at(moment):
    if moment == sys.argv[2]:
        print(moment, flush=True)
        sys.stdin.read()  # until this process is killed

fits, settle, put = operations._fits, operations._settle, databases.put_in_place

def fits_and_say(said):
    fits(said)
    at("checked")

def put_and_say(*given):
    at("files in place")
    put(*given)
    at("restored")

class Popen(subprocess.Popen):
    def wait(self, *given):
        if "pg_restore" in str(self.args[0]):
            at("half the database")  # everything is sent, and not committed
        return super().wait(*given)

class Connection(sqlite3.Connection):
    def backup(self, target):
        super().backup(target, pages=20, progress=lambda *_: at("half the database"))

connect = sqlite3.connect
databases.subprocess.Popen = Popen
databases.sqlite3.connect = lambda *given, **named: connect(*given, factory=Connection, **named)
operations._fits, databases.put_in_place = fits_and_say, put_and_say
operations.restore(Path(sys.argv[1]), actor="system", replace=True)
"""


@dataclass(frozen=True, slots=True)
class Place:
    """An installation: the environment of its processes, and the folder of its data."""

    environment: Mapping[str, str]
    folder: Path

    def run(self, code: str) -> None:
        subprocess.run([sys.executable, "-c", code], env=dict(self.environment), check=True)

    def zuji(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "zuji.cli", *arguments]
        return subprocess.run(command, env=dict(self.environment), capture_output=True, text=True, check=False, timeout=WITHIN)

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        if self.environment.get("DATABASE_URL"):
            names = rows(self.environment, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        else:
            names = rows(self.environment, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        return {name: sorted(rows(self.environment, f"SELECT * FROM {name}"), key=repr) for (name,) in names}  # noqa: S608  # its own tables

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.folder / "files").glob("??/*") if path.is_file()}

    def solved(self) -> dict[str, bytes]:
        background = self.folder / "background"
        return {path.relative_to(background).as_posix(): path.read_bytes() for path in background.glob("*/*")}

    def add_solved(self, content: bytes) -> None:
        """A folder such as the import of a basic database leaves; what is in it, a backup does not ask."""
        folder = self.folder / "background" / hashlib.sha256(content).hexdigest()
        folder.mkdir(parents=True)
        for name in ("manifest.json", "values.npy"):
            (folder / name).write_bytes(content)

    def add_evidence(self, content: bytes) -> Path:
        digest = hashlib.sha256(content).hexdigest()
        path = self.folder / "files" / digest[:2] / digest
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path


@contextmanager
def place(folder: Path, like: Prepared | None = None) -> Iterator[Place]:
    with own_database(folder, like) as given:
        yield Place({**given, "DJANGO_SETTINGS_MODULE": "zuji.config.settings"}, folder)


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup, and what the installation held that it was made of, which is no more."""

    file: Path
    tables: dict[str, list[tuple[Any, ...]]]
    files: dict[str, bytes]
    solved: dict[str, bytes]
    secret_key: str


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder, file = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("kept") / "backup.tar.gz"
    with place(folder, migrated()) as first:
        first.run(SEED)
        for content in (b"%PDF-1.7 1", "用电量 kWh".encode(), SCAN):
            first.add_evidence(content)
        first.add_solved(b"a solved database")
        (folder / "background" / ".half.part").mkdir()
        (folder / "background" / ".half.part" / "values.npy").write_bytes(b"still written")
        (folder / "files" / "incoming").mkdir(exist_ok=True)
        (folder / "files" / "incoming" / "half").write_bytes(b"still arriving")
        held = Kept(
            file,
            first.tables(),
            first.files(),
            {k: v for k, v in first.solved().items() if k[0] != "."},
            (folder / "secret-key").read_text(),
        )
        made = first.zuji("backup", str(file), "--with-secret-key")
        assert (made.returncode, made.stderr) == (0, "")
        assert first.tables()["audit_event"] != held.tables["audit_event"]  # the backup is an event
    shutil.rmtree(folder)
    return held


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """An installation with data of its own."""
    with place(tmp_path_factory.mktemp("used"), migrated()) as here:
        here.run(SEED.replace("李敏", "周涛").replace("owner@", "other@"))
        here.add_evidence(b"of before")
        yield here


def same_but_for_events(tables: dict[str, list[tuple[Any, ...]]], kept: Kept) -> None:
    assert set(tables) == set(kept.tables)
    assert {name: found for name, found in tables.items() if name not in CHANGES} == {
        name: found for name, found in kept.tables.items() if name not in CHANGES
    }
    events = sorted(tables["audit_event"], key=lambda event: str(event[1]).zfill(9))
    assert len(events) == len(kept.tables["audit_event"]) + 1
    assert set(kept.tables["audit_event"]) < set(events)
    assert tables["django_session"] == []


def test_the_drill(kept: Kept, tmp_path: Path) -> None:
    with place(tmp_path) as second:
        restored = second.zuji("restore", str(kept.file))
        assert (restored.returncode, restored.stderr) == (0, "")
        assert "完好 whole" in restored.stdout
        same_but_for_events(second.tables(), kept)
        assert second.files() == kept.files
        assert second.solved() == kept.solved
        assert len(kept.solved) == 2
        assert (tmp_path / "secret-key").read_text() == kept.secret_key
        assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
        assert [path.name for path in tmp_path.glob(".backup-work-*")] == []
        again = second.zuji("restore", str(kept.file))  # what was restored is data, too
        assert again.returncode == 3
        assert "--replace" in again.stderr


def test_what_a_backup_holds_and_what_not(kept: Kept, tmp_path: Path) -> None:
    said = archive.unpack(kept.file, tmp_path / "into")
    engine = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
    files = {f"files/{name[:2]}/{name}" for name in kept.files}
    solved = {f"background/{name}" for name in kept.solved}
    assert set(said.members) == {manifest.DATABASES[engine], manifest.SECRET_KEY, *files, *solved}
    assert said.tables == {name: len(found) for name, found in kept.tables.items()}
    assert said.events == len(kept.tables["audit_event"])
    assert said.head in {value for event in kept.tables["audit_event"] for value in event}


def test_the_secret_key_is_left_out_unless_it_is_asked_for(used: Place, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar.gz"
    assert used.zuji("backup", str(file)).returncode == 0
    assert manifest.SECRET_KEY not in archive.unpack(file, tmp_path / "into").members
    again = used.zuji("backup", str(file))
    assert again.returncode == 3
    assert "exists already" in again.stderr


def test_altered_evidence_is_said_and_kept_as_it_is(used: Place, tmp_path: Path) -> None:
    path = used.add_evidence(b"as it was handed in")
    path.write_bytes(b"as somebody changed it")
    made = used.zuji("backup", str(tmp_path / "backup.tar.gz"))
    path.unlink()
    assert made.returncode == 1
    assert f"altered on disk, kept as it is: files/{path.name[:2]}/{path.name}" in made.stdout


def repacked(kept: Kept, folder: Path, **changed: object) -> Path:
    """The backup with another manifest."""
    said = archive.unpack(kept.file, folder / "parts").model_copy(update=changed)
    target = folder / "changed.tar.gz"
    archive.write(target, [(name, folder / "parts" / name) for name in said.members], lambda _: said)
    return target


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"migrations": ["jobs.0001_initial", "jobs.0999_of_tomorrow"], "version": "9.0.0"}, "newer version (9.0.0)"),
        ({"form": 2}, "newer version"),
        ({"engine": "another"}, "of another"),
        ({"tables": {"audit_event": 999}}, None),
    ],
    ids=["newer", "newer form", "another engine", "other counts"],
)
def test_what_does_not_fit_is_refused_and_nothing_is_touched(
    kept: Kept, used: Place, tmp_path: Path, changed: dict[str, object], says: str | None
) -> None:
    before = used.tables()
    refused = used.zuji("restore", "--replace", str(repacked(kept, tmp_path, **changed)))
    assert refused.returncode == 3, refused
    if says is not None:
        assert says in refused.stderr
    assert used.tables() == before


def test_a_flipped_byte_is_noticed_before_anything_is_touched(kept: Kept, used: Place, tmp_path: Path) -> None:
    before, files = used.tables(), used.files()
    content = bytearray(kept.file.read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "flipped").write_bytes(content)
    (tmp_path / "short").write_bytes(content[: len(content) // 2])
    for name in ("flipped", "short"):
        refused = used.zuji("restore", "--replace", str(tmp_path / name))
        assert refused.returncode == 3
        assert "database." in refused.stderr or "files/" in refused.stderr  # the member in which it is
        assert used.tables() == before
        assert used.files() == files


def kill_a_restore(here: Place, file: Path, moment: str) -> None:
    killed = subprocess.Popen(
        [sys.executable, "-c", KILLED_AT, str(file), moment],
        env=dict(here.environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    late = threading.Timer(WITHIN, killed.kill)
    late.start()
    with killed:
        assert killed.stdout is not None
        assert killed.stdout.readline().strip() == moment
        killed.send_signal(signal.SIGKILL)
    late.cancel()


def test_an_interrupted_restore_leaves_the_old_or_the_new(kept: Kept, tmp_path: Path) -> None:
    with place(tmp_path / "used", migrated()) as here:
        here.run(SEED.replace("李敏", "周涛").replace("owner@", "other@"))
        old = here.add_evidence(b"of before")
        before = here.tables()
        for moment in ("checked", "files in place", "half the database"):
            kill_a_restore(here, kept.file, moment)
            assert here.tables() == before, moment
            assert old.read_bytes() == b"of before"
        kill_a_restore(here, kept.file, "restored")
        found = here.tables()
        assert {name for name in found if found[name] != kept.tables[name]} == set()
        restored = here.zuji("restore", "--replace", str(kept.file))
        assert (restored.returncode, restored.stderr) == (0, "")
        same_but_for_events(here.tables(), kept)
        assert here.files() == kept.files
        assert list((tmp_path / "used").glob(".backup-work-*")) == []


def test_a_backup_under_way_while_others_write_is_of_one_moment(tmp_path: Path) -> None:
    with place(tmp_path / "busy", migrated()) as busy:
        busy.run(SEED)
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITE], env=dict(busy.environment), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        with writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "writing\n"
            made = busy.zuji("backup", str(tmp_path / "backup.tar.gz"))
        assert writer.returncode == 0
        assert made.returncode == 0, made
        last = len(busy.tables()["audit_event"])
    with place(tmp_path / "calm") as calm:
        restored = calm.zuji("restore", str(tmp_path / "backup.tar.gz"))
        assert restored.returncode == 0, restored
        assert 3 < len(calm.tables()["audit_event"]) < last


def test_an_older_backup_is_brought_to_this_version(tmp_path: Path) -> None:
    """The tables as they were before jobs: their migration is undone, and the restore of that backup makes them anew."""
    with place(tmp_path / "old", migrated()) as old:
        old.run(SEED)
        old.run(
            "import django; django.setup(); from django.core.management import call_command; call_command('migrate', 'jobs', 'zero', verbosity=0)"
        )
        firms = old.tables()["accounts_enterprise"]
        assert old.zuji("backup", str(tmp_path / "backup.tar.gz")).returncode == 0
    with place(tmp_path / "new") as new:
        assert new.zuji("restore", str(tmp_path / "backup.tar.gz")).returncode == 0
        tables = new.tables()
        assert tables["jobs_job"] == []
        assert tables["accounts_enterprise"] == firms
