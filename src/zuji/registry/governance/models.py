from django.db import models

from zuji.registry.accounts.models import Enterprise, User
from zuji.registry.evidence.models import EvidenceFile
from zuji.registry.factors.models import FactorVersion
from zuji.workflow.factor import OPEN, VERDICTS, Act, State

LONGEST_REASON = 2000
_TAKEN = [state.value for state in (*OPEN, State.APPEALED, State.PUBLISHED, State.SUPERSEDED, State.REVOKED, State.EXPIRED)]
_SEALED = r"^[0-9a-f]{64}$"


class Dossier(models.Model):
    """A factor on its way to publication, and what became of it.

    ``content`` is the canonical JSON of the fields (name to text) and the evidence with its hashes, and always what replaying
    :class:`FieldChange` gives; ``revision`` counts the saves. Only a draft changes. ``cycle`` counts the submissions: ticks, opinions and
    signatures belong to one. ``digest`` seals the content of the current cycle. ``number`` is the public one, given at the first submission.
    """

    code = models.CharField(max_length=26, primary_key=True)
    number = models.CharField(max_length=20, blank=True)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="dossiers")
    factor_id = models.CharField(max_length=120, blank=True)
    version = models.CharField(max_length=40, blank=True)
    name_zh = models.CharField(max_length=300, blank=True)
    name_en = models.CharField(max_length=300, blank=True)
    category = models.CharField(max_length=80, blank=True)
    content = models.TextField()
    revision = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=24, default=State.DRAFT.value)
    cycle = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    restored_from = models.CharField(max_length=161, blank=True)
    submitted = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True)
    created = models.DateTimeField()
    created_by = models.CharField(max_length=120)
    changed = models.DateTimeField()

    class Meta:
        ordering = ("-changed", "code")
        indexes = (models.Index(fields=("state", "due"), name="governance_waiting"),)
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=[state.value for state in State]), name="governance_state"),
            models.UniqueConstraint(fields=("number",), condition=~models.Q(number=""), name="governance_number"),
            # Two dossiers never reach publication under one reference.
            models.UniqueConstraint(fields=("factor_id", "version"), condition=models.Q(state__in=_TAKEN), name="governance_reference"),
            models.CheckConstraint(
                condition=models.Q(state__in=[State.DRAFT.value, State.WITHDRAWN.value]) | (~models.Q(number="") & models.Q(cycle__gte=1)),
                name="governance_submitted",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number or self.code} {self.factor_id}@{self.version}"


class FieldChange(models.Model):
    """One field of a draft before and after one save (None: it was empty). Rows are added, never changed, never removed."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="changes")
    revision = models.PositiveIntegerField()
    key = models.CharField(max_length=60)
    before = models.TextField(null=True)  # noqa: DJ001  # empty and absent differ: a text is never empty here
    after = models.TextField(null=True)  # noqa: DJ001  # the same
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        ordering = ("dossier", "revision", "key")
        constraints = (models.UniqueConstraint(fields=("dossier", "revision", "key"), name="governance_change_once"),)

    def __str__(self) -> str:
        return f"{self.dossier_id} r{self.revision} {self.key}"


class Step(models.Model):
    """One step of a dossier: who did what, when, why, and with which content. Rows are added, never changed, never removed."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="steps")
    cycle = models.PositiveIntegerField()
    act = models.CharField(max_length=24)
    source = models.CharField(max_length=24)
    target = models.CharField(max_length=24)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    reason = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("dossier", "pk")
        constraints = (models.CheckConstraint(condition=models.Q(act__in=[act.value for act in Act]), name="governance_step_act"),)

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.act}"


class GateRun(models.Model):
    """What the automatic gate said of a submission: ``findings`` as a JSON list, those overruled marked."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="gate_runs")
    cycle = models.PositiveIntegerField()
    at = models.DateTimeField()
    checks = models.PositiveIntegerField()
    findings = models.TextField()
    passed = models.BooleanField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("dossier", "cycle"), name="governance_gate_once"),)

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.cycle} {'passed' if self.passed else 'stopped'}"


class Overruling(models.Model):
    """That a secretary lets a factor through in spite of a finding of the gate, with the reason; for the finding of that code and this dossier alone."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="overrulings")
    code = models.CharField(max_length=60)
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("dossier", "code"), name="governance_overruled_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="governance_overruled_why"),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.code}"


class Opening(models.Model):
    """That somebody opened a document behind a dossier: a value is ticked only by who looked."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="openings")
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("dossier", "file", "user"), name="governance_opened_once"),)

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.file_id} {self.user_id}"


class Tick(models.Model):
    """That a checker held the text of one field against a page of a document, and whether it agrees."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="ticks")
    cycle = models.PositiveIntegerField()
    key = models.CharField(max_length=60)
    value = models.TextField()
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    page = models.CharField(max_length=60)
    agrees = models.BooleanField()
    note = models.TextField(blank=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("dossier", "pk")
        constraints = (
            models.UniqueConstraint(fields=("dossier", "cycle", "key", "user"), name="governance_tick_once"),
            models.CheckConstraint(condition=models.Q(agrees=True) | ~models.Q(note=""), name="governance_tick_why_not"),
            models.CheckConstraint(condition=~models.Q(page=""), name="governance_tick_page"),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.key} {self.user_id}"


class Assignment(models.Model):
    """That an expert is asked for an opinion until a time. Rows are added, never changed, never removed."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="assignments")
    cycle = models.PositiveIntegerField()
    panel = models.PositiveIntegerField(help_text="counts the reviews within a cycle: an admitted appeal has another panel")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    due = models.DateTimeField()

    class Meta:
        ordering = ("dossier", "pk")
        constraints = (models.UniqueConstraint(fields=("dossier", "cycle", "panel", "user"), name="governance_assigned_once"),)

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.user_id}"


class Recusal(models.Model):
    """That an expert gives an assignment back: a conflict of interest that they declared, or another reason."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, primary_key=True, related_name="recusal")
    conflict = models.BooleanField()
    reason = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.assignment_id)


class Opinion(models.Model):
    """An expert's opinion: the scores of the form and remarks as JSON, the verdict, and that there is no conflict of interest."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, primary_key=True, related_name="opinion")
    form = models.CharField(max_length=20)
    answers = models.TextField()
    verdict = models.CharField(max_length=8)
    comment = models.TextField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(verdict__in=sorted(VERDICTS)), name="governance_verdict"),
            models.CheckConstraint(condition=~models.Q(comment=""), name="governance_opinion_reasoned"),
            models.CheckConstraint(condition=models.Q(digest__regex=_SEALED), name="governance_opinion_sealed"),
        )

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.verdict}"


class Round(models.Model):
    """A spot check as it was announced: the seed before the draw. It covers what was submitted before the announcement and waits at the draw."""

    number = models.CharField(max_length=20, primary_key=True)
    seed = models.CharField(max_length=120)
    origin = models.CharField(max_length=300, blank=True, help_text="where the seed comes from")
    percent = models.PositiveSmallIntegerField()
    announced = models.DateTimeField()
    announced_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    draw_at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.CheckConstraint(condition=models.Q(draw_at__gt=models.F("announced")), name="governance_seed_first"),
            models.CheckConstraint(condition=models.Q(percent__gte=1, percent__lte=100), name="governance_share"),
            models.CheckConstraint(condition=~models.Q(seed=""), name="governance_seed"),
        )

    def __str__(self) -> str:
        return self.number


class Draw(models.Model):
    """The draw of a round: the whole list with its weights, and what was drawn, so that anybody can draw it again."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, primary_key=True, related_name="draw")
    listed = models.TextField()
    list_digest = models.CharField(max_length=64)
    drawn = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.round_id


class Drawn(models.Model):
    """That a dossier was drawn in a round and waits for the inspector."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="to_inspect")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="drawn")
    cycle = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("dossier", "cycle"), name="governance_drawn_once"),)

    def __str__(self) -> str:
        return f"{self.round_id} {self.dossier_id}"


class Approval(models.Model):
    """A first signature: for exactly this content and this preview, until a time. Rows are added, never changed, never removed."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="approvals")
    cycle = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    preview = models.CharField(max_length=64)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires = models.DateTimeField()

    class Meta:
        ordering = ("dossier", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(digest__regex=_SEALED) & models.Q(preview__regex=_SEALED), name="governance_approval_sealed"
            ),
            models.CheckConstraint(condition=models.Q(expires__gt=models.F("at")), name="governance_approval_expires"),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.pk}"


class Publication(models.Model):
    """A published version with the two who signed. An approval is used once, a dossier published once."""

    code = models.CharField(max_length=26, primary_key=True)
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="publication")
    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="publication")
    factor = models.OneToOneField(FactorVersion, on_delete=models.PROTECT, related_name="publication")
    replaces = models.ForeignKey(FactorVersion, on_delete=models.PROTECT, null=True, related_name="replaced_by")
    content = models.TextField()
    digest = models.CharField(max_length=64)
    preview = models.CharField(max_length=64)
    reviewers = models.TextField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "code")

    def __str__(self) -> str:
        return self.code


class Revocation(models.Model):
    """That a publisher wants a published version revoked; it is, once another one confirms it before it expires.

    ``digest`` seals what the publisher saw: the version and what had become of it, what stands in its place, the reason and the dry run.
    """

    code = models.CharField(max_length=26, primary_key=True)
    factor = models.ForeignKey(FactorVersion, on_delete=models.PROTECT, related_name="revocations")
    reason_code = models.CharField(max_length=24)
    reason = models.TextField()
    preview = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, blank=True, help_text="empty: proposed before it was kept; nobody confirms it")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires = models.DateTimeField()

    class Meta:
        ordering = ("-at", "code")
        constraints = (models.CheckConstraint(condition=~models.Q(reason=""), name="governance_revocation_why"),)

    def __str__(self) -> str:
        return self.code


class RevocationDecision(models.Model):
    """What became of a proposed revocation, once: another publisher confirmed it, or it was dropped for a reason."""

    revocation = models.OneToOneField(Revocation, on_delete=models.PROTECT, primary_key=True, related_name="decision")
    confirmed = models.BooleanField()
    reason = models.TextField(blank=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(confirmed=True) | ~models.Q(reason=""), name="governance_revocation_dropped_why"),
        )

    def __str__(self) -> str:
        return f"{self.revocation_id} {'confirmed' if self.confirmed else 'dropped'}"
