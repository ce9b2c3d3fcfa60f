"""A database of a test's own, for what has to be seen from several processes. On SQLite a file, on PostgreSQL a database.

Preparing one takes seconds of work, so what is prepared alike is prepared once in a run of the tests and copied: a file on SQLite, a database
made after a template on PostgreSQL.
"""

import atexit
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

MIGRATE = "from zuji.config.commands import migrate; migrate(lambda _: None)"


@dataclass(frozen=True, slots=True)
class Prepared:
    """An installation that is only copied: its folder, what its database is named on the server, and what preparing it printed."""

    folder: Path
    name: str
    said: str


@contextmanager
def own_database(folder: Path, like: Prepared | None = None) -> Iterator[Mapping[str, str]]:
    """The environment of a process that keeps its data in ``folder`` and, where ``DATABASE_URL`` names a server, in a new database there.

    The database is empty, or the copy of a prepared one, with its files.
    """
    if like is not None:
        shutil.copytree(like.folder, folder, dirs_exist_ok=True)
    environment = _environment(folder)
    if not os.environ.get("DATABASE_URL"):
        yield environment
        return
    name = _named()
    _on_the_server(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{like.name}"' if like else ""))
    try:
        yield {**environment, "DATABASE_URL": _address(name)}
    finally:
        _on_the_server(f'DROP DATABASE "{name}" WITH (FORCE)')


@cache
def migrated() -> Prepared:
    """A database of this version with nothing in it."""
    made = _prepared("-c", MIGRATE)
    for each in made.folder.iterdir():
        if not each.name.startswith("zuji.sqlite3"):  # every installation makes a secret key and static files of its own
            shutil.rmtree(each) if each.is_dir() else each.unlink()
    return made


@cache
def demonstrated() -> Prepared:
    """The demonstration as ``zuji demo`` makes it, with the files and the accounts of it."""
    return _prepared("-m", "zuji.cli", "demo")


def _prepared(*command: str) -> Prepared:
    folder, name = Path(tempfile.mkdtemp(prefix="zuji-prepared-")), _named()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    environment = _environment(folder)
    if os.environ.get("DATABASE_URL"):
        _on_the_server(f'CREATE DATABASE "{name}"')
        atexit.register(_dropped, name)
        environment["DATABASE_URL"] = _address(name)
    done = subprocess.run([sys.executable, *command], env=environment, check=True, capture_output=True, text=True)
    return Prepared(folder, name, done.stdout)


def _environment(folder: Path) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ZUJI_")}
    environment["ZUJI_DATA"] = str(folder)
    return environment


def _named() -> str:
    return f"zuji_own_{secrets.token_hex(6)}"


def _address(name: str) -> str:
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def _on_the_server(statement: str) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(statement.encode())  # a name cannot be a parameter; those here are made above


def _dropped(name: str) -> None:
    with suppress(psycopg.OperationalError):  # the server may have ended before the tests
        _on_the_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def rows(database: Mapping[str, str], statement: str) -> list[tuple[Any, ...]]:
    """What a query finds in the database of that environment, asked for from this process."""
    if database.get("DATABASE_URL"):
        with psycopg.connect(database["DATABASE_URL"]) as server:
            return server.execute(statement.encode()).fetchall()
    file = sqlite3.connect(Path(database["ZUJI_DATA"]) / "zuji.sqlite3", timeout=20)
    try:
        return file.execute(statement).fetchall()
    finally:
        file.close()
