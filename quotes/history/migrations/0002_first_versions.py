"""What was kept before there was a history gets its first versions."""

from django.db import migrations
from django.utils import timezone

CHUNK = 1000


def record_what_was_there(apps, schema_editor):
    now = timezone.now()
    for versions in apps.get_app_config("history").get_models():
        content = apps.get_model("quotes", versions._meta.model_name.removeprefix("historical"))
        kept = {field.attname for field in versions._meta.fields}
        names = [field.attname for field in content._meta.fields if field.attname in kept]
        # Migrated back and forward again, they have versions.
        rows = content._base_manager.exclude(pk__in=versions.objects.values("id"))
        rows = rows.order_by("pk").values(*names)
        chunk = list(rows[:CHUNK])
        while chunk:
            versions.objects.bulk_create(
                versions(history_date=now, history_type="+", **row) for row in chunk
            )
            chunk = list(rows.filter(pk__gt=chunk[-1]["id"])[:CHUNK])


class Migration(migrations.Migration):
    dependencies = [("history", "0001_versions")]
    operations = [migrations.RunPython(record_what_was_there, migrations.RunPython.noop)]
