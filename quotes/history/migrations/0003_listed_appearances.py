"""Versions say who was put on a list by an editor, as far as the rows still do."""

from django.db import migrations, models


def take_over_from_the_rows(apps, schema_editor):
    unlisted = apps.get_model("quotes", "Appearance").objects.filter(listed=False)
    versions = apps.get_model("history", "HistoricalAppearance").objects
    versions.filter(id__in=unlisted.values("pk")).update(listed=False)


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0007_listed_appearances'),
        ('history', '0002_first_versions'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalappearance',
            name='listed',
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.RunPython(take_over_from_the_rows, migrations.RunPython.noop),
    ]
