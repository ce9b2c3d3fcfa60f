"""What footprints depend on, kept with them; what older ones depend on is found out by a job, with the software of the day."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from zuji.registry.immutable import Immutable

KIND = "footprint.dependences"


def ask_for_the_older(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if apps.get_model("footprints", "Footprint").objects.using(schema_editor.connection.alias).exists():
        apps.get_model("jobs", "Job").objects.using(schema_editor.connection.alias).get_or_create(
            kind=KIND, key="", defaults={"arguments": '{"after":""}'}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_organisation"),
        ("footprints", "0003_submission"),
        ("jobs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dependence",
            fields=[
                (
                    "footprint",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="dependence",
                        serialize=False,
                        to="footprints.footprint",
                    ),
                ),
                ("total", models.TextField()),
                ("constant", models.TextField()),
                ("uses", models.TextField()),
                ("gwp", models.CharField(max_length=160)),
                ("start", models.DateField()),
                ("end", models.DateField()),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.enterprise"
                    ),
                ),
            ],
        ),
        Immutable("footprints_dependence"),
        migrations.RemoveIndex("usedfactor", "footprints_uses"),
        migrations.AddIndex("usedfactor", models.Index(fields=["factor_id", "version", "footprint"], name="footprints_uses_of")),
        migrations.RunPython(ask_for_the_older, migrations.RunPython.noop),
    ]
