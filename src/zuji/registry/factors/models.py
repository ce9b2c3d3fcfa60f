from django.db import models

KINDS = ("life-cycle", "direct", "grid-co2", "process", "spend-based")
STATES = ("current", "caution", "superseded")
CONFIDENCES = ("verified", "secondary", "unverified")
STANDINGS = ("published", "superseded", "revoked", "expired")


class FactorVersion(models.Model):
    """One published version of an emission factor, as the shipped library states it. Rows are added, never changed or removed.

    ``value`` is the exact decimal as published; ``parts``, ``synonyms`` and ``use_instead`` are canonical JSON. ``digest`` is the
    SHA-256 of the whole content: the same reference with another digest is refused when the library is loaded.
    """

    factor_id = models.CharField(max_length=120)
    version = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    category = models.CharField(max_length=80)
    geography = models.CharField(max_length=40)
    year = models.SmallIntegerField(null=True)
    value = models.CharField(max_length=80)
    unit = models.CharField(max_length=60)
    per = models.CharField(max_length=60)
    parts = models.TextField()
    boundary = models.TextField(blank=True)
    source = models.TextField()
    publisher = models.TextField(blank=True)
    address = models.TextField(blank=True)
    licence = models.TextField(blank=True)
    note = models.TextField(blank=True)
    confidence = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    superseded_by = models.CharField(max_length=161, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    gwp = models.CharField(max_length=20, blank=True)
    gsd = models.CharField(max_length=40, blank=True)
    use_instead = models.TextField()
    synonyms = models.TextField()
    subject = models.CharField(max_length=300)
    digest = models.CharField(max_length=71)
    rank = models.IntegerField()

    class Meta:
        ordering = ("rank", "pk")
        indexes = (
            models.Index(fields=("subject",), name="factors_subject"),
            models.Index(fields=("category", "kind"), name="factors_category"),
        )
        constraints = (
            models.UniqueConstraint(fields=("factor_id", "version"), name="factors_reference"),
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="factors_kind"),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="factors_state"),
            models.CheckConstraint(condition=models.Q(confidence__in=CONFIDENCES), name="factors_confidence"),
            models.CheckConstraint(condition=~models.Q(source="") & ~models.Q(value="") & ~models.Q(unit=""), name="factors_sourced"),
        )

    def __str__(self) -> str:
        return f"{self.factor_id}@{self.version}"


class FactorEntry(models.Model):
    """What a factor is found by: one row for each factor, of its newest version. Made anew from the versions at any time.

    ``filed`` are its words (:func:`zuji.formats.factors.filing.filed`); ``stamp`` is another number each time the row is written, so that a
    process knows which rows it has read. One tokenizer makes ``filed`` and cuts the query, so that SQLite and PostgreSQL find the same:
    neither database's own full-text search finds two-character Chinese words.
    """

    version = models.OneToOneField(FactorVersion, on_delete=models.CASCADE, primary_key=True, related_name="entry")
    factor_id = models.CharField(max_length=120, unique=True)
    category = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    geography = models.CharField(max_length=40)
    state = models.CharField(max_length=20)
    per = models.CharField(max_length=60)
    subject = models.CharField(max_length=300)
    rank = models.IntegerField()
    filed = models.TextField(blank=True, default="")
    stamp = models.BigIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=("subject",), name="factors_entry_subject"),
            models.Index(fields=("rank",), name="factors_entry_rank"),
            models.Index(fields=("category", "kind", "geography", "state"), name="factors_entry_facets"),
        )

    def __str__(self) -> str:
        return self.factor_id


class FactorIndex(models.Model):
    """One row: the form in which the entries are filed, and a mark that is another after every change of them."""

    form = models.CharField(max_length=16)
    mark = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.mark


class Standing(models.Model):
    """What became of a version after it was written down: published through the governed process, superseded, revoked or expired.

    The row of the version itself never changes; neither do these. The latest one counts. A version with a row ``published`` may be used in
    calculations like those of the shipped library. ``superseded_by`` is ``id@version``; ``dossier`` the code of the dossier behind it.
    """

    factor = models.ForeignKey(FactorVersion, on_delete=models.PROTECT, related_name="standings")
    state = models.CharField(max_length=12)
    superseded_by = models.CharField(max_length=161, blank=True)
    reason_code = models.CharField(max_length=24, blank=True)
    reason = models.TextField(blank=True)
    dossier = models.CharField(max_length=26, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("factor", "state"), name="factors_standing_once"),
            models.CheckConstraint(condition=models.Q(state__in=STANDINGS), name="factors_standing_known"),
            models.CheckConstraint(
                condition=~models.Q(state="superseded") | ~models.Q(superseded_by=""), name="factors_standing_successor"
            ),
            models.CheckConstraint(condition=~models.Q(state="revoked") | ~models.Q(reason=""), name="factors_standing_why"),
        )

    def __str__(self) -> str:
        return f"{self.factor_id} {self.state}"
