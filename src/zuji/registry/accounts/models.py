from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from zuji.workflow.duties import Duty as DutyName
from zuji.workflow.permissions import DELEGATED


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
    operator = models.BooleanField(default=False, help_text="staff of the platform, who confirm the identity of enterprises")
    session_epoch = models.PositiveIntegerField(default=0, help_text="raising it ends every session of the person")
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

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is compared with on every request: another password or epoch, and it has ended."""
        return salted_hmac(
            "zuji.registry.accounts.models.User.session", f"{self.password}:{self.session_epoch}", secret=secret, algorithm="sha256"
        ).hexdigest()


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


class IdentityCheck(models.Model):
    """What an operator found when looking at an enterprise's papers. The newest one counts; none is changed.

    ``of_name`` is the Chinese name that was looked at: an enterprise renamed since then waits again.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="identity_checks")
    confirmed = models.BooleanField()
    of_name = models.CharField(max_length=200)
    evidence = models.CharField(max_length=500, help_text="document and number that were looked at")
    reason = models.CharField(max_length=500, blank=True, help_text="why it was refused")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", help_text="empty: at the command line")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~models.Q(evidence=""), name="accounts_identity_evidence"),
            models.CheckConstraint(condition=models.Q(confirmed=True) | ~models.Q(reason=""), name="accounts_identity_reason"),
        )

    def __str__(self) -> str:
        return f"{self.enterprise_id} {'confirmed' if self.confirmed else 'refused'}"


class Site(models.Model):
    """A place where an enterprise produces."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="sites")
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    division = models.CharField(max_length=6, help_text="code of the county-level division, GB/T 2260")
    closed = models.BooleanField(default=False, help_text="kept for what refers to it, offered for nothing new")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("enterprise", "name_zh"), name="accounts_site_once"),
            models.CheckConstraint(condition=models.Q(division__regex=r"^[1-9][0-9]{5}$"), name="accounts_site_division"),
            models.CheckConstraint(condition=~models.Q(name_zh="") & ~models.Q(name_en=""), name="accounts_site_named"),
        )

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.name_zh}"


class Registration(models.Model):
    """A person, perhaps with an enterprise, who has not yet shown that the address is theirs. Kept for a day; then as if never written."""

    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)
    uscc = models.CharField(max_length=18)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    city_zh = models.CharField(max_length=60)
    city_en = models.CharField(max_length=60)
    expires = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("expires",), name="accounts_registration_expires"),)

    def __str__(self) -> str:
        return self.uscc


class Invitation(models.Model):
    """That an enterprise would like a person to act for it. Tokens are known by their hashes only.

    ``token_hash`` is that of the link an owner copies; ``mailed_hash`` that of the link in the letter, which also shows that its bearer
    reads the mail of ``email``.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(max_length=254, help_text="in small letters")
    role = models.CharField(max_length=12, choices=Role.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    mailed_hash = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True)
    accepted = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("enterprise", "email"), condition=models.Q(revoked=None, accepted=None), name="accounts_invitation_open_once"
            ),
            models.CheckConstraint(condition=models.Q(role__in=[role.value for role in Role]), name="accounts_invitation_role"),
            models.CheckConstraint(condition=models.Q(revoked=None) | models.Q(accepted=None), name="accounts_invitation_ended_once"),
        )

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.role} {self.pk}"


class Delegation(models.Model):
    """That an outside person works on an enterprise's products until a day. ``products`` lists product codes; empty: all products."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="delegations")
    email = models.EmailField(max_length=254, help_text="in small letters; of an account that exists or will")
    role = models.CharField(max_length=12)
    products = models.JSONField(default=list)
    expires = models.DateField(help_text="the last day")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(auto_now_add=True)
    revoked = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("email",), name="accounts_delegation_email"),)
        constraints = (models.CheckConstraint(condition=models.Q(role__in=sorted(DELEGATED)), name="accounts_delegation_role"),)

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.role} {self.pk}"


class ApiClient(models.Model):
    """A program that acts for an enterprise, or in a person's own name within their duties (``enterprise`` is None, ``role`` is ``person``).

    Its secret has 128 bits or more, so that a plain hash of it is enough.
    """

    client_id = models.CharField(max_length=26, unique=True)
    secret_hash = models.CharField(max_length=64)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="clients", null=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=12)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="clients")
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateField(help_text="the last day")
    revoked = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(enterprise__isnull=False, role__in=sorted(DELEGATED)) | models.Q(enterprise=None, role="person"),
                name="accounts_client_role",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="accounts_client_named"),
        )

    def __str__(self) -> str:
        return f"{self.client_id} {self.enterprise_id}"


class RealName(models.Model):
    """Which person an account is of, by a document that an operator looked at. ``document_key`` is a keyed hash; two accounts may share it."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, primary_key=True, related_name="real_name")
    document_key = models.CharField(max_length=64, db_index=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", help_text="empty: at the command line")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(document_key__regex=r"^[0-9a-f]{64}$"), name="accounts_real_name_hash"),)

    def __str__(self) -> str:
        return str(self.user_id)


class Duty(models.Model):
    """That a person does something for the platform, from its appointment to its end. ``scope`` lists categories of factors; empty: all."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="duties")
    duty = models.CharField(max_length=12)
    organisation = models.CharField(max_length=200, help_text="who they work for: whose things they keep away from")
    uscc = models.CharField(max_length=18, blank=True, help_text="of that organisation, where it has one")
    scope = models.JSONField(default=list)
    appointed = models.DateTimeField(auto_now_add=True)
    appointed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", help_text="empty: at the command line")
    ended = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "duty"), condition=models.Q(ended=None), name="accounts_duty_once"),
            models.CheckConstraint(condition=models.Q(duty__in=[duty.value for duty in DutyName]), name="accounts_duty_known"),
            models.CheckConstraint(condition=~models.Q(organisation=""), name="accounts_duty_organisation"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.duty}"
