"""The record of what was done: read by auditors alone, narrowed, paged, exported, verified; and who looked at what is confidential."""

import csv
import datetime
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.integration.conftest import World
from zuji.cli import main
from zuji.registry.accounts import operations as accounts
from zuji.registry.accounts.queries import viewer as viewer_of
from zuji.registry.accounts.viewer import SYSTEM, Grant, Viewer
from zuji.registry.audit import queries
from zuji.registry.audit.models import Event
from zuji.registry.audit.operations import Action, record
from zuji.registry.audit.queries import Filters
from zuji.registry.footprints.reading import seen
from zuji.registry.refusals import NotFound


def _auditor(world: World) -> Viewer:
    return viewer_of(world.people[cast.AUDITOR.email])


def _last() -> Event:
    return Event.objects.order_by("-number")[0]


def test_a_reading_is_narrowed_and_recorded(world: World) -> None:
    auditor, before = _auditor(world), _last().number
    found = accounts.read_record(viewer=auditor, filters=Filters(subject=f"footprint:{world.public}"))
    assert found.total == len(found.rows) > 0
    assert {row.entry.subject for row in found.rows} == {f"footprint:{world.public}"}
    assert found.head is not None
    assert found.head.number == before
    last = _last()
    assert (last.action, last.actor, json.loads(last.details)) == (
        "audit.read",
        auditor.name,
        {"before": None, "subject": f"footprint:{world.public}"},
    )


def test_by_address_action_and_day(world: World) -> None:
    auditor, owner = _auditor(world), f"user:{world.people[cast.OWNER.email]}"
    by_owner = accounts.read_record(viewer=auditor, filters=Filters(actor=cast.OWNER.email))
    assert {row.entry.actor for row in by_owner.rows} == {owner}
    assert by_owner.rows[0].who == cast.OWNER.name
    loaded = accounts.read_record(viewer=auditor, filters=Filters(action=Action.FACTORS_LOADED))
    assert {row.entry.action for row in loaded.rows} == {"factors.loaded"}
    today = timezone.localdate()
    assert accounts.read_record(viewer=auditor, filters=Filters(begins=today + datetime.timedelta(days=1))).total == 0
    assert (
        accounts.read_record(viewer=auditor, filters=Filters(ends=today)).total
        == accounts.read_record(viewer=auditor, filters=Filters()).total - 1
    )


def test_pages_meet_without_gap_or_overlap(world: World) -> None:
    auditor = _auditor(world)
    with transaction.atomic():
        for n in range(60):
            record(action=Action.SITE_ADDED, actor="user:1", subject=f"paged:{n:02}")
    first = accounts.read_record(viewer=auditor, filters=Filters(subject="paged:"))
    second = accounts.read_record(viewer=auditor, filters=Filters(subject="paged:"), before=first.older)
    assert [row.entry.subject for row in (*first.rows, *second.rows)] == [f"paged:{n:02}" for n in reversed(range(60))]
    assert (first.total, second.older) == (60, None)


@pytest.mark.parametrize("person", [cast.OWNER, cast.EXPERT, cast.PUBLISHER, cast.OPERATOR, cast.STRANGER], ids=lambda person: person.name)
def test_nobody_else_reads_exports_or_verifies(world: World, person: cast.Person) -> None:
    other, before = viewer_of(world.people[person.email]), _last().number
    for attempt in (
        lambda: accounts.read_record(viewer=other, filters=Filters()),
        lambda: accounts.export_record(viewer=other, filters=Filters(), form="csv"),
        lambda: accounts.verify_record(viewer=other),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert _last().number == before


def test_the_page_in_both_languages_and_its_verification(world: World, signed_in: Callable[[cast.Person], Client]) -> None:
    client = signed_in(cast.AUDITOR)
    for address, words in (("/audit/", "操作记录"), ("/en/audit/", "Record of what was done")):
        assert words in client.get(address).content.decode()
    assert client.post("/audit/verify/").status_code == 302
    verified = queries.latest(Action.AUDIT_VERIFIED)
    assert verified is not None
    assert json.loads(verified.details)["faults"] == 0
    assert "没有错误" in client.get("/audit/").content.decode()
    odd = {"actor": "x@y", "action": "nothing", "begins": "2026-99-99", "ends": "9999-12-31", "before": "-1", "subject": "%_'\""}
    assert client.get("/audit/", odd).status_code == 200


def test_exports_hold_what_the_filters_leave_and_run_nothing(world: World, signed_in: Callable[[cast.Person], Client]) -> None:
    with transaction.atomic():
        record(action=Action.SITE_ADDED, actor="user:1", subject="=HYPERLINK(1)", details={"note": "x"})
    client = signed_in(cast.AUDITOR)
    answer = client.get("/audit/export/", {"form": "csv", "subject": "=HYPER"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["number", "at", "actor"]
    assert [row[5] for row in rows[1:]] == ["'=HYPERLINK(1)"]
    taken = _last()
    assert (taken.action, json.loads(taken.details)["events"]) == ("audit.exported", 1)
    whole = json.loads(client.get("/audit/export/", {"form": "json", "subject": "=HYPER"}).content)
    assert whole["total"] == 1
    assert whole["events"][0]["subject"] == "=HYPERLINK(1)"
    assert whole["head"]["hash"] == taken.hash


def test_a_head_that_was_kept_shows_what_was_changed_or_cut_off(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept, cut, forged = tmp_path / "head.json", tmp_path / "cut.json", tmp_path / "forged.json"
    assert main(["audit", "head", "--json", str(kept)]) == 0
    told = json.loads(kept.read_text())
    assert told["hash"] == _last().hash
    with transaction.atomic():
        record(action=Action.SITE_ADDED, actor="user:1", subject="later")
    assert main(["audit", "verify", "--head", str(kept)]) == 0
    cut.write_text(json.dumps(told | {"number": told["number"] + 99}))
    forged.write_text(json.dumps(told | {"hash": "0" * 64}))
    assert main(["audit", "verify", "--head", str(cut), "--head", str(forged)]) == 1
    said = capsys.readouterr().out
    assert "is missing now" in said
    assert "had the hash 000000000000" in said
    assert main(["audit", "verify", "--head", str(tmp_path / "none.json")]) == 2
    assert main(["audit", "head", "--until", "2001-01-01"]) == 1


def test_whoever_looks_from_outside_is_recorded_once_a_day(world: World) -> None:
    grant = Grant(enterprise=world.firms[cast.CEMENT.uscc], role="viewer")
    consultant = Viewer(user=world.people[cast.CONSULTANT.email], grants=(grant,))
    before = Event.objects.filter(action="result.read").count()
    for _ in range(3):
        seen(world.private, viewer=consultant)
    read = Event.objects.filter(action="result.read").order_by("number")[before:]
    assert [(event.actor, event.subject) for event in read] == [(consultant.name, f"footprint:{world.private}")]
    for silent in (viewer_of(world.people[cast.OWNER.email]), SYSTEM, Viewer()):
        seen(world.private, viewer=silent)
    seen(world.public, viewer=consultant)
    assert Event.objects.filter(action="result.read").count() == before + 1


def test_the_database_roles(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """On PostgreSQL the role of the platform can add events and nothing else; SQLite has no roles, and says so."""
    if connection.vendor != "postgresql":
        assert main(["database", "roles"]) == 3
        assert "Only PostgreSQL has roles" in capsys.readouterr().err
        return
    assert main(["database", "roles", "--application", "test_app", "--auditor", "test_auditor"]) == 0
    assert main(["database", "roles", "--application", "test_app", "--auditor", "test_auditor"]) == 0
    assert 'GRANT SELECT, INSERT ON "audit_event" TO "test_app"' in capsys.readouterr().out
    assert main(["database", "roles", "--application", "x; DROP TABLE audit_event"]) == 3
    refused = [
        "UPDATE audit_event SET actor = 'nobody'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "ALTER TABLE audit_event DISABLE TRIGGER ALL",
        "ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_update",
        "DROP TRIGGER audit_event_no_update ON audit_event",
        "DROP TABLE audit_event CASCADE",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION zuji_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        "UPDATE factors_factorversion SET value = '1'",
        "DELETE FROM footprints_footprint",
        "TRUNCATE evidence_evidencefile CASCADE",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('audit', 'x', now())",
        "CREATE TABLE mine (a int)",
    ]
    for statement in refused:
        _refused_as("test_app", statement)
    for statement in (*refused, "INSERT INTO audit_event SELECT * FROM audit_event", "SELECT * FROM accounts_user"):
        _refused_as("test_auditor", statement)
    with _as("test_app"):
        record(action=Action.SITE_ADDED, actor="user:1", subject="by the role of the platform")
        call_command("migrate", verbosity=0, interactive=False)  # with nothing to do, as `zuji serve` runs it
    assert _last().subject == "by the role of the platform"
    with _as("test_auditor"):
        assert queries.check() == []


def _refused_as(role: str, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match=r"(?i)permission denied|must be owner"),
        _as(role),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@contextmanager
def _as(role: str) -> Iterator[None]:
    """A transaction in which the server knows us as another role."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f'SET LOCAL ROLE "{role}"')
        yield
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
