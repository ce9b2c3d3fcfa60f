"""Database triggers that count what is claimed of a certificate, on SQLite and on PostgreSQL alike.

The count is one row that is updated, not a sum that is read: two writers at once wait for each other at that row, whatever the isolation level, and
the check constraint judges what is there after both. A direct change of the count is refused unless it is what the claims say.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_CLAIMED = (
    "(SELECT COALESCE(SUM(c.watt_hours), 0) FROM electricity_claim c LEFT JOIN electricity_release r ON r.claim_id = c.code "
    "WHERE c.certificate_id = NEW.certificate_id AND r.claim_id IS NULL)"
)
_WRONG = (
    "NEW.certificate_id <> OLD.certificate_id OR NEW.volume <> OLD.volume OR (NEW.key IS NOT NULL AND COALESCE(OLD.key, '') <> NEW.key) "
    f"OR NEW.claimed <> {_CLAIMED}"
)
_OPENS = "INSERT INTO electricity_standing (certificate_id, key, volume, claimed) VALUES (NEW.code, NEW.key, NEW.watt_hours, 0)"
_COUNTS = "UPDATE electricity_standing SET claimed = claimed + NEW.watt_hours WHERE certificate_id = NEW.certificate_id"
_GIVES_BACK = (
    "UPDATE electricity_standing SET claimed = claimed - (SELECT watt_hours FROM electricity_claim WHERE code = NEW.claim_id) "
    "WHERE certificate_id = (SELECT certificate_id FROM electricity_claim WHERE code = NEW.claim_id)"
)
_EMPTIES = "UPDATE electricity_standing SET key = NULL WHERE certificate_id = NEW.certificate_id"
_MESSAGE = "electricity_standing: only claims and releases change what is claimed"
# name, moment, table, what is done; the last two refuse.
_ACTS = (
    ("electricity_certificate_opens", "AFTER INSERT", "electricity_certificate", _OPENS),
    ("electricity_claim_counts", "AFTER INSERT", "electricity_claim", _COUNTS),
    ("electricity_release_gives_back", "AFTER INSERT", "electricity_release", _GIVES_BACK),
    ("electricity_voiding_empties", "AFTER INSERT", "electricity_voiding", _EMPTIES),
)
_GUARDS = (
    ("electricity_standing_is_counted", "BEFORE UPDATE", "electricity_standing", _WRONG),
    ("electricity_standing_stays", "BEFORE DELETE", "electricity_standing", "TRUE"),
)


class Counting(Operation):
    """Migration step: the triggers. SQLite drops them where it builds a table anew: such a migration puts them back."""

    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The state of the models is the same: triggers are not part of it."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        del app_label, from_state, to_state
        made = _postgresql() if schema_editor.connection.vendor == "postgresql" else _sqlite()
        for statement in made:
            schema_editor.execute(statement, params=None)  # None: a percent sign is a percent sign

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        del app_label, from_state, to_state
        for name, _, table, _ in (*_ACTS, *_GUARDS):
            on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER {name}{on}")

    def describe(self) -> str:
        return "Let the database count what is claimed of a certificate"


def _sqlite() -> list[str]:
    return [
        *(f"CREATE TRIGGER {name} {moment} ON {table} BEGIN {act}; END" for name, moment, table, act in _ACTS),
        *(
            f"CREATE TRIGGER {name} {moment} ON {table} WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
            for name, moment, table, wrong in _GUARDS
        ),
    ]


def _postgresql() -> list[str]:
    made = []
    for name, moment, table, act in _ACTS:
        made.append(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {act}; RETURN NULL; END $$")
        made.append(f"CREATE TRIGGER {name} {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
    for name, moment, table, wrong in _GUARDS:
        made.append(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {wrong} THEN "
            f"RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
        )
        made.append(f"CREATE TRIGGER {name} {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
    return made
