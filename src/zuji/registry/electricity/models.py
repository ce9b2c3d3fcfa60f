from django.db import models

from zuji.registry.accounts.models import Enterprise, Site
from zuji.registry.electricity.kinds import GREEN, TYPES
from zuji.registry.evidence.models import EvidenceFile
from zuji.registry.products.models import Version

LONGEST_REASON = 500


class Certificate(models.Model):
    """A green-power certificate as its beneficiary registered it. Rows are added, never changed or removed.

    ``key`` is the number as it compares (:func:`zuji.engine.contracts.certificate_key`). The database adds its :class:`Standing` by itself.
    """

    code = models.CharField(max_length=26, primary_key=True)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="certificates", help_text="the beneficiary")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="certificates", help_text="where the power was used")
    number = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    watt_hours = models.BigIntegerField()
    period_start = models.DateField(help_text="first day of generation")
    period_end = models.DateField(help_text="last day of generation")
    type = models.CharField(max_length=12)
    issuer = models.CharField(max_length=200)
    evidence = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "code")
        constraints = (
            models.CheckConstraint(condition=models.Q(watt_hours__gte=1), name="electricity_certificate_volume"),
            models.CheckConstraint(condition=models.Q(period_start__lte=models.F("period_end")), name="electricity_certificate_period"),
            models.CheckConstraint(condition=models.Q(type__in=sorted(GREEN)), name="electricity_certificate_type"),
            models.CheckConstraint(condition=~models.Q(key="") & ~models.Q(issuer=""), name="electricity_certificate_named"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.number}"


class Standing(models.Model):
    """What is claimed of a certificate, as the database itself counts it; ``key`` None: the registration is void and its number free again.

    Nothing but the triggers of migration 0002 adds rows or changes ``claimed``. A number stands once in the province; what is claimed never
    exceeds the volume, and nothing is claimed of a void registration: constraints, whoever writes.
    """

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, primary_key=True, related_name="standing")
    key = models.CharField(max_length=80, null=True)  # noqa: DJ001  # null is unequal to null: several void registrations of one number
    volume = models.BigIntegerField()
    claimed = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("key",), name="electricity_number_once"),
            models.CheckConstraint(
                condition=models.Q(claimed__gte=0, claimed__lte=models.F("volume")), name="electricity_claimed_within_volume"
            ),
            models.CheckConstraint(condition=models.Q(key__isnull=False) | models.Q(claimed=0), name="electricity_void_claims_nothing"),
        )

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.claimed}/{self.volume}"


class Claim(models.Model):
    """That the footprint of a product version counts a part of a certificate. Rows are added, never changed or removed."""

    code = models.CharField(max_length=26, primary_key=True)
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="claims")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="electricity_claims")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    watt_hours = models.BigIntegerField()
    period_start = models.DateField()
    period_end = models.DateField()
    year = models.SmallIntegerField(help_text="the calendar year that both days lie in")
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "code")
        indexes = (models.Index(fields=("year",), name="electricity_claims_of_year"),)
        constraints = (
            models.CheckConstraint(condition=models.Q(watt_hours__gte=1), name="electricity_claim_volume"),
            models.CheckConstraint(condition=models.Q(period_start__lte=models.F("period_end")), name="electricity_claim_period"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.certificate_id}"


class Release(models.Model):
    """That a claim was given up, by whom and why. Rows are added, never changed or removed."""

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, primary_key=True, related_name="release")
    reason = models.CharField(max_length=LONGEST_REASON)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=~models.Q(reason=""), name="electricity_release_reason"),)

    def __str__(self) -> str:
        return self.claim_id


class Voiding(models.Model):
    """That a registration was wrong, by whom and why it was made void. Rows are added, never changed or removed."""

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, primary_key=True, related_name="voiding")
    reason = models.CharField(max_length=LONGEST_REASON)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=~models.Q(reason=""), name="electricity_voiding_reason"),)

    def __str__(self) -> str:
        return self.certificate_id


class Conflict(models.Model):
    """That an enterprise tried to register a number that another has registered: for the operators. Rows are added, never changed."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="conflicts", help_text="that stands")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+", help_text="who tried")
    number = models.CharField(max_length=80, help_text="as they wrote it")
    evidence = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.enterprise_id}"


class Generation(models.Model):
    """What one type generated in a year and area, as a source says. The newest row of a type counts; none is changed."""

    year = models.SmallIntegerField()
    geography = models.CharField(max_length=40)
    type = models.CharField(max_length=12)
    watt_hours = models.BigIntegerField()
    source = models.CharField(max_length=500)
    address = models.CharField(max_length=500, blank=True)
    verified = models.BooleanField(default=False, help_text="read in the source itself; else shown as unverified")
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ("year", "type", "pk")
        constraints = (
            models.CheckConstraint(condition=models.Q(watt_hours__gte=0), name="electricity_generation_positive"),
            models.CheckConstraint(condition=models.Q(type__in=sorted(TYPES)), name="electricity_generation_type"),
            models.CheckConstraint(condition=~models.Q(source=""), name="electricity_generation_sourced"),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.geography} {self.type}"


class ResidualMix(models.Model):
    """A residual mix as it was calculated on a day. Rows are added, never changed or removed; a later one supersedes it and alters nothing.

    ``value`` is the exact fraction in kgCO2e/kWh. ``inputs`` is canonical JSON of the factor versions and generation it rests on, with the claims
    of each type; ``commitment`` the salted hash of it, which tells nobody the claims.
    """

    year = models.SmallIntegerField()
    geography = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    value = models.CharField(max_length=400)
    inputs = models.TextField()
    salt = models.CharField(max_length=64)
    commitment = models.CharField(max_length=71)
    verified = models.BooleanField(help_text="every input was read in its source")
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-year", "-number")
        constraints = (
            models.UniqueConstraint(fields=("year", "geography", "number"), name="electricity_mix_number"),
            models.CheckConstraint(condition=models.Q(commitment__startswith="sha256:"), name="electricity_mix_committed"),
        )

    def __str__(self) -> str:
        return f"{self.geography} {self.year} #{self.number}"
