"""A database of a test's own, for what has to be seen from several processes. On SQLite a file, on PostgreSQL a database."""

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
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
