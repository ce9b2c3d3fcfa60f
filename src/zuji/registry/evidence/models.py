from django.db import models

from zuji.registry.accounts.models import Enterprise


class EvidenceFile(models.Model):
    """One file of one enterprise. Rows are added, never changed or removed; the bytes lie outside the database under their SHA-256.

    ``product`` is the code of the product that it was handed in for, or empty: whom a single product is delegated to sees its files and no others.
    """

    code = models.CharField(max_length=26, primary_key=True)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="evidence")
    product = models.CharField(max_length=26, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8)
    media = models.CharField(max_length=100)
    uploaded_by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "code")
        indexes = (models.Index(fields=("sha256",), name="evidence_content"),)
        constraints = (
            # The same content under the same name is the same evidence, however often a form is sent.
            models.UniqueConstraint(fields=("enterprise", "product", "sha256", "name"), name="evidence_once"),
            models.CheckConstraint(condition=models.Q(size__gte=1), name="evidence_not_empty"),
            models.CheckConstraint(condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="evidence_sealed"),
            models.CheckConstraint(condition=~models.Q(name=""), name="evidence_named"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.sha256[:12]}"
