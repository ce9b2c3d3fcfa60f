from django.db import models

from zuji.registry.accounts.models import Enterprise, Site
from zuji.registry.evidence.models import EvidenceFile
from zuji.workflow.footprint import State


class Product(models.Model):
    """Something that an enterprise makes. ``code`` stands in addresses and cannot be guessed."""

    code = models.CharField(max_length=26, primary_key=True)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="products")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="products")
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    specification = models.CharField(max_length=200, blank=True)
    model = models.CharField(max_length=120)
    archived = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)
    created_by = models.CharField(max_length=120)

    class Meta:
        ordering = ("-created", "code")
        indexes = (models.Index(fields=("enterprise", "archived", "-created"), name="products_of_enterprise"),)
        constraints = (models.CheckConstraint(condition=~models.Q(name_zh="") & ~models.Q(name_en=""), name="products_named"),)

    def __str__(self) -> str:
        return f"{self.code} {self.name_zh}"


class Version(models.Model):
    """One data period of a product: the answers to the questionnaire of ``model`` (``id@version``).

    ``answers`` is a JSON object of texts and always what replaying :class:`Change` gives; ``revision`` counts the saves.
    Only a draft changes.
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    model = models.CharField(max_length=160)
    answers = models.TextField(default="{}")
    revision = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=20, default=State.DRAFT.value)
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors")
    created = models.DateTimeField(auto_now_add=True)
    created_by = models.CharField(max_length=120)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("product", "-number")
        constraints = (
            models.UniqueConstraint(fields=("product", "number"), name="products_version_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="products_version_positive"),
            models.CheckConstraint(condition=models.Q(state__in=[state.value for state in State]), name="products_version_state"),
        )

    def __str__(self) -> str:
        return f"{self.product_id} v{self.number}"


class Change(models.Model):
    """One field of a version before and after one save (None: it was empty). Rows are added, never changed, never removed."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="changes")
    revision = models.PositiveIntegerField()
    key = models.CharField(max_length=120)
    before = models.TextField(null=True)  # noqa: DJ001  # empty and absent differ: a text is never empty here
    after = models.TextField(null=True)  # noqa: DJ001  # the same
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        ordering = ("version", "revision", "key")
        constraints = (
            models.UniqueConstraint(fields=("version", "revision", "key"), name="products_change_once"),
            models.CheckConstraint(condition=models.Q(revision__gte=1), name="products_change_counted"),
        )

    def __str__(self) -> str:
        return f"{self.version_id} r{self.revision} {self.key}"


class GroupSeen(models.Model):
    """That a page of the questionnaire was opened; ``finished`` when somebody said that it is filled in."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="groups_seen")
    group = models.CharField(max_length=60)
    finished = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("version", "group"), name="products_group_seen_once"),)

    def __str__(self) -> str:
        return f"{self.version_id} {self.group}"


class Attachment(models.Model):
    """That an evidence file stands behind an answer. Taking it away marks the row; the file and the fact stay."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="attachments")
    key = models.CharField(max_length=120)
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="attachments")
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("key", "at")
        constraints = (
            models.UniqueConstraint(
                fields=("version", "key", "file"), condition=models.Q(removed_at__isnull=True), name="products_attachment_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.version_id} {self.key} {self.file_id}"
