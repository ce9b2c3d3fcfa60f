"""Background jobs: made once, done once, tried again, parked; the laws, in one process."""

import datetime
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, transaction

from zuji.engine.text import same
from zuji.registry.audit import queries as audit
from zuji.registry.audit.models import Event
from zuji.registry.jobs import operations, queries
from zuji.registry.jobs.models import Job
from zuji.registry.jobs.operations import Argument, Change, LeaseLost, Pace
from zuji.registry.jobs.worker import Handler, Worker
from zuji.registry.refusals import NotFound, Refused

pytestmark = pytest.mark.django_db

AT_ONCE = Pace(backoff=0)
EVERY_LEASE_HAS_RUN_OUT = Pace(lease=-1)


def enqueue(key: str = "1", kind: str = "work", **arguments: Argument) -> int:
    with transaction.atomic():
        return operations.enqueue(kind, arguments, key)


def work_off(kinds: Mapping[str, Handler], pace: Pace = AT_ONCE) -> int:
    return Worker(kinds, threading.Event(), pace).run(until_empty=True)


def state(number: int) -> str:
    return Job.objects.values_list("state", flat=True).get(pk=number)


class Book:
    """Writes down what was done; a handler of it does its change into the list."""

    def __init__(self) -> None:
        self.lines: list[Argument] = []

    def handler(self, arguments: Mapping[str, Argument]) -> Change:
        return lambda: self.lines.append(arguments["line"])


def test_a_job_is_done_with_its_arguments_in_the_order_in_which_it_was_asked_for() -> None:
    book = Book()
    numbers = [enqueue(str(n), line=f"铝 {n}") for n in range(3)]
    assert work_off({"work": book.handler}) == 3
    assert book.lines == ["铝 0", "铝 1", "铝 2"]
    assert [state(number) for number in numbers] == ["done"] * 3


def test_the_same_work_is_one_job_whatever_became_of_it() -> None:
    book = Book()
    first = enqueue("report:1", line=1)
    assert enqueue("report:1", line=2) == first
    work_off({"work": book.handler})
    assert enqueue("report:1", line=3) == first
    assert work_off({"work": book.handler}) == 0
    assert book.lines == [1]
    assert enqueue("report:1", kind="other", line=1) != first


def test_a_job_falls_with_the_change_that_asked_for_it() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _ = operations.enqueue("work", {}, "1") / 0
    assert Job.objects.count() == 0


def test_a_job_is_enqueued_in_a_transaction_only() -> None:
    with ThreadPoolExecutor(1) as elsewhere, pytest.raises(RuntimeError, match="inside the transaction"):
        elsewhere.submit(operations.enqueue, "work", {}, "1").result()  # each thread has its own connection; this one's test has begun


def test_arguments_are_text_and_whole_numbers() -> None:
    with pytest.raises(TypeError, match="share"), transaction.atomic():
        operations.enqueue("work", {"share": 0.1}, "1")  # type: ignore[dict-item]  # that is the point


def test_a_change_that_fails_is_undone_and_tried_again() -> None:
    written: list[int] = []

    def handler(arguments: Mapping[str, Argument]) -> Change:
        def change() -> None:
            Job.objects.create(kind="trace", key=f"attempt {len(written)}", arguments="{}")
            written.append(1)
            if len(written) < 3:
                raise OSError

        return change

    number = enqueue()
    assert work_off({"work": handler}) == 3
    assert state(number) == "done"
    assert list(Job.objects.filter(kind="trace").values_list("key", flat=True)) == ["attempt 2"]


def test_what_never_works_is_parked_and_the_others_go_on() -> None:
    book = Book()

    def poison(arguments: Mapping[str, Argument]) -> Change:
        raise ValueError("CANARY-7F3A 年产量 1,234 t")

    parked, done = enqueue("1", kind="poison"), enqueue("2", line="after")
    assert work_off({"work": book.handler, "poison": poison}) == AT_ONCE.attempts + 1
    kept = queries.status("poison", "1")
    assert kept is not None
    assert (kept.number, kept.state, kept.attempts) == (parked, "failed", AT_ONCE.attempts)
    assert kept.error.startswith("ValueError at ")
    assert "poison" in kept.error
    assert "CANARY" not in kept.error
    assert state(done) == "done"
    assert queries.counts()["failed"] == 1


def test_a_refusal_is_not_asked_for_again() -> None:
    def refuses(arguments: Mapping[str, Argument]) -> Change:
        raise Refused(same("no"))

    number = enqueue()
    assert work_off({"work": refuses}) == 1
    assert state(number) == "failed"


def test_attempts_are_spaced_out_more_and_more() -> None:
    pace, pauses = Pace(), []
    enqueue()
    for _ in range(pace.attempts - 1):
        run = operations.claim({"work"}, pace)
        assert run is not None
        operations.set_back(run, "x", pace)
        assert operations.claim({"work"}, pace) is None
        job = Job.objects.get()
        pauses.append(round((job.run_after - job.created).total_seconds()))
        Job.objects.update(run_after=job.created)
    spans = zip(pauses, [10, 40, 160, 640], strict=True)
    assert all(span <= pause <= span + 60 for pause, span in spans), pauses  # the job is as old as the test has taken so far


def test_kinds_of_a_newer_version_are_left_to_it() -> None:
    number = enqueue(kind="of tomorrow")
    assert work_off({"work": Book().handler}) == 0
    assert state(number) == "waiting"


def test_a_run_whose_heart_beats_is_nobody_elses() -> None:
    enqueue()
    assert operations.claim({"work"}, Pace()) is not None
    assert operations.claim({"work"}, Pace()) is None


def test_a_run_that_was_taken_over_writes_nothing() -> None:
    book = Book()
    enqueue(line="late")
    late = operations.claim({"work"}, Pace())
    taken = operations.claim({"work"}, EVERY_LEASE_HAS_RUN_OUT)
    assert late is not None
    assert taken is not None
    assert (late.number, late.attempt, taken.attempt) == (taken.number, 1, 2)
    with pytest.raises(LeaseLost):
        operations.finish(late, lambda: book.lines.append("late"))
    with pytest.raises(LeaseLost):
        operations.set_back(late, "late", Pace())
    assert not operations.give_back(late)
    operations.finish(taken, lambda: book.lines.append("taken"))
    assert book.lines == ["taken"]


def test_a_job_that_kills_its_workers_is_parked() -> None:
    number = enqueue()
    for _ in range(Pace().attempts):
        assert operations.claim({"work"}, EVERY_LEASE_HAS_RUN_OUT) is not None
    assert operations.claim({"work"}, EVERY_LEASE_HAS_RUN_OUT) is None
    kept = queries.status("work", "1")
    assert kept is not None
    assert (state(number), kept.error) == ("failed", "worker ended or stood still in each of 5 attempts")


def test_a_job_given_back_was_not_tried() -> None:
    enqueue()
    run = operations.claim({"work"}, Pace())
    assert run is not None
    assert operations.give_back(run)
    again = operations.claim({"work"}, Pace())
    assert again is not None
    assert again.attempt == 1


def test_the_operator_lets_a_parked_job_be_tried_again() -> None:
    book = Book()
    number = enqueue(line="x")
    run = operations.claim({"work"}, Pace())
    assert run is not None
    operations.set_back(run, "x", Pace(), for_good=True)
    operations.retry(actor="system", number=number)
    assert Event.objects.filter(action="job.retried", subject=f"job:{number}").count() == 1
    assert audit.check() == []
    work_off({"work": book.handler})
    assert book.lines == ["x"]
    with pytest.raises(Refused):
        operations.retry(actor="system", number=number)
    with pytest.raises(NotFound):
        operations.retry(actor="system", number=number + 1000)


def test_the_queue_says_whether_it_moves() -> None:
    assert queries.queue() == queries.Queue(waited=0, workers=0)
    enqueue()
    operations.beat("worker", None)
    moving = queries.queue()
    assert moving.waited >= 0
    assert moving.workers == 1
    assert queries.queue(alive_within=-1).workers == 0
    assert queries.counts() == {"waiting": 1, "running": 0, "done": 0, "failed": 0}
    operations.leave("worker")
    assert queries.queue().workers == 0


@pytest.mark.parametrize(
    "wrong",
    [{"state": "odd"}, {"state": "running"}, {"lease": "x"}, {"state": "done"}, {"state": "waiting", "kind": "work", "key": "1"}],
    ids=str,
)
def test_the_database_refuses_a_job_that_makes_no_sense(wrong: dict[str, str]) -> None:
    enqueue()
    with pytest.raises(DatabaseError), transaction.atomic():
        Job.objects.create(**{"kind": "work", "key": "2", "arguments": "{}", **wrong})


def test_a_daily_job_is_done_once_a_day_by_whichever_worker_gets_to_it() -> None:
    days: list[Argument] = []
    kinds: Mapping[str, Handler] = {"tidy": lambda arguments: lambda: days.append(arguments["day"])}
    monday = datetime.date(2026, 11, 30)

    def work_on(*dates: datetime.date) -> None:
        """A worker that looks at the calendar before each job: the days follow each other, and the last one goes on."""
        calendar = list(dates)

        def today() -> datetime.date:
            return calendar.pop(0) if len(calendar) > 1 else calendar[0]

        Worker(kinds, threading.Event(), AT_ONCE, daily=("tidy",), today=today).run(until_empty=True)

    work_on(monday)
    work_on(monday)  # another worker, or the same one started again
    assert days == ["2026-11-30"]
    tuesday, wednesday = (monday + datetime.timedelta(days=n) for n in (1, 2))
    work_on(tuesday, wednesday)  # one that works on over midnight
    assert days == ["2026-11-30", "2026-12-01", "2026-12-02"]
    work_on(monday + datetime.timedelta(days=7))  # after a standstill: the day of today, once
    assert days[3:] == ["2026-12-07"]
    assert Job.objects.count() == 4


def test_two_workers_that_ask_at_the_same_moment_make_one_job() -> None:
    day = datetime.date(2026, 11, 30)
    with transaction.atomic():
        operations.enqueue_daily({"tidy", "sweep"}, day)
        operations.enqueue_daily({"tidy", "sweep"}, day)
    assert sorted(Job.objects.values_list("kind", "key")) == [("sweep", "2026-11-30"), ("tidy", "2026-11-30")]
