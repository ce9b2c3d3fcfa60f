"""The database itself refuses to change or remove these rows."""

from django.db import migrations

from zuji.registry.immutable import Immutable


class Migration(migrations.Migration):
    dependencies = [("national", "0001_initial")]

    operations = [Immutable("national_row"), Immutable("national_comparison")]
