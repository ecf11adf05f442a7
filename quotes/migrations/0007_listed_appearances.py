"""Who was put on a list by an editor; whoever has a quote or section there may be by that."""

from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q


def tell_who_is_there_by_what_was_said(apps, schema_editor):
    quotes = apps.get_model("quotes", "Quote").objects.filter(
        speaker=OuterRef("speaker"), section__coverage__event=OuterRef("event")
    )
    sections = apps.get_model("quotes", "Section").objects.filter(
        moderator=OuterRef("speaker"), coverage__event=OuterRef("event")
    )
    appearances = apps.get_model("quotes", "Appearance").objects
    appearances.filter(Q(Exists(quotes)) | Q(Exists(sections))).update(listed=False)


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0006_publication_time_help'),
    ]

    operations = [
        migrations.AddField(
            model_name='appearance',
            name='listed',
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.RunPython(tell_who_is_there_by_what_was_said, migrations.RunPython.noop),
    ]
