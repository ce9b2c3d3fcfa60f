"""What a factor is found by is kept beside its entry, as one text, and read into memory: no table of words. It is filled when the platform starts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("factors", "0004_search_index")]

    operations = [
        migrations.DeleteModel(name="FactorTerm"),
        migrations.DeleteModel(name="FactorLexeme"),
        migrations.DeleteModel(name="FactorIndex"),
        migrations.CreateModel(
            name="FactorIndex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.CharField(max_length=16)),
                ("mark", models.CharField(max_length=32)),
            ],
        ),
        migrations.AddField(model_name="factorentry", name="filed", field=models.TextField(blank=True, default="")),
        migrations.AddField(model_name="factorentry", name="stamp", field=models.BigIntegerField(default=0)),
    ]
