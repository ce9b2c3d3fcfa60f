"""The database itself refuses to change or remove these rows."""

from django.db import migrations

from zuji.registry.immutable import Immutable


class Migration(migrations.Migration):
    dependencies = [("footprints", "0001_initial")]

    operations = [
        Immutable("footprints_footprint"),
        Immutable("footprints_document"),
        Immutable("footprints_usedfactor"),
    ]
