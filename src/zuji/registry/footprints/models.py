from django.db import models

from zuji.registry.accounts.models import Enterprise
from zuji.registry.products.models import Version
from zuji.workflow.footprint import Act

FORMATS = ("pdf", "docx")
LANGUAGES = ("zh", "en")
LONGEST_REASON = 2000


class Footprint(models.Model):
    """One calculated version of an enterprise's study. Rows are added, never changed or removed: the address of a result gives the same number for ever.

    ``version`` and ``revision`` name the answers that were calculated, where the study was made from a product's questionnaire.
    ``study`` is the file as it was handed in, ``content`` what was read from it, ``result`` the whole result and
    ``analyses`` how it moves and spreads, as JSON (:mod:`zuji.registry.footprints.kept`).
    """

    code = models.CharField(max_length=26, primary_key=True)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="footprints")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, blank=True, related_name="footprints")
    revision = models.PositiveIntegerField(null=True, blank=True)
    study_id = models.CharField(max_length=120)
    number = models.PositiveIntegerField()
    title_zh = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    rule = models.CharField(max_length=160, blank=True)
    boundary = models.CharField(max_length=40)
    declared_amount = models.CharField(max_length=80)
    declared_unit = models.CharField(max_length=60)
    total = models.CharField(max_length=120)
    gaps = models.PositiveIntegerField()
    demonstration = models.BooleanField()
    calculated_on = models.DateField()
    study = models.TextField()
    content = models.TextField()
    study_digest = models.CharField(max_length=64)
    result = models.TextField()
    analyses = models.TextField()
    result_hash = models.CharField(max_length=71)
    created = models.DateTimeField(auto_now_add=True)
    created_by = models.CharField(max_length=120)

    class Meta:
        ordering = ("-created", "code")
        indexes = (models.Index(fields=("result_hash",), name="footprints_hash"),)
        constraints = (
            models.UniqueConstraint(fields=("enterprise", "study_id", "number"), name="footprints_version"),
            models.UniqueConstraint(fields=("enterprise", "study_id", "study_digest", "result_hash"), name="footprints_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="footprints_number"),
            models.CheckConstraint(condition=models.Q(result_hash__startswith="sha256:"), name="footprints_sealed"),
            models.CheckConstraint(
                condition=models.Q(version__isnull=True, revision__isnull=True) | models.Q(version__isnull=False, revision__isnull=False),
                name="footprints_of_a_revision",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.study_id} {self.number}"


class Publication(models.Model):
    """That a footprint is open to everyone, since when and by whom."""

    footprint = models.OneToOneField(Footprint, on_delete=models.PROTECT, primary_key=True, related_name="publication")
    since = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.footprint_id


class Document(models.Model):
    """A report as it was written: the bytes and their SHA-256. Rows are added, never changed or removed."""

    footprint = models.ForeignKey(Footprint, on_delete=models.PROTECT, related_name="documents")
    format = models.CharField(max_length=4)
    language = models.CharField(max_length=2)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("footprint", "format", "language"), name="footprints_document_once"),
            models.CheckConstraint(
                condition=models.Q(format__in=FORMATS) & models.Q(language__in=LANGUAGES), name="footprints_document_form"
            ),
            models.CheckConstraint(condition=models.Q(size__gte=1), name="footprints_document_not_empty"),
        )

    def __str__(self) -> str:
        return f"{self.footprint_id} {self.language} {self.format}"


class UsedFactor(models.Model):
    """That a footprint rests on a version of a factor."""

    footprint = models.ForeignKey(Footprint, on_delete=models.PROTECT, related_name="used_factors")
    factor_id = models.CharField(max_length=120)
    version = models.CharField(max_length=40)

    class Meta:
        indexes = (models.Index(fields=("factor_id", "version", "footprint"), name="footprints_uses_of"),)
        constraints = (models.UniqueConstraint(fields=("footprint", "factor_id", "version"), name="footprints_use_once"),)

    def __str__(self) -> str:
        return f"{self.footprint_id} {self.factor_id}@{self.version}"


class Dependence(models.Model):
    """What a footprint's total depends on, exactly: the vector of its factor versions (:mod:`zuji.registry.footprints.dependences`).

    ``total`` and ``constant`` are fractions in kgCO2e per declared unit; ``uses`` is a JSON object from ``id@version`` to ``[activity, value]``.
    ``gwp`` stamps the GWP set, ``start`` and ``end`` are the data period: a factor that is not valid then cannot stand in. A footprint without
    such a row is one whose vector is not known: it is solved anew wherever the vector would serve. Rows are added, never changed or removed.
    """

    footprint = models.OneToOneField(Footprint, on_delete=models.PROTECT, primary_key=True, related_name="dependence")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+", db_index=False)
    total = models.TextField()
    constant = models.TextField()
    uses = models.TextField()
    gwp = models.CharField(max_length=160)
    start = models.DateField()
    end = models.DateField()

    def __str__(self) -> str:
        return self.footprint_id


class Step(models.Model):
    """One step of a version on its way to submission: who did what, when, why, and with which footprint. Rows are added, never changed."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    footprint = models.ForeignKey(Footprint, on_delete=models.PROTECT, null=True, blank=True, related_name="steps")

    class Meta:
        ordering = ("version", "pk")
        constraints = (models.CheckConstraint(condition=models.Q(act__in=[act.value for act in Act]), name="footprints_step_act"),)

    def __str__(self) -> str:
        return f"{self.version_id} {self.act}"


class Submission(models.Model):
    """A signed version under its case number. ``snapshot`` is everything that was signed, as canonical JSON; ``snapshot_hash`` its SHA-256.

    Rows are added, never changed or removed; a withdrawal is a :class:`Step` of the version.
    """

    case_number = models.CharField(max_length=20, primary_key=True)
    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="submission")
    footprint = models.OneToOneField(Footprint, on_delete=models.PROTECT, related_name="submission")
    prepared_by = models.CharField(max_length=120)
    signed_by = models.CharField(max_length=120)
    at = models.DateTimeField()
    snapshot = models.TextField()
    snapshot_hash = models.CharField(max_length=71)

    class Meta:
        ordering = ("-case_number",)
        constraints = (
            models.CheckConstraint(condition=models.Q(snapshot_hash__startswith="sha256:"), name="footprints_submission_sealed"),
            models.CheckConstraint(condition=models.Q(case_number__regex=r"^ZJ-\d{4}-\d{6}$"), name="footprints_submission_case"),
        )

    def __str__(self) -> str:
        return self.case_number
