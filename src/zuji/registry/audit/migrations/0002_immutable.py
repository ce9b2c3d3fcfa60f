"""The database itself refuses to change or remove these rows."""

from django.db import migrations

from zuji.registry.immutable import Immutable


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        Immutable("audit_event"),
    ]
