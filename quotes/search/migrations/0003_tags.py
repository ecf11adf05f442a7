"""Filters stand among the grams, as tags; a speaker's quotes are found in reading order."""

from django.db import migrations, models


def empty(apps, schema_editor):
    """Drop what was indexed: it is indexed anew after migrating (index_what_was_there)."""
    apps.get_model("search", "SearchEntry").objects.all().delete()


class Migration(migrations.Migration):
    """Without entries of the old kind."""

    dependencies = [("search", "0002_grams_index")]
    operations = [
        migrations.RunPython(empty, migrations.RunPython.noop),
        migrations.AddIndex(
            "searchentry",
            models.Index(fields=["speaker", "reading"], name="searchentry_speaker_reading"),
        ),
    ]
