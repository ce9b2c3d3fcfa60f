"""A database of a test's own, for what has to be seen from several processes. On SQLite a file, on PostgreSQL a database."""

import os
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg


@contextmanager
def own_database(folder: Path) -> Iterator[Mapping[str, str]]:
    """The environment of a process that keeps its data in ``folder`` and, where ``DATABASE_URL`` names a server, in a new database there."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ZUJI_")}
    environment["ZUJI_DATA"] = str(folder)
    address = os.environ.get("DATABASE_URL")
    if not address:
        yield environment
        return
    name = f"zuji_own_{secrets.token_hex(6)}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')  # a name cannot be a parameter; it is made above
        try:
            yield {**environment, "DATABASE_URL": urlunsplit(urlsplit(address)._replace(path=f"/{name}"))}
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


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
