"""The database itself refuses to change or remove decisions."""

from django.db import migrations

from zuji.registry.immutable import Immutable


class Migration(migrations.Migration):
    dependencies = [("inventory", "0003_overruling")]

    operations = [Immutable("inventory_overruling")]
