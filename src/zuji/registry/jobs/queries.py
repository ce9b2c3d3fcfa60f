import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Now

from zuji.registry.jobs.models import Job, Runner, State


@dataclass(frozen=True, slots=True)
class Status:
    """Where a job stands. ``error`` says of the last failed attempt what failed where, and nothing of what was worked on."""

    number: int
    kind: str
    key: str
    state: str
    attempts: int
    error: str
    created: datetime.datetime
    finished: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Queue:
    """How the queue moves: seconds for which the oldest due job has waited (0: none is due), and workers alive."""

    waited: float
    workers: int


def status(kind: str, key: str) -> Status | None:
    """The job of this kind and key. Whether somebody may know of it is asked by the slice whose work it is."""
    job = Job.objects.filter(kind=kind, key=key).first()
    return None if job is None else _status(job)


def listed(*, states: Collection[str] = tuple(State.values), limit: int = 200) -> list[Status]:
    """The newest jobs in these states, for the operator."""
    return [_status(job) for job in Job.objects.filter(state__in=states).order_by("-pk")[:limit]]


def counts() -> dict[str, int]:
    """How many jobs are in each state."""
    found = dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in State.values}


def queue(*, alive_within: float = 60) -> Queue:
    """How the queue moves, by the clock of the database."""
    due = Job.objects.filter(state=State.WAITING, run_after__lte=Now()).order_by("run_after")
    oldest = due.annotate(now=Now()).values_list("run_after", "now").first()
    return Queue(
        waited=0 if oldest is None else (oldest[1] - oldest[0]).total_seconds(),
        workers=Runner.objects.filter(beat__gte=Now() - datetime.timedelta(seconds=alive_within)).count(),
    )


def _status(job: Job) -> Status:
    return Status(
        number=job.pk,
        kind=job.kind,
        key=job.key,
        state=job.state,
        attempts=job.attempts,
        error=job.error,
        created=job.created,
        finished=job.finished,
    )
