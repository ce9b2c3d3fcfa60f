"""All writes of jobs. They record no audit event, but :func:`retry`: the event is that of the change which a job makes."""

import datetime
import json
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from zuji.engine.text import Text
from zuji.registry.audit.operations import Action, record
from zuji.registry.jobs.models import Job, Runner, State
from zuji.registry.refusals import NotFound, Refused

Argument = str | int | bool | None
Change = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Pace:
    """How often things happen, in seconds, and after how many attempts a job is parked."""

    poll: float = 0.5
    beat: float = 10
    lease: float = 60  # a run whose heart did not beat for so long is taken over
    attempts: int = 5
    backoff: float = 10  # before the second attempt; four times as long before each further one
    database: float = 5  # before the database is asked again after it did not answer
    grace: float = 3  # how long a run may still go on after the worker was told to end


@dataclass(frozen=True, slots=True)
class Run:
    """A job in the hands of a worker. ``attempt`` counts from 1."""

    number: int
    kind: str
    arguments: Mapping[str, Argument]
    attempt: int
    lease: str


class LeaseLost(Exception):
    """Another worker has the job by now: nothing of this run was written, and nothing needs to be."""


def enqueue(kind: str, arguments: Mapping[str, Argument], key: str) -> int:
    """Have ``kind`` of work done with ``arguments``, once for each ``key``; the number of the job.

    A job of this kind and key that exists already, in whatever state, is the answer: finished work is not done again, and
    what failed waits for :func:`retry`. The caller's transaction must be open, so that change and job stand or fall together.
    Arguments name things by number or code; they never carry what an enterprise wrote.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a job is enqueued inside the transaction of the change that asks for it")
    for name, value in arguments.items():
        if value is not None and not isinstance(value, str | int):
            raise TypeError(f"{name}: a job takes text and whole numbers, not {type(value).__name__}")
    written = json.dumps(dict(arguments), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # Another transaction may be making the same one: the database then waits for it, and adds nothing.
    Job.objects.bulk_create([Job(kind=kind, key=key, arguments=written)], ignore_conflicts=True)
    return Job.objects.values_list("pk", flat=True).get(kind=kind, key=key)


def enqueue_daily(kinds: Collection[str], day: datetime.date) -> None:
    """Have each of ``kinds`` done once on a day, however many workers ask for it, and how often."""
    with transaction.atomic():
        for kind in sorted(kinds):
            enqueue(kind, {"day": day.isoformat()}, day.isoformat())


def claim(kinds: Collection[str], pace: Pace) -> Run | None:
    """Take the job that has been due longest, or one whose worker's heart has stopped; None if there is none."""
    stopped = Q(state=State.RUNNING, beat__lt=Now() - datetime.timedelta(seconds=pace.lease))
    if Job.objects.filter(stopped, attempts__gte=pace.attempts).exists():
        error = f"worker ended or stood still in each of {pace.attempts} attempts"
        Job.objects.filter(stopped, attempts__gte=pace.attempts).update(
            state=State.FAILED, lease="", beat=None, finished=Now(), error=error
        )
    due = Job.objects.filter(Q(state=State.WAITING, run_after__lte=Now()) | stopped, kind__in=kinds)
    if not due.exists():  # so that idle workers do not take SQLite's write lock
        return None
    with transaction.atomic():
        job = due.select_for_update(skip_locked=True).order_by("run_after", "pk").first()
        if job is None:
            return None
        lease = secrets.token_hex(16)
        Job.objects.filter(pk=job.pk).update(state=State.RUNNING, attempts=job.attempts + 1, lease=lease, beat=Now())
    return Run(number=job.pk, kind=job.kind, arguments=json.loads(job.arguments), attempt=job.attempts + 1, lease=lease)


def finish(run: Run, change: Change) -> None:
    """Write what the run found out and that the job is done, both or neither.

    Raises:
        LeaseLost: the job was taken over meanwhile; ``change`` was not called.
    """
    with transaction.atomic():
        # First, so that a worker that would take over now waits for this row, and then finds it done.
        if not _held(run).update(state=State.DONE, lease="", beat=None, finished=Now(), error=""):
            raise LeaseLost
        change()


def set_back(run: Run, error: str, pace: Pace, *, for_good: bool = False) -> State:
    """The attempt failed: the job waits for the next one, or is parked after the last. ``error`` is safe to show; the new state.

    Raises:
        LeaseLost: the job was taken over meanwhile.
    """
    if for_good or run.attempt >= pace.attempts:
        changed = _held(run).update(state=State.FAILED, lease="", beat=None, finished=Now(), error=error[:300])
        state = State.FAILED
    else:
        pause = datetime.timedelta(seconds=pace.backoff * 4 ** (run.attempt - 1))
        # A sum has six digits of the second on SQLite, and its clock three: a sum with nothing would be due a millisecond late.
        due = Now() + pause if pause else Now()
        changed = _held(run).update(state=State.WAITING, lease="", beat=None, run_after=due, error=error[:300])
        state = State.WAITING
    if not changed:
        raise LeaseLost
    return state


def give_back(run: Run) -> bool:
    """The worker ends and leaves the job as if it had not taken it; False where the run had ended already."""
    return bool(_held(run).update(state=State.WAITING, lease="", beat=None, attempts=run.attempt - 1))


def beat(runner: str, run: Run | None) -> None:
    """The worker lives, and ``run`` goes on."""
    if run is not None:
        _held(run).update(beat=Now())
    Runner.objects.update_or_create(name=runner, defaults={"beat": Now()})


def leave(runner: str) -> None:
    """The worker ended in order. Rows of those that did not, and were not seen for a day, go with it."""
    Runner.objects.filter(Q(name=runner) | Q(beat__lt=Now() - datetime.timedelta(days=1))).delete()


@transaction.atomic
def retry(*, actor: str, number: int) -> None:
    """Let a parked job be tried again from its first attempt.

    Raises:
        NotFound: there is no such job.
        Refused: it is not parked.
    """
    job = Job.objects.select_for_update().filter(pk=number).first()
    if job is None:
        raise NotFound
    if job.state != State.FAILED:
        raise Refused(Text(f"任务 {number} 未失败，不能重试。", f"Job {number} has not failed and cannot be tried again."))
    Job.objects.filter(pk=number).update(state=State.WAITING, attempts=0, run_after=Now(), finished=None)
    record(action=Action.JOB_RETRIED, actor=actor, subject=f"job:{number}", details={"kind": job.kind})


def _held(run: Run) -> QuerySet[Job]:
    return Job.objects.filter(pk=run.number, state=State.RUNNING, lease=run.lease)
