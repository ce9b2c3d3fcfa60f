"""Roles of the database server: one that the platform works as, which cannot change what is only ever added, and one that reads the record.

PostgreSQL alone has them. The owner of the tables, who migrates, stays another role: an owner can always take a trigger away, and the platform
must not be able to. On SQLite whoever may write the file may write anything; there the triggers guard against faults, not against an intruder,
and a head kept elsewhere (``zuji audit head``) is what shows a change.
"""

import re
from collections.abc import Sequence

from django.db import connection

from zuji.engine.text import Text
from zuji.registry.refusals import Refused

APPLICATION, AUDITOR = "zuji_app", "zuji_auditor"
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,40}", re.ASCII)
_READ_ONLY = frozenset({"django_migrations"})
_GUARDED = """
SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE p.proname = 'zuji_refuse_change' AND c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
AND t.tgname = c.relname || '_no_update'
"""


def grant(*, application: str = APPLICATION, auditor: str = AUDITOR) -> list[str]:
    """Make both roles, or bring them to the tables that there are now; the statements that were run. Repeating it changes nothing.

    Raises:
        Refused: the database has no roles (SQLite), or a name is none.
    """
    if connection.vendor != "postgresql":
        raise Refused(
            Text(
                "只有 PostgreSQL 有数据库角色。SQLite 上请限制数据库文件的权限，并把记录链的末端（zuji audit head）另行保存。",
                "Only PostgreSQL has roles. On SQLite restrict the permissions of the file, and keep the head of the record (zuji audit head) elsewhere.",
            )
        )
    for name in (application, auditor):
        if _NAME.fullmatch(name) is None:
            raise Refused(Text(f"“{name[:40]}”不能作角色名。", f"“{name[:40]}” cannot be the name of a role."))
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        cursor.execute(_GUARDED)
        guarded = {name for (name,) in cursor.fetchall()}
        cursor.execute(
            "SELECT current_database(), current_schema(), rolname FROM pg_roles WHERE rolname = ANY(%s)", [[application, auditor]]
        )
        there = {row[2] for row in cursor.fetchall()}
        cursor.execute("SELECT current_database(), current_schema()")
        database, schema = cursor.fetchone() or ("", "")
        made = [f'CREATE ROLE "{name}" LOGIN' for name in (application, auditor) if name not in there]
        statements = [*made, *_statements(application, auditor, database=database, schema=schema, tables=tables, guarded=guarded)]
        for statement in statements:
            cursor.execute(statement)
    return statements


def _statements(application: str, auditor: str, *, database: str, schema: str, tables: Sequence[str], guarded: set[str]) -> list[str]:
    both = f'"{application}", "{auditor}"'
    restricted = [f'ALTER ROLE "{name}" NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS' for name in (application, auditor)]
    granted = []
    for table in sorted(tables):
        verbs = "SELECT" if table in _READ_ONLY else "SELECT, INSERT" if table in guarded else "SELECT, INSERT, UPDATE, DELETE"
        granted.append(f'GRANT {verbs} ON "{table}" TO "{application}"')
    return [
        *restricted,
        f'GRANT CONNECT ON DATABASE "{database}" TO {both}',
        f'REVOKE CREATE ON SCHEMA "{schema}" FROM PUBLIC, {both}',
        f'GRANT USAGE ON SCHEMA "{schema}" TO {both}',
        f'REVOKE ALL ON ALL TABLES IN SCHEMA "{schema}" FROM {both}',
        *granted,
        f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA "{schema}" TO "{application}"',
        f'GRANT SELECT ON "audit_event" TO "{auditor}"',
    ]
