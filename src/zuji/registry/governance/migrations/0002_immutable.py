"""The database itself refuses to change or remove these rows."""

from django.db import migrations

from zuji.registry.immutable import Immutable


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_initial")]

    operations = [
        Immutable(f"governance_{table}")
        for table in (
            "fieldchange", "step", "gaterun", "overruling", "opening", "tick", "assignment", "recusal", "opinion", "round", "draw", "drawn",
            "approval", "publication", "revocation",
        )
    ]
