from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_immutable")]

    operations = [
        migrations.AddIndex(model_name="event", index=models.Index(fields=["actor", "number"], name="audit_actor")),
        migrations.AddIndex(model_name="event", index=models.Index(fields=["action", "number"], name="audit_action")),
        migrations.AddIndex(model_name="event", index=models.Index(fields=["at"], name="audit_at")),
    ]
