from django.db import models


class Event(models.Model):
    """One write: who did what to which thing, and when. Rows are added, never changed, never removed.

    ``hash`` is the SHA-256 of the canonical JSON of the other fields; ``previous`` is the hash of the event before,
    or 64 zeros. ``previous`` is unique, so the chain cannot fork. Triggers in both databases refuse UPDATE and DELETE.
    """

    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    enterprise = models.CharField(max_length=18, blank=True)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=300)
    details = models.TextField()
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("number",)
        indexes = (
            models.Index(fields=("subject",), name="audit_subject"),
            models.Index(fields=("enterprise", "number"), name="audit_enterprise"),
            models.Index(fields=("actor", "number"), name="audit_actor"),
            models.Index(fields=("action", "number"), name="audit_action"),
            models.Index(fields=("at",), name="audit_at"),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(number__gte=1), name="audit_number_positive"),
            models.CheckConstraint(condition=~models.Q(actor=""), name="audit_actor_named"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject}"
