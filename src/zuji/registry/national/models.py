from django.db import models


class Run(models.Model):
    """One synchronisation. While it is running, ``cursor`` is where it goes on after an interruption; one source has one running at a time.

    ``told`` is a JSON list of what was wrong with single rows beyond their content (not a row at all, twice in one delivery).
    """

    source = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default="running")
    cursor = models.CharField(max_length=200, blank=True)
    as_of = models.CharField(max_length=40, blank=True)
    began = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    pages = models.PositiveIntegerField(default=0)
    received = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    told = models.TextField(default="[]")
    precedence = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=("running", "finished")), name="national_run_state"),
            models.UniqueConstraint(fields=("source",), condition=models.Q(state="running"), name="national_one_running"),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.source} {self.state}"


class Row(models.Model):
    """A row of the national database as it came. Rows are added, never changed: another content under one number and version is another row.

    ``fields`` is canonical JSON, ``digest`` its SHA-256; ``findings`` a JSON list of what is wrong with it or worth a look.
    """

    number = models.CharField(max_length=120)
    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    fields = models.TextField()
    findings = models.TextField()
    errors = models.PositiveIntegerField()
    subject = models.CharField(max_length=300, blank=True)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="rows")
    received = models.DateTimeField()

    class Meta:
        ordering = ("number", "pk")
        indexes = (models.Index(fields=("errors", "number"), name="national_errors"),)
        constraints = (models.UniqueConstraint(fields=("number", "version", "digest"), name="national_row_once"),)

    def __str__(self) -> str:
        return f"{self.number}@{self.version}"


class Comparison(models.Model):
    """A sound national row beside a published factor of the same thing (``ours`` empty: there is none), as a run found them.

    ``ratio`` is theirs to ours, exact; ``apart`` its distance from 1 as a logarithm, for sorting; ``takes`` which goes first, by which ``rule``.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="comparisons")
    row = models.ForeignKey(Row, on_delete=models.PROTECT, related_name="comparisons")
    ours = models.CharField(max_length=161, blank=True)
    our_value = models.CharField(max_length=140, blank=True)
    their_value = models.CharField(max_length=140)
    ratio = models.CharField(max_length=200, blank=True)
    apart = models.FloatField()
    takes = models.CharField(max_length=10)
    rule = models.CharField(max_length=20)

    class Meta:
        ordering = ("-apart", "pk")
        indexes = (models.Index(fields=("run", "-apart"), name="national_apart"),)
        constraints = (
            models.UniqueConstraint(fields=("run", "row", "ours"), name="national_compared_once"),
            models.CheckConstraint(condition=models.Q(takes__in=("ours", "national")), name="national_takes"),
        )

    def __str__(self) -> str:
        return f"{self.row_id} {self.ours} {self.ratio}"
