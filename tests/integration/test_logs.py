"""The log: one line an event, with the fields of a list and nothing an enterprise wrote; nobody can write lines into it."""

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import Client

from tests import cast
from tests.integration.conftest import World
from zuji.config.logs import JsonLines, TextLines
from zuji.registry.audit.operations import PLATFORM, Action, record
from zuji.registry.jobs import operations as jobs
from zuji.registry.jobs.models import Job
from zuji.web.pages import health

CANARY = "CANARY-51C9"
HOSTILE = f'{CANARY}\n{{"level":"INFO","event":"forged"}}\r\x1b[31m\u2028\u202e'
FORMS = [JsonLines(), TextLines()]


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, object]]]]:
    """What is logged from here on, read as JSON."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.removeHandler(handler)


def entry(name: str, message: object, *arguments: object, error: BaseException | None = None, **extra: object) -> logging.LogRecord:
    told = (type(error), error, error.__traceback__) if error is not None else None
    made = logging.LogRecord(name, logging.ERROR, "/srv/lib/python3.11/site-packages/some/where.py", 7, message, arguments, told)
    made.__dict__.update(extra)
    return made


def test_an_event_of_ours_is_one_object_with_the_fields_of_the_list() -> None:
    line = json.loads(JsonLines().format(entry("zuji.jobs", "job.done", job=3, kind="report", ms=12, answers=CANARY)))
    assert line.pop("time").endswith("Z")
    assert line == {"level": "ERROR", "event": "job.done", "ms": 12, "job": 3, "kind": "report"}


def test_text_for_a_person_says_the_same() -> None:
    text = TextLines().format(entry("zuji.jobs", "job.done", job=3, kind="a report", ms=12, answers=CANARY))
    assert text.split("Z ", 1)[1] == 'ERROR   job.done ms=12 job=3 kind="a report"'


@pytest.mark.parametrize("form", FORMS, ids=["json", "text"])
@pytest.mark.parametrize(
    "made",
    [
        entry("django.request", "Not Found: %s", f"/products/{CANARY}/"),
        entry("some.library", f"cannot parse {CANARY}"),
        entry("some.library", ValueError(CANARY)),
        entry("zuji.web", "event", answers=CANARY, path=CANARY),
    ],
    ids=["an argument", "a message put together", "an exception as a message", "a field that is not in the list"],
)
def test_what_may_hold_data_is_left_out(form: logging.Formatter, made: logging.LogRecord) -> None:
    assert CANARY not in form.format(made)


@pytest.mark.parametrize("form", FORMS, ids=["json", "text"])
def test_an_exception_is_its_kinds_and_its_way_without_a_message(form: logging.Formatter) -> None:
    made = entry("zuji.web", "event")
    try:
        try:
            _ = int(CANARY)
        except ValueError as cause:
            raise KeyError(CANARY) from cause
    except KeyError as error:
        made = entry("zuji.web", "event", error=error)
    text = form.format(made)
    assert CANARY not in text
    assert "KeyError from ValueError" in text
    assert "test_an_exception_is_its_kinds_and_its_way_without_a_message" in text


@pytest.mark.parametrize("form", FORMS, ids=["json", "text"])
def test_nobody_can_forge_a_line(form: logging.Formatter) -> None:
    text = form.format(entry("zuji.web", HOSTILE, route=HOSTILE, kind=HOSTILE))
    assert len(text.splitlines()) == 1
    assert text.isascii()
    assert text.isprintable()
    if isinstance(form, JsonLines):
        assert json.loads(text)["route"] == HOSTILE


def test_a_request_is_one_line_with_its_route_and_never_its_address(
    world: World, signed_in: Callable[[cast.Person], Client], lines: Callable[[], list[dict[str, object]]]
) -> None:
    client = signed_in(cast.OWNER)
    answer = client.get(f"/factors/?q={CANARY}")
    line = lines()[-1]
    assert line.pop("time")
    assert isinstance(line.pop("ms"), int)
    assert line == {
        "level": "INFO",
        "event": "request.answered",
        "request": answer.headers["X-Request-ID"],
        "method": "GET",
        "route": "factors",
        "status": 200,
        "user": world.people[cast.OWNER.email],
    }


def test_no_data_of_anybody_reach_the_log(
    world: World, signed_in: Callable[[cast.Person], Client], lines: Callable[[], list[dict[str, object]]]
) -> None:
    client = signed_in(cast.OWNER)
    client.raise_request_exception = False
    for address in (f"/{CANARY}/", f"/footprints/{CANARY}/", f"/en/factors/?q={CANARY}", f"/footprints/{world.private}/"):
        client.get(address, headers={"referer": f"http://testserver/{CANARY}", "user-agent": CANARY, "x-request-id": CANARY})
    client.post("/account/login/", {"login": f"{CANARY}@test.example", "password": CANARY})
    client.get("/", headers={"host": f"{CANARY}.example"})
    client.generic(CANARY.upper(), "/")
    Client(enforce_csrf_checks=True).post(f"/account/login/?next=/{CANARY}", {"login": CANARY})
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE factors_factorindex RENAME TO gone")  # undone with the test's transaction
    broken = client.get(f"/factors/?q={CANARY}")
    assert broken.status_code == 500
    assert broken.headers["X-Request-ID"] in broken.content.decode()  # so that whoever meets the fault can name it
    written = json.dumps(lines(), ensure_ascii=False)
    assert len(lines()) >= 9
    assert "factors_factorindex" not in written
    assert '"trace"' in written
    for secret in (CANARY, cast.OWNER.email, cast.OWNER.name, cast.PASSWORD, world.private, client.cookies["zuji_session"].value):
        assert secret not in written


def test_the_number_of_a_request_is_its_own_whatever_the_client_sends(world: World) -> None:
    sent = {"x-request-id": "00000000deadbeef"}
    numbers = {Client().get("/health/live", headers=sent).headers["X-Request-ID"] for _ in range(3)}
    assert len(numbers) == 3
    assert sent["x-request-id"] not in numbers


# Health -------------------------------------------------------------------------------------------------------------------


def ready() -> tuple[str, dict[str, str]]:
    body = Client().get("/health/ready").json()
    return body["status"], body["checks"]


def test_readiness_names_each_check(world: World) -> None:
    assert ready() == ("ready", {"backup": "not watched", "database": "ok", "disk": "ok", "jobs": "ok", "migrations": "ok"})


def test_a_queue_that_stands_is_said_and_takes_no_page_away(world: World) -> None:
    with transaction.atomic():
        number = jobs.enqueue("work", {}, "1")
    assert ready()[0] == "ready"
    job = Job.objects.get(pk=number)
    job.run_after -= 2 * (job.run_after - job.run_after.replace(year=job.run_after.year - 1))
    job.save()
    status, checks = ready()
    assert (status, checks["jobs"]) == ("degraded", "standing")
    assert Client().get("/health/ready").status_code == 200


def test_a_backup_is_missed_where_one_is_expected(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(django_settings, "VALUES", replace(django_settings.VALUES, backup_within=24))
    assert ready()[1]["backup"] == "never made"
    with transaction.atomic():
        record(action=Action.BACKED_UP, actor="system", subject=PLATFORM)
    assert ready() == ("ready", {"backup": "ok", "database": "ok", "disk": "ok", "jobs": "ok", "migrations": "ok"})


@pytest.mark.parametrize(("free", "says"), [(0, "full"), (health.DISK_FULL - 1, "full"), (health.DISK_FULL, "low"), (sys.maxsize, "ok")])
def test_room_on_the_disk(free: int, says: str) -> None:
    assert health._disk(free) == says


def test_without_its_tables_it_is_not_ready(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'jobs'")  # undone with the test's transaction
    answer = Client().get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"]["migrations"] == "waiting"
