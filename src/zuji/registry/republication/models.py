from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from zuji.registry.accounts.models import Enterprise
from zuji.registry.footprints.models import Footprint
from zuji.registry.products.models import Version

LONGEST_REASON = 2000
LINEAR, EXACT, REFUSED, WITHDRAWN, LOST = "linear", "exact", "refused", "withdrawn", "lost"
OUTCOMES = (LINEAR, EXACT, REFUSED, WITHDRAWN, LOST)
"""How a successor came about: by the vector; by the engine; refused by it; the factor has nothing in its place; the old result cannot be had again."""
ACCEPTED, DISMISSED = "accepted", "dismissed"


class KeptPreview(models.Model):
    """A dry run as somebody saw it: canonical JSON under its SHA-256, for a signature to be bound to. Rows are added, never changed or removed."""

    digest = models.CharField(max_length=64, primary_key=True)
    content = models.TextField()
    made = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.digest


class Republication(models.Model):
    """One publication at work on the footprints. ``changes`` is a JSON object from every replaced ``id@version``, earlier ones too, to the new one.

    ``drafted`` is set when every footprint known by its vector has its successor, ``finished`` when those solved one by one have theirs too.
    """

    code = models.CharField(max_length=120, primary_key=True)
    changes = models.TextField()
    begun = models.DateTimeField(db_default=Now())
    drafted = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-begun",)

    def __str__(self) -> str:
        return self.code


class Successor(models.Model):
    """What a footprint becomes by a publication: a draft of a new total beside the old footprint, which stays. Never changed, never removed.

    ``total`` is kgCO2e per declared unit as a result states it, ``exact`` the fraction behind it; both are empty where there is no number.
    ``parts`` is a JSON array of ``[old, new, change]`` by factor, exact, whose changes sum to the difference of the exact totals.
    ``reasons`` says in both languages why there is no number.
    """

    footprint = models.ForeignKey(Footprint, on_delete=models.PROTECT, related_name="successors", db_index=False)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+", db_index=False)
    republication = models.ForeignKey(Republication, on_delete=models.PROTECT, related_name="successors", db_index=False)
    outcome = models.CharField(max_length=9)
    total = models.CharField(max_length=120, blank=True)
    exact = models.TextField(blank=True)
    parts = models.TextField(default="[]")
    reasons = models.TextField(default="[]")

    class Meta:
        indexes = (models.Index(fields=("enterprise", "republication"), name="republication_of_firm"),)
        constraints = (
            models.UniqueConstraint(fields=("footprint", "republication"), name="republication_one_successor"),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="republication_outcome"),
            models.CheckConstraint(
                condition=(Q(outcome__in=(LINEAR, EXACT)) & ~Q(total="") & ~Q(exact=""))
                | (Q(outcome__in=(REFUSED, WITHDRAWN, LOST)) & Q(total="", exact="")),
                name="republication_number_or_none",
            ),
        )

    def __str__(self) -> str:
        return f"{self.footprint_id} {self.republication_id}"


class Queued(models.Model):
    """A footprint that its vector cannot answer for, and why: it is solved by itself. Never changed, never removed; its successor says what came of it."""

    footprint = models.ForeignKey(Footprint, on_delete=models.PROTECT, related_name="+", db_index=False)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+", db_index=False)
    republication = models.ForeignKey(Republication, on_delete=models.PROTECT, related_name="queue", db_index=False)
    reason = models.CharField(max_length=20)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("republication", "footprint"), name="republication_queued_once"),)

    def __str__(self) -> str:
        return f"{self.footprint_id} {self.reason}"


class Notice(models.Model):
    """That an enterprise is told of a publication that touches its footprints, once. Never changed, never removed."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+", db_index=False)
    republication = models.ForeignKey(Republication, on_delete=models.PROTECT, related_name="notices")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (models.UniqueConstraint(fields=("enterprise", "republication"), name="republication_told_once"),)

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.republication_id}"


class Decision(models.Model):
    """What the owner made of a successor: taken into a draft version of the product, or left aside with a reason. One for each, for good."""

    successor = models.OneToOneField(Successor, on_delete=models.PROTECT, primary_key=True, related_name="decision")
    act = models.CharField(max_length=9)
    at = models.DateTimeField(db_default=Now())
    by = models.CharField(max_length=120)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(act=ACCEPTED, version__isnull=False) | (Q(act=DISMISSED, version__isnull=True) & ~Q(reason="")),
                name="republication_decided_how",
            ),
        )

    def __str__(self) -> str:
        return f"{self.successor_id} {self.act}"
