"""The index by which factors are found is made anew: narrower rows, each word once. It is filled when the platform starts."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("factors", "0003_standing")]

    operations = [
        migrations.DeleteModel(name="FactorTerm"),
        migrations.CreateModel(
            name="FactorIndex",
            fields=[("fingerprint", models.CharField(max_length=64, primary_key=True, serialize=False))],
        ),
        migrations.CreateModel(
            name="FactorLexeme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=90, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="FactorEntry",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="entry",
                        serialize=False,
                        to="factors.factorversion",
                    ),
                ),
                ("factor_id", models.CharField(max_length=120, unique=True)),
                ("category", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=20)),
                ("geography", models.CharField(max_length=40)),
                ("state", models.CharField(max_length=20)),
                ("per", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=300)),
                ("rank", models.IntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject"], name="factors_entry_subject"),
                    models.Index(fields=["rank"], name="factors_entry_rank"),
                    models.Index(fields=["category", "kind", "geography", "state"], name="factors_entry_facets"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FactorTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weight", models.SmallIntegerField()),
                (
                    "entry",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="factors.factorentry"),
                ),
                (
                    "lexeme",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="factors.factorlexeme"),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("lexeme", "entry"), name="factors_term")]},
        ),
    ]
