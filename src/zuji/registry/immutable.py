"""Database triggers that refuse to change or remove the rows of a table, on SQLite and on PostgreSQL alike."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Immutable(Operation):
    """Migration step: rows of ``table`` are only ever added; UPDATE, DELETE and TRUNCATE are refused by the database."""

    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The state of the models is the same: triggers are not part of it."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        del app_label, from_state, to_state
        for statement in _statements(self.table, schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)  # None: a percent sign is a percent sign

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        del app_label, from_state, to_state
        table, vendor = self.table, schema_editor.connection.vendor
        for event in ("update", "delete", "truncate") if vendor == "postgresql" else ("update", "delete"):
            on = f" ON {table}" if vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER {table}_no_{event}{on}")

    def describe(self) -> str:
        return f"Refuse to change or remove rows of {self.table}"


class Changeable(Immutable):
    """Migration step: the triggers of :class:`Immutable` are taken away, until an ``Immutable`` of the same table puts them back.

    Around a change of columns: SQLite makes such a change by building the table anew, without its triggers.
    """

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        super().database_backwards(app_label, schema_editor, to_state, from_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        super().database_forwards(app_label, schema_editor, to_state, from_state)

    def describe(self) -> str:
        return f"Let the table {self.table} be altered"


def _statements(table: str, vendor: str) -> list[str]:
    message = f"{table}: rows are never changed or removed"
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END"
            for event in ("update", "delete")
        ]
    function = (
        "CREATE OR REPLACE FUNCTION zuji_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%: rows are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    return [
        function,
        *(
            f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} "
            f"FOR EACH {'STATEMENT' if event == 'truncate' else 'ROW'} EXECUTE FUNCTION zuji_refuse_change()"
            for event in ("update", "delete", "truncate")
        ),
    ]
