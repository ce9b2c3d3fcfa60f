"""A PostgreSQL server of the measurements' own: where ``DATABASE_URL`` names none and its programs are on the machine. A socket file, no port."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg


@contextmanager
def postgresql() -> Iterator[str | None]:
    """The address of a new database, gone afterwards; None where there is no server and none can be started.

    A server that is started here has the settings of its package: what is committed is on disk.
    """
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://")):
        with own_database(given) as address:
            yield address
        return
    programs = _programs()
    if programs is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder, _started(programs, Path(folder)) as server, own_database(server) as address:
        yield address


@contextmanager
def own_database(server: str) -> Iterator[str]:
    """A new database on a server, dropped afterwards."""
    name = f"zuji_bench_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # a name cannot be a parameter; it is made above
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    path = str(found[-1]) if found else shutil.which("initdb")
    if path is None or (_is_root() and shutil.which("runuser") is None):
        return None
    return Path(path).parent


@contextmanager
def _started(programs: Path, folder: Path) -> Iterator[str]:
    data = folder / "data"
    if _is_root():  # PostgreSQL refuses to run as root: the user of the Debian package takes it
        folder.chmod(0o711)
        data.mkdir()
        shutil.chown(data, "postgres")
        shutil.chown(folder, "postgres")
    _run([str(programs / "initdb"), "-D", str(data), "-U", "zuji", "-A", "trust", "-E", "UTF8", "--no-locale"])
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}'"
    _run([str(programs / "pg_ctl"), "-D", str(data), "-l", str(folder / "log"), "-w", "-s", "start", "-o", options])
    try:
        yield f"postgresql://zuji@/postgres?host={folder}"
    finally:
        _run([str(programs / "pg_ctl"), "-D", str(data), "-s", "-m", "immediate", "stop"])


def _run(command: Sequence[str]) -> None:
    as_postgres = ["runuser", "-u", "postgres", "--", *command] if _is_root() else list(command)
    subprocess.run(as_postgres, check=True, stdout=subprocess.DEVNULL, cwd="/")


def _is_root() -> bool:
    return os.getuid() == 0
