"""The database itself refuses to change or remove what was contributed and released."""

from django.db import migrations

from zuji.registry.immutable import Immutable


class Migration(migrations.Migration):
    dependencies = [("averages", "0001_initial")]

    operations = [Immutable(f"averages_{table}") for table in ("call", "contribution", "retraction", "release", "member")]
