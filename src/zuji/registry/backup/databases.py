"""A database as a file, and a file as the database again, on either engine. Putting one in the place of the other is one transaction."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, connections

from zuji.engine.text import Text, same
from zuji.registry.audit import chain
from zuji.registry.backup.manifest import Damaged, Manifest
from zuji.registry.refusals import Refused

Ask = Callable[[str], Sequence[tuple[Any, ...]]]
_TABLE = re.compile(r"[a-z][a-z0-9_]*")
_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    "postgresql": "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = 'public' ORDER BY tablename",
}
# Everything of ours in the schema goes, and nothing else: the schema itself and extensions may belong to somebody else.
_EMPTY = """
DO $$ DECLARE thing record; BEGIN
  FOR thing IN SELECT format('DROP TABLE IF EXISTS %I.%I CASCADE', schemaname, tablename) AS drop FROM pg_tables WHERE schemaname = 'public'
  LOOP EXECUTE thing.drop; END LOOP;
  FOR thing IN SELECT format('DROP FUNCTION IF EXISTS %s CASCADE', p.oid::regprocedure) AS drop FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP EXECUTE thing.drop; END LOOP;
END $$;
"""
_CHECK = "DO $$ BEGIN IF (SELECT count(*) FROM public.NAME) <> ROWS THEN RAISE EXCEPTION 'rows of NAME'; END IF; END $$;\n"


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be counted in a database: rows by table, migrations, the chain's length and its last hash."""

    tables: dict[str, int]
    migrations: list[str]
    events: int
    head: str


def engine() -> str:
    return connection.vendor


def snapshot(file: Path) -> Facts:
    """Write the database, as it is at one moment, to ``file``; what is in it."""
    return _snapshot_sqlite(file) if engine() == "sqlite" else _snapshot_postgresql(file)


def put_in_place(file: Path, said: Manifest) -> None:
    """Make ``file`` the database: all of it or, where anything fails or the process is killed, nothing of it."""
    connections.close_all()
    if engine() == "sqlite":
        _put_sqlite(file, said)
    else:
        _put_postgresql(file, said)


def _facts(ask: Ask, kind: str) -> Facts:
    names = [name for (name,) in ask(_TABLES[kind])]
    if "audit_event" not in names:
        raise Refused(Text("数据库中还没有数据，无可备份。", "There is nothing in the database yet that could be backed up."))
    tables = {name: int(ask(f'SELECT count(*) FROM "{name}"')[0][0]) for name in names if _TABLE.fullmatch(name)}  # noqa: S608  # names of tables, asked for above
    applied = [f"{app}.{name}" for app, name in ask("SELECT app, name FROM django_migrations ORDER BY app, name")]
    last = ask("SELECT number, hash FROM audit_event ORDER BY number DESC LIMIT 1")
    return Facts(tables=tables, migrations=applied, events=last[0][0] if last else 0, head=last[0][1] if last else chain.FIRST)


# SQLite -------------------------------------------------------------------------------------------------------------------


def _snapshot_sqlite(file: Path) -> Facts:
    source, copy = sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=20), sqlite3.connect(file)
    try:
        source.backup(copy)  # SQLite's own, which takes what is written meanwhile into account
        copy.execute("PRAGMA journal_mode=DELETE")
        if not _sound(copy):
            raise Refused(Text("数据库本身已损坏（integrity_check 未通过）。", "The database itself is damaged (integrity_check fails)."))
        return _facts(lambda statement: copy.execute(statement).fetchall(), "sqlite")
    finally:
        copy.close()
        source.close()


def _sound(database: sqlite3.Connection) -> bool:
    database.create_function("REGEXP", 2, _matches)  # Django's name for it, which constraints call
    try:
        return bool(database.execute("PRAGMA integrity_check").fetchall() == [("ok",)])
    except sqlite3.DatabaseError:
        return False


def _matches(pattern: str, text: object) -> bool | None:
    return None if text is None else re.search(pattern, str(text)) is not None


def _put_sqlite(file: Path, said: Manifest) -> None:
    copy, live = sqlite3.connect(file), sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=20)
    try:
        if not _sound(copy) or _facts(lambda statement: copy.execute(statement).fetchall(), "sqlite") != _expected(said):
            raise Damaged(file.name, "内容与清单不符", "its content is not what the manifest says")
        copy.backup(live)
    except sqlite3.OperationalError as error:
        raise Refused(
            Text(f"数据库正被占用：{error}。请先停止服务。", f"The database is in use: {error}. Stop the service first.")
        ) from None
    finally:
        live.close()
        copy.close()


def _expected(said: Manifest) -> Facts:
    return Facts(tables=said.tables, migrations=said.migrations, events=said.events, head=said.head)


# PostgreSQL ---------------------------------------------------------------------------------------------------------------


def _snapshot_postgresql(file: Path) -> Facts:
    with psycopg.connect(**_address()) as asking:
        asking.isolation_level, asking.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
        exported = asking.execute("SELECT pg_export_snapshot()").fetchall()[0][0]
        dump = [_tool("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", "--schema=public", f"--snapshot={exported}"]
        done = subprocess.run([*dump, f"--file={file}"], env=_environment(), capture_output=True, text=True, check=False)  # noqa: S603  # a tool of PostgreSQL with our own arguments
        if done.returncode != 0:
            raise Refused(same(f"pg_dump: {_last_line(done.stderr)}"))
        return _facts(lambda statement: asking.execute(statement.encode()).fetchall(), "postgresql")


def _put_postgresql(file: Path, said: Manifest) -> None:
    """Through psql, in a transaction whose COMMIT is the last thing that is sent: where this process ends before, nothing has happened."""
    check = "".join(_CHECK.replace("NAME", name).replace("ROWS", str(rows)) for name, rows in said.tables.items() if _TABLE.fullmatch(name))
    psql = [_tool("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", "--file=-"]
    restore = [_tool("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(file)]
    with (
        subprocess.Popen(psql, env=_environment(), stdin=subprocess.PIPE, stderr=subprocess.PIPE) as writer,  # noqa: S603  # the same
        subprocess.Popen(restore, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reader,  # noqa: S603  # the same
    ):
        assert writer.stdin is not None
        assert writer.stderr is not None
        assert reader.stdout is not None
        assert reader.stderr is not None
        try:
            writer.stdin.write(f"BEGIN;\nSET LOCAL lock_timeout = '30s';\n{_EMPTY}".encode())
            for line in reader.stdout:
                # A dump makes the schema it was asked for; here it is there already, and may belong to somebody else.
                if not line.startswith((b"CREATE SCHEMA public", b"COMMENT ON SCHEMA public")):
                    writer.stdin.write(line)
            if reader.wait() == 0:
                writer.stdin.write(f"{check}COMMIT;\n".encode())
            writer.stdin.close()
        except BrokenPipeError:
            reader.kill()  # psql has ended and says why
        trouble = _last_line(reader.stderr.read().decode(errors="replace") + writer.stderr.read().decode(errors="replace"))
    if reader.returncode != 0 or writer.returncode != 0:
        raise Refused(Text(f"数据库未作改动：{trouble}", f"The database was not changed: {trouble}"))


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Refused(Text(f"找不到 {name}：请安装 postgresql-client。", f"There is no {name}: install postgresql-client."))
    return found


def _address() -> dict[str, Any]:
    given = settings.DATABASES["default"]
    named = {"dbname": given["NAME"], "user": given["USER"], "password": given["PASSWORD"], "host": given["HOST"], "port": given["PORT"]}
    return {name: value for name, value in named.items() if value}


def _environment() -> dict[str, str]:
    """For PostgreSQL's tools: the address by the environment, because everybody on the machine can read arguments."""
    names = {"dbname": "PGDATABASE", "user": "PGUSER", "password": "PGPASSWORD", "host": "PGHOST", "port": "PGPORT"}
    return {**os.environ, **{names[name]: str(value) for name, value in _address().items()}, "PGCONNECT_TIMEOUT": "20"}


def _last_line(text: str) -> str:
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "?")
