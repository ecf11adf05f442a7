"""The index over grams, in each database's own way."""

from django.db import migrations

# An FTS5 table that keeps no text of its own, followed by triggers. Of a gram only the rows matter
# (detail=none); prefix=1 makes words of one character as quick as others. The ASCII tokenizer takes
# what is not ASCII as it is, and grams have no ASCII but letters, digits and the space between them.
SQLITE = [
    """
    CREATE VIRTUAL TABLE quotes_searchgrams USING fts5(
        grams, content='search_searchentry', content_rowid='quote_id',
        tokenize='ascii', detail='none', columnsize=0, prefix='1'
    )
    """,
    """
    CREATE TRIGGER quotes_searchgrams_insert AFTER INSERT ON search_searchentry BEGIN
        INSERT INTO quotes_searchgrams(rowid, grams) VALUES (new.quote_id, new.grams);
    END
    """,
    """
    CREATE TRIGGER quotes_searchgrams_delete AFTER DELETE ON search_searchentry BEGIN
        INSERT INTO quotes_searchgrams(quotes_searchgrams, rowid, grams)
        VALUES ('delete', old.quote_id, old.grams);
    END
    """,
]
POSTGRESQL = [
    """
    CREATE INDEX quotes_searchgrams ON search_searchentry
    USING gin (array_to_tsvector(string_to_array(btrim(grams, ' '), ' ')))
    """
]
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def create(apps, schema_editor):
    """Create the index of the database at hand."""
    for statement in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    """Drop it; triggers and GIN index go with the table."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE quotes_searchgrams")


class Migration(migrations.Migration):
    """Entries are inserted and deleted, never updated: so two triggers do."""

    dependencies = [("search", "0001_index")]
    operations = [migrations.RunPython(create, drop)]
