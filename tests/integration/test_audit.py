"""The audit chain: one event for every write, no forks, no way to change it."""

import datetime
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from tests.integration.conftest import World
from tests.own_database import migrated, own_database
from zuji.registry.audit import chain, queries
from zuji.registry.audit.models import Event
from zuji.registry.audit.operations import Action, record

WRITERS, EACH = 4, 15
WRITE = f"""
import django
django.setup()
from django.db import transaction
from zuji.registry.audit.operations import Action, record
for number in range({EACH}):
    with transaction.atomic():
        record(action=Action.MEMBER_ADDED, actor="writer", subject=f"subject:{{number}}")
"""


def _chain(length: int) -> list[chain.Entry]:
    entries: list[chain.Entry] = []
    for number in range(1, length + 1):
        previous = entries[-1].hash if entries else chain.FIRST
        at = datetime.datetime(2026, 1, 1, 0, 0, number, tzinfo=datetime.UTC)
        entry = chain.Entry(number, at, "user:1", "", "thing.changed", f"thing:{number}", '{"n":1}', previous, "")
        entries.append(replace(entry, hash=chain.digest(entry)))
    return entries


def test_a_chain_as_it_was_written_has_no_fault() -> None:
    assert chain.faults(_chain(5)) == []


@pytest.mark.parametrize("field", ["actor", "enterprise", "action", "subject", "details"])
def test_any_change_to_an_event_is_found(field: str) -> None:
    entries = _chain(4)
    entries[1] = replace(entries[1], **{field: "forged"})  # type: ignore[arg-type]  # the fields named above hold text
    assert any("event 2" in fault for fault in chain.faults(entries))


def test_an_event_changed_together_with_its_hash_is_found() -> None:
    entries = _chain(4)
    forged = replace(entries[1], actor="forged")
    entries[1] = replace(forged, hash=chain.digest(forged))
    assert any("event 3" in fault for fault in chain.faults(entries))


def test_an_event_taken_out_is_found() -> None:
    entries = _chain(4)
    assert chain.faults([entries[0], *entries[2:]]) != []


def test_details_hold_text_and_whole_numbers_only() -> None:
    with pytest.raises(TypeError, match="share"):
        chain.canonical({"share": 0.1})  # type: ignore[dict-item]  # that is the point


def test_what_was_written_stands_in_the_chain(world: World) -> None:
    assert queries.check() == []
    subjects = set(Event.objects.values_list("action", "subject"))
    assert ("footprint.stored", f"footprint:{world.public}") in subjects
    assert ("factors.loaded", "factors") in subjects


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_event SET actor = 'nobody'", "DELETE FROM audit_event", "UPDATE audit_event SET details = '{}' WHERE number = 1"],
)
def test_the_database_refuses_to_change_the_chain(world: World, statement: str) -> None:
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert queries.check() == []


def test_two_events_cannot_follow_the_same_one(world: World) -> None:
    last = Event.objects.order_by("-number")[0]
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.create(
            number=last.number + 1, at=last.at, actor="x", action="x", subject="x", details="{}", previous=last.previous, hash="0" * 64
        )


def test_an_event_falls_with_its_change(world: World) -> None:
    before = Event.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _ = len(record(action=Action.USER_CREATED, actor="x", subject="user:0")) / 0
    assert Event.objects.count() == before


def test_writers_at_once_make_one_chain(tmp_path: Path) -> None:
    """Several processes write at the same time: no event is lost, none follows the same one as another."""
    with own_database(tmp_path, migrated()) as given:
        environment = {**given, "DJANGO_SETTINGS_MODULE": "zuji.config.settings"}
        run = [sys.executable, "-c"]
        writers = [subprocess.Popen([*run, WRITE], env=environment) for _ in range(WRITERS)]
        assert [writer.wait() for writer in writers] == [0] * WRITERS
        look = (
            "import django; django.setup(); from zuji.registry.audit import queries; print(len(list(queries.entries())), queries.check())"
        )
        seen = subprocess.run([*run, look], env=environment, check=True, capture_output=True, text=True).stdout
    assert seen.strip() == f"{WRITERS * EACH} []"
