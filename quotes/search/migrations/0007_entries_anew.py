"""Entries hold cities and English forms from now on: those that there are go, to be made anew.

After all migrations, where entries are missing (see `quotes.search.index.index_what_was_there`).
"""

from django.db import migrations


def remove_entries(apps, schema_editor):
    """Remove them, and say so: making them takes its time."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_searchentry")  # not row by row, as Django's delete()
        if cursor.rowcount:
            print(f"\n  The search index is made anew for {cursor.rowcount:,} quotes.", end="")


class Migration(migrations.Migration):

    dependencies = [("search", "0006_state_without_time"), ("quotes", "0012_english_forms")]
    operations = [migrations.RunPython(remove_entries, migrations.RunPython.noop)]
