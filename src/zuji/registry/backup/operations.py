"""Make a backup of everything, and make everything of a backup."""

import datetime
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from zuji.engine.text import Text
from zuji.registry.audit import chain
from zuji.registry.audit import queries as audit
from zuji.registry.audit.models import Event
from zuji.registry.audit.operations import PLATFORM, Action, record
from zuji.registry.backup import archive, databases, manifest
from zuji.registry.backup.manifest import Manifest, Member
from zuji.registry.refusals import Refused


@dataclass(frozen=True, slots=True)
class Made:
    """A backup. ``altered`` are evidence files that no longer give the hash in their name: they are in it as they are."""

    manifest: Manifest
    altered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and what the audit chain says of it now: nothing, if it is whole and ends as the manifest says."""

    manifest: Manifest
    faults: tuple[str, ...]


def make(target: Path, *, actor: str, with_secret_key: bool = False) -> Made:
    """Write everything to ``target``. The service may go on meanwhile: the database is taken as it is at one moment.

    Raises:
        Refused: the file exists already, there is nothing to back up, or a tool is missing.
    """
    if target.exists():
        raise Refused(Text(f"{target} 已存在。", f"{target} exists already."))
    with _alone() as work:
        kind = databases.engine()
        database = work / manifest.DATABASES[kind]
        facts = databases.snapshot(database)
        # After the database: a row that names a file is written when the file is there, so no row is without its file.
        members = [(manifest.DATABASES[kind], database), *_evidence(), *_solved()]
        if with_secret_key:
            (work / manifest.SECRET_KEY).write_text(settings.SECRET_KEY, encoding="ascii")
            members.append((manifest.SECRET_KEY, work / manifest.SECRET_KEY))

        def seal(written: Mapping[str, Member]) -> Manifest:
            made = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
            return Manifest(
                form=manifest.FORM,
                version=settings.VERSION,
                engine=kind,
                made=made,
                migrations=facts.migrations,
                tables=facts.tables,
                events=facts.events,
                head=facts.head,
                members=dict(written),
            )

        sealed = archive.write(target, members, seal)
    details: dict[str, str | int | bool | None] = {
        "events": sealed.events,
        "head": sealed.head,
        "members": len(sealed.members),
        "secret_key": with_secret_key,
    }
    with transaction.atomic():
        record(action=Action.BACKED_UP, actor=actor, subject=PLATFORM, details=details)
    altered = (name for name, member in sealed.members.items() if manifest.is_evidence(name) and not name.endswith(member.sha256))
    return Made(manifest=sealed, altered=tuple(altered))


def restore(source: Path, *, actor: str, replace: bool = False) -> Restored:
    """Make this installation what the backup holds. It is checked whole before anything here is touched.

    Evidence files and solved databases come first, under the hashes that name them, where they harm nothing; then the database, in one transaction. A restore
    that is interrupted before that has changed nothing, and one that is interrupted after it has restored all.

    Raises:
        Damaged: the archive is not as it was written.
        Refused: there are data here and ``replace`` was not said; the backup is of another engine or a newer version.
    """
    if not replace and _has_data():
        raise Refused(
            Text("此处已有数据。确要覆盖，请加 --replace。", "There are data here already. To overwrite them, say --replace."),
        )
    with _alone() as work:
        said = archive.unpack(source, work)
        _fits(said)
        names = [name for name in said.members if manifest.is_evidence(name)]
        for name in names:
            _settle(work / name, Path(settings.FILES) / name.removeprefix("files/"))
        for name in filter(manifest.is_solved, said.members):
            _settle(work / name, Path(settings.BACKGROUND) / name.removeprefix("background/"))
        databases.put_in_place(work / manifest.DATABASES[said.engine], said)
        for name, path in _evidence():
            if name not in said.members:
                path.unlink()
        if manifest.SECRET_KEY in said.members:
            _settle(work / manifest.SECRET_KEY, settings.DATA / "secret-key")
    call_command("migrate", verbosity=0, interactive=False)
    faults = _chain_faults(said)
    with transaction.atomic():
        Session.objects.all().delete()  # who was signed in then may have lost that right since: everybody signs in anew
        record(action=Action.RESTORED, actor=actor, subject=PLATFORM, details={"made": said.made, "head": said.head, "events": said.events})
    return Restored(manifest=said, faults=tuple(faults))


@contextmanager
def _alone() -> Iterator[Path]:
    """A folder to work in, beside the data and nobody else's; one backup or restore at a time. What a killed one left goes first."""
    with (settings.DATA / ".backup-lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused(Text("另一个备份或恢复正在进行。", "Another backup or restore is going on.")) from None
        for left in settings.DATA.glob(".backup-work-*"):
            shutil.rmtree(left)
        work = Path(tempfile.mkdtemp(prefix=".backup-work-", dir=settings.DATA))
        try:
            yield work
        finally:
            shutil.rmtree(work)


def _evidence() -> list[tuple[str, Path]]:
    """The evidence files, by the names they have in an archive; what is still arriving is none yet."""
    folder = Path(settings.FILES)
    found = ((f"files/{path.parent.name}/{path.name}", path) for path in sorted(folder.glob("??/*")))
    return [(name, path) for name, path in found if manifest.allowed(name) and path.is_file() and not path.is_symlink()]


def _solved() -> list[tuple[str, Path]]:
    """The files of the solved basic databases; a folder that is still being written has another name."""
    folder = Path(settings.BACKGROUND)
    found = ((f"background/{path.parent.name}/{path.name}", path) for path in sorted(folder.glob("*/*")))
    return [(name, path) for name, path in found if manifest.allowed(name) and path.is_file() and not path.is_symlink()]


def _has_data() -> bool:
    """Every write leaves an event, so a database without one holds nothing but its empty tables."""
    return bool(_evidence()) or ("audit_event" in connection.introspection.table_names() and Event.objects.exists())


def _fits(said: Manifest) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if said.form != manifest.FORM or not known.issuperset(said.migrations):
        raise Refused(
            Text(
                f"备份由更新的版本（{said.version}）制作，请先升级本软件。",
                f"The backup was made by a newer version ({said.version}): install that one first.",
            )
        )
    if said.engine != databases.engine():
        here = databases.engine()
        raise Refused(Text(f"备份来自 {said.engine}，此处是 {here}。", f"The backup is of {said.engine}, and here is {here}."))


def _settle(file: Path, place: Path) -> None:
    """Move a file that is on disk to its place, in one step."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _chain_faults(said: Manifest) -> list[str]:
    faults = audit.check()
    last = Event.objects.order_by("-number").values_list("number", "hash").first() or (0, chain.FIRST)
    if last != (said.events, said.head):
        faults.append(f"event {last[0]}: the chain ends here, and in the manifest with event {said.events}")
    return faults
