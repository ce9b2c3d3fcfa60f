from django.db import models

STANDINGS = ("usable", "direct", "nothing", "gaps", "refused")
"""What may be done with a dataset's number; see :mod:`zuji.registry.inventory.standing`."""


class Release(models.Model):
    """One import of a database under one gate and one linking rule. Rows are added, never changed or removed.

    ``code`` begins the SHA-256 over what makes a release: the gate's summary, the solved folder, and what was said of the source; the same
    import gives the same code. ``summary`` is the gate's summary without the lists that the datasets carry, ``faults`` what concerns no dataset of
    it, both canonical JSON. ``background`` names the folder of the solved database; empty where no dataset came in.
    """

    code = models.CharField(max_length=16, primary_key=True)
    name = models.CharField(max_length=200)
    edition = models.CharField(max_length=80, blank=True)
    publisher = models.CharField(max_length=300)
    licence = models.CharField(max_length=300)
    address = models.TextField(blank=True)
    public = models.BooleanField()
    format = models.CharField(max_length=20)
    package = models.TextField()
    package_sha256 = models.CharField(max_length=64)
    rule = models.CharField(max_length=40)
    year = models.SmallIntegerField()
    summary_hash = models.CharField(max_length=64)
    summary = models.TextField()
    faults = models.TextField()
    background = models.CharField(max_length=64, blank=True)
    datasets = models.PositiveIntegerField()
    admitted = models.PositiveIntegerField()
    complete = models.PositiveIntegerField()
    usable = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        ordering = ("-at", "code")
        constraints = (
            models.CheckConstraint(condition=models.Q(code__regex="^[0-9a-f]{16}$"), name="inventory_code"),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(publisher="") & ~models.Q(licence=""), name="inventory_release_sourced"
            ),
            models.CheckConstraint(
                condition=models.Q(usable__lte=models.F("complete"))
                & models.Q(complete__lte=models.F("admitted"))
                & models.Q(admitted__lte=models.F("datasets")),
                name="inventory_counts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.edition}".strip()


class Dataset(models.Model):
    """One dataset of a release, admitted or refused. ``number`` counts within the release and stands in addresses; an identifier may hold anything.

    ``position`` is its row in the solved database; None where it was refused. ``inputs`` need a supplier, ``supplied`` have one;
    ``lacks``: exchanges that are in no number, for whatever reason, and one more if nothing goes in at all. ``reasons`` are the
    codes of the errors that keep it out, as JSON. ``words`` is what a search looks in.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    uuid = models.CharField(max_length=200)
    version = models.CharField(max_length=80, blank=True)
    name_zh = models.TextField(blank=True)
    name_en = models.TextField(blank=True)
    location = models.CharField(max_length=80, blank=True)
    year = models.IntegerField(null=True)
    kind = models.CharField(max_length=20)
    product_zh = models.TextField(blank=True)
    product_en = models.TextField(blank=True)
    amount = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=80, blank=True)
    standing = models.CharField(max_length=10)
    position = models.PositiveIntegerField(null=True)
    inputs = models.PositiveIntegerField()
    supplied = models.PositiveIntegerField()
    lacks = models.PositiveIntegerField()
    reasons = models.TextField()
    words = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("release", "number")
        constraints = (
            models.UniqueConstraint(fields=("release", "number"), name="inventory_number"),
            models.UniqueConstraint(fields=("release", "uuid"), name="inventory_uuid"),
            models.UniqueConstraint(fields=("release", "position"), name="inventory_position"),
            models.CheckConstraint(condition=models.Q(standing__in=STANDINGS), name="inventory_standing"),
            models.CheckConstraint(
                condition=models.Q(standing="refused", position__isnull=True)
                | (~models.Q(standing="refused") & models.Q(position__isnull=False)),
                name="inventory_refused_unsolved",
            ),
            models.CheckConstraint(condition=models.Q(supplied__lte=models.F("inputs")), name="inventory_supplied"),
        )

    def __str__(self) -> str:
        return f"{self.uuid}@{self.version}"


class Overruling(models.Model):
    """A named person's decision on one check of one refused dataset, by its identifier and the digest of its content.

    Rows are added only: the latest decides, and one that does not ``stand`` takes an earlier one back. It counts in later imports; the release
    stays as it was.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="overrulings")
    uuid = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    check_code = models.CharField(max_length=80)
    stands = models.BooleanField()
    by = models.CharField(max_length=120)
    recorded_by = models.CharField(max_length=120)
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("uuid", "digest"), name="inventory_overruled"),)
        constraints = (models.CheckConstraint(condition=~models.Q(by="") & ~models.Q(reason=""), name="inventory_overruling_named"),)

    def __str__(self) -> str:
        return f"{self.uuid} {self.check_code}"


class Content(models.Model):
    """What a dataset holds, apart so that lists stay light: ``exchanges`` and ``findings`` as compressed JSON (zlib, RFC 1950)."""

    dataset = models.OneToOneField(Dataset, on_delete=models.PROTECT, primary_key=True, related_name="content")
    exchanges = models.BinaryField()
    findings = models.BinaryField()

    def __str__(self) -> str:
        return str(self.dataset_id)


class Kept(models.Model):
    """A part of a release as it was read, so that it can be written again: a dataset, a flow, a property, a unit group, a source, a contact.

    ``key``: SHA-256 of its identifier, which may hold anything; ``content``: a part of an inventory as compressed JSON.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("release", "kind", "key"), name="inventory_kept_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key[:12]}"
