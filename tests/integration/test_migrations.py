"""Migrations: all tables are made from nothing, and unmade again, on a database of their own."""

import subprocess
import sys
from pathlib import Path

from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

from tests.own_database import own_database, rows

OWN = "zuji.registry."
RUN = """
import sys, django
django.setup()
from django.core.management import call_command
for app in sys.argv[1:]:
    call_command("migrate", app, "zero", verbosity=0, interactive=False)
if not sys.argv[1:]:
    call_command("migrate", verbosity=0, interactive=False)
"""
# Those that cannot be undone, each with its reason.
ONE_WAY: dict[str, str] = {}


def _ours() -> dict[tuple[str, str], Migration]:
    found = MigrationLoader(None).disk_migrations
    return {of: migration for of, migration in found.items() if type(migration).__module__.startswith(OWN)}


def test_every_migration_can_be_undone_or_says_why_not() -> None:
    stuck = {".".join(of) for of, migration in _ours().items() if not all(operation.reversible for operation in migration.operations)}
    assert stuck == set(ONE_WAY)


def test_from_nothing_to_all_and_back_and_again(tmp_path: Path) -> None:
    apps = sorted({app for app, _ in _ours()})
    assert {"audit", "accounts", "jobs", "footprints"} <= set(apps)
    with own_database(tmp_path) as given:
        environment = {**given, "DJANGO_SETTINGS_MODULE": "zuji.config.settings"}

        def migrate(*unmade: str) -> None:
            subprocess.run([sys.executable, "-c", RUN, *unmade], env=environment, check=True)

        def tables() -> set[str]:
            listed = (
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                if given.get("DATABASE_URL")
                else "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            )
            return {str(name) for (name,) in rows(given, listed)}

        migrate()
        made = tables()
        applied = {tuple(row) for row in rows(given, "SELECT app, name FROM django_migrations")}
        assert applied == set(MigrationLoader(None).disk_migrations)
        migrate(*apps)
        assert {name for name in tables() if name.split("_")[0] in apps} == set()
        migrate()
        assert tables() == made
