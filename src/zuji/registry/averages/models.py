from django.db import models

from zuji.registry.accounts.models import Enterprise

RECORDS = ("case", "evidence")
KINDS = ("life-cycle", "process")
LONGEST_REASON = 500


class Call(models.Model):
    """A call for contributions to one average: what is averaged, in which unit and boundary, of which period. Rows are never changed.

    ``filters`` is canonical JSON, a list of [code, zh, en]: the only subsets of which averages are ever released, each contribution in one.
    """

    code = models.CharField(max_length=26, primary_key=True)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    category = models.CharField(max_length=80)
    unit = models.CharField(max_length=60)
    per = models.CharField(max_length=60, help_text="the unit of the volumes")
    boundary = models.CharField(max_length=500)
    geography = models.CharField(max_length=40)
    period_start = models.DateField()
    period_end = models.DateField()
    filters = models.TextField(default="[]")
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "code")
        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="averages_call_kind"),
            models.CheckConstraint(condition=models.Q(period_start__lte=models.F("period_end")), name="averages_call_period"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name_zh}"


class Contribution(models.Model):
    """What an enterprise says of its own process: the value, and the volume that weighs it. The newest counts; rows are never changed.

    ``value`` and ``volume`` are plain decimals. ``group`` is the code of the enterprise that controls it, its own where nobody does.
    ``record_hash`` is the SHA-256 of what it rests on, ``commitment`` the salted hash of everything here.
    """

    code = models.CharField(max_length=26, primary_key=True)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="contributions")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="contributions")
    number = models.PositiveIntegerField()
    value = models.CharField(max_length=80)
    volume = models.CharField(max_length=80)
    group = models.CharField(max_length=18)
    filter = models.CharField(max_length=40, blank=True)
    record_kind = models.CharField(max_length=10)
    record = models.CharField(max_length=26)
    record_hash = models.CharField(max_length=71)
    salt = models.CharField(max_length=64)
    commitment = models.CharField(max_length=71, unique=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ("call", "enterprise", "-number")
        constraints = (
            models.UniqueConstraint(fields=("call", "enterprise", "number"), name="averages_contribution_number"),
            models.CheckConstraint(condition=models.Q(record_kind__in=RECORDS), name="averages_contribution_record"),
            models.CheckConstraint(condition=models.Q(salt__regex=r"^[0-9a-f]{64}$"), name="averages_contribution_salted"),
            models.CheckConstraint(
                condition=models.Q(commitment__startswith="sha256:", record_hash__startswith="sha256:"), name="averages_contribution_sealed"
            ),
        )

    def __str__(self) -> str:
        return self.code


class Retraction(models.Model):
    """That an enterprise took a contribution back. Rows are never changed; what was released stays released."""

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, primary_key=True, related_name="retraction")
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.contribution_id


class Release(models.Model):
    """What was released of a call for a quarter, of all contributions (``filter`` empty) or of one subset: once, and never changed.

    ``value`` is the exact fraction, known inside only; what is published is rounded. A withheld release has neither value nor members.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="releases")
    quarter = models.CharField(max_length=6)
    filter = models.CharField(max_length=40, blank=True)
    published = models.BooleanField()
    value = models.CharField(max_length=400, blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ("call", "-quarter", "filter")
        constraints = (
            models.UniqueConstraint(fields=("call", "quarter", "filter"), name="averages_release_once"),
            models.CheckConstraint(condition=models.Q(quarter__regex=r"^20\d\dQ[1-4]$"), name="averages_release_quarter"),
            models.CheckConstraint(
                condition=models.Q(published=True) & ~models.Q(value="") | models.Q(published=False, value=""),
                name="averages_release_value",
            ),
        )

    def __str__(self) -> str:
        return f"{self.call_id} {self.quarter} {self.filter}"


class Member(models.Model):
    """That a published release rests on a contribution. Rows are never changed."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="members")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("release", "contribution"), name="averages_member_once"),)

    def __str__(self) -> str:
        return f"{self.release_id} {self.contribution_id}"
