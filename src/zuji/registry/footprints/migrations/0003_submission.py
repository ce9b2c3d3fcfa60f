"""Footprints of product versions, the steps of a version, and submissions."""

import django.db.models.deletion
from django.db import migrations, models

from zuji.registry.immutable import Changeable, Immutable

ALTERED = ("footprints_footprint", "footprints_document", "footprints_usedfactor")  # the last two refer to the first by its code
NEW = ("footprints_step", "footprints_submission")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_organisation"),
        ("footprints", "0002_immutable"),
        ("products", "0001_initial"),
    ]

    operations = [
        *(Changeable(table) for table in ALTERED),
        migrations.AlterField("footprint", "code", models.CharField(max_length=26, primary_key=True, serialize=False)),
        migrations.AddField("footprint", "revision", models.PositiveIntegerField(blank=True, null=True)),
        migrations.AddField(
            "footprint",
            "version",
            models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="footprints", to="products.version"
            ),
        ),
        migrations.AddConstraint(
            "footprint",
            models.CheckConstraint(
                condition=models.Q(version__isnull=True, revision__isnull=True) | models.Q(version__isnull=False, revision__isnull=False),
                name="footprints_of_a_revision",
            ),
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=120)),
                ("reason", models.CharField(blank=True, max_length=2000)),
                (
                    "footprint",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="footprints.footprint",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="products.version"),
                ),
            ],
            options={
                "ordering": ("version", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(act__in=["ask_sign_off", "take_back", "return", "sign", "withdraw"]),
                        name="footprints_step_act",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("case_number", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("prepared_by", models.CharField(max_length=120)),
                ("signed_by", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                ("snapshot", models.TextField()),
                ("snapshot_hash", models.CharField(max_length=71)),
                (
                    "footprint",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="submission", to="footprints.footprint"
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="submission", to="products.version"),
                ),
            ],
            options={
                "ordering": ("-case_number",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(snapshot_hash__startswith="sha256:"), name="footprints_submission_sealed"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(case_number__regex=r"^ZJ-\d{4}-\d{6}$"), name="footprints_submission_case"
                    ),
                ],
            },
        ),
        *(Immutable(table) for table in (*ALTERED, *NEW)),
    ]
