"""The database itself refuses to change or remove these rows."""

from django.db import migrations

from zuji.registry.immutable import Immutable


class Migration(migrations.Migration):
    dependencies = [("inventory", "0005_kept")]

    operations = [Immutable("inventory_kept")]
