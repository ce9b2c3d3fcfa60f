from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class Role(models.TextChoices):
    """What a member may do for an enterprise."""

    OWNER = "owner", "owner"
    EDITOR = "editor", "editor"
    APPROVER = "approver", "approver"
    VIEWER = "viewer", "viewer"


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person, known by an e-mail address."""

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = (
            models.UniqueConstraint(Lower("email"), name="accounts_user_email"),
            models.CheckConstraint(condition=~models.Q(name=""), name="accounts_user_named"),
        )

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        return self.name


class Enterprise(models.Model):
    """An enterprise, known by its unified social credit code (GB 32100)."""

    uscc = models.CharField(max_length=18, unique=True)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    city_zh = models.CharField(max_length=60)
    city_en = models.CharField(max_length=60)
    demonstration = models.BooleanField(default=False, help_text="invented, shown as such")
    identity_confirmed = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(uscc__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"), name="accounts_enterprise_uscc"),
            models.CheckConstraint(condition=~models.Q(name_zh="") & ~models.Q(name_en=""), name="accounts_enterprise_named"),
        )

    def __str__(self) -> str:
        return f"{self.uscc} {self.name_zh}"


class Membership(models.Model):
    """That a person acts for an enterprise, and as what."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "enterprise"), name="accounts_membership_once"),
            models.CheckConstraint(condition=models.Q(role__in=[role.value for role in Role]), name="accounts_membership_role"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.enterprise_id}"
