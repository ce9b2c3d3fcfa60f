from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class State(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(models.Model):
    """One piece of work. ``kind`` and ``key`` name it for ever: the same work is not made twice, also when it is done.

    ``lease`` is a random word of the run that holds the job; whoever does not hold it can neither finish nor fail the job.
    Times are those of the database, so that machines with different clocks agree on whose heart has stopped.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    arguments = models.TextField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    run_after = models.DateTimeField(db_default=Now())
    lease = models.CharField(max_length=32, blank=True)
    beat = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    created = models.DateTimeField(db_default=Now())
    finished = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(fields=("run_after",), condition=Q(state="waiting"), name="job_waiting"),
            models.Index(fields=("beat",), condition=Q(state="running"), name="job_running"),
        )
        constraints = (
            models.UniqueConstraint(fields=("kind", "key"), name="job_once"),
            models.CheckConstraint(condition=Q(state__in=("waiting", "running", "done", "failed")), name="job_state"),
            models.CheckConstraint(
                condition=(Q(state="running") & ~Q(lease="") & Q(beat__isnull=False))
                | (~Q(state="running") & Q(lease="", beat__isnull=True)),
                name="job_lease_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("done", "failed"), finished__isnull=False)
                | Q(state__in=("waiting", "running"), finished__isnull=True),
                name="job_finished_when_it_is",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.key} {self.state}"


class Runner(models.Model):
    """A worker process and when its heart last beat; it removes its row when it ends in order."""

    name = models.CharField(max_length=120, unique=True)
    started = models.DateTimeField(db_default=Now())
    beat = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.name
