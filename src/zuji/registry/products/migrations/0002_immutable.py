"""The database itself refuses to change or remove what was once answered."""

from django.db import migrations

from zuji.registry.immutable import Immutable


class Migration(migrations.Migration):
    dependencies = [("products", "0001_initial")]

    operations = [Immutable("products_change")]
