"""A revocation keeps what its proposer saw, and has one decision; both stay as they are."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from zuji.registry.immutable import Changeable, Immutable


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0002_immutable"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(name="revocation", options={"ordering": ("-at", "code")}),
        Changeable("governance_revocation"),
        migrations.AddField(
            model_name="revocation",
            name="digest",
            field=models.CharField(blank=True, default="", help_text="empty: proposed before it was kept; nobody confirms it", max_length=64),
            preserve_default=False,
        ),
        Immutable("governance_revocation"),
        migrations.CreateModel(
            name="RevocationDecision",
            fields=[
                (
                    "revocation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="decision", serialize=False,
                        to="governance.revocation",
                    ),
                ),
                ("confirmed", models.BooleanField()),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("confirmed", True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="governance_revocation_dropped_why",
                    )
                ],
            },
        ),
        Immutable("governance_revocationdecision"),
    ]
