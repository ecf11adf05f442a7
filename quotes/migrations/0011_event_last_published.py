"""The last publication time that has passed is found by an index, at every view of a page."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("quotes", "0010_protected_terms")]
    operations = [
        migrations.AddIndex(
            "event",
            models.Index(fields=["status", "-published_at"], name="event_last_published"),
        ),
    ]
