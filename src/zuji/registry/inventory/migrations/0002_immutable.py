"""The database itself refuses to change or remove these rows."""

from django.db import migrations

from zuji.registry.immutable import Immutable


class Migration(migrations.Migration):
    dependencies = [("inventory", "0001_initial")]

    operations = [
        Immutable("inventory_release"),
        Immutable("inventory_dataset"),
        Immutable("inventory_content"),
    ]
