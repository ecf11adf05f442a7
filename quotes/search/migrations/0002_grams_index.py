"""The index over grams, in each database's own way."""

from django.db import migrations

# An FTS5 table that keeps no text of its own, followed by triggers. Of a gram only the rows matter
# (detail=none); prefix=1 makes words of one character as quick as others. The ASCII tokenizer takes
# what is not ASCII as it is, and grams have no ASCII but letters, digits and the space between them.
# Entries that are there already are taken in (`rebuild`), and what this migration once left behind
# when it was undone is taken over (IF NOT EXISTS).
SQLITE = [
    """
    CREATE VIRTUAL TABLE quotes_searchgrams USING fts5(
        grams, content='search_searchentry', content_rowid='quote_id',
        tokenize='ascii', detail='none', columnsize=0, prefix='1'
    )
    """,
    """
    CREATE TRIGGER IF NOT EXISTS quotes_searchgrams_insert AFTER INSERT ON search_searchentry BEGIN
        INSERT INTO quotes_searchgrams(rowid, grams) VALUES (new.quote_id, new.grams);
    END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS quotes_searchgrams_delete AFTER DELETE ON search_searchentry BEGIN
        INSERT INTO quotes_searchgrams(quotes_searchgrams, rowid, grams)
        VALUES ('delete', old.quote_id, old.grams);
    END
    """,
    "INSERT INTO quotes_searchgrams(quotes_searchgrams) VALUES ('rebuild')",
]
POSTGRESQL = [
    """
    CREATE INDEX IF NOT EXISTS quotes_searchgrams ON search_searchentry
    USING gin (array_to_tsvector(string_to_array(btrim(grams, ' '), ' ')))
    """
]
FORWARDS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
# The table of entries stays: triggers that outlived what they write to would break every save.
BACKWARDS = {
    "sqlite": [
        "DROP TRIGGER quotes_searchgrams_insert",
        "DROP TRIGGER quotes_searchgrams_delete",
        "DROP TABLE quotes_searchgrams",
    ],
    "postgresql": ["DROP INDEX quotes_searchgrams"],
}


def run(statements):
    """Run those for the database at hand."""

    def on_the_database(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return on_the_database


class Migration(migrations.Migration):
    """Entries are inserted and deleted, never updated: so two triggers do."""

    dependencies = [("search", "0001_index")]
    operations = [migrations.RunPython(run(FORWARDS), run(BACKWARDS))]
