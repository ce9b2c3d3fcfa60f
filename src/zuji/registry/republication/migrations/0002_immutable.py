"""The database itself refuses to change or remove these rows."""

from django.db import migrations

from zuji.registry.immutable import Immutable


class Migration(migrations.Migration):
    dependencies = [("republication", "0001_initial")]

    operations = [
        Immutable("republication_keptpreview"),
        Immutable("republication_successor"),
        Immutable("republication_queued"),
        Immutable("republication_notice"),
        Immutable("republication_decision"),
    ]
