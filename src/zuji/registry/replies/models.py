from django.db import models


class Reply(models.Model):
    """What a program was answered to a request under a key of its own. ``request`` is the SHA-256 of method, address and body."""

    client = models.CharField(max_length=120)
    key = models.CharField(max_length=200)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=("at",), name="replies_at"),)
        constraints = (models.UniqueConstraint(fields=("client", "key"), name="replies_once"),)

    def __str__(self) -> str:
        return f"{self.client} {self.key}"
