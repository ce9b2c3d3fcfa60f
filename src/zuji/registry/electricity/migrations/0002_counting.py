"""The database itself counts claims, and refuses to change or remove what was written."""

from django.db import migrations

from zuji.registry.electricity.counting import Counting
from zuji.registry.immutable import Immutable

WRITTEN = ("certificate", "claim", "release", "voiding", "conflict", "generation", "residualmix")


class Migration(migrations.Migration):
    dependencies = [("electricity", "0001_initial")]

    operations = [Counting(), *(Immutable(f"electricity_{table}") for table in WRITTEN)]
