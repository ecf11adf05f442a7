"""PostgreSQL's vector of grams is a function of its own, said to be as dear as it is.

By the cost of the built-in ones the planner made vectors of row after row rather than look a
frequent word up: 1.5 s for one in half a million quotes. The function is no SQL function, which
would be taken apart before its cost is looked at.
"""

from django.db import migrations

INDEX = "CREATE INDEX quotes_searchgrams ON search_searchentry USING gin ({})"
FORWARDS = [
    """
    CREATE FUNCTION quotes_grams_vector(grams text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000
    AS 'BEGIN RETURN array_to_tsvector(string_to_array(btrim(grams, '' ''), '' '')); END'
    """,
    "DROP INDEX quotes_searchgrams",
    INDEX.format("quotes_grams_vector(grams)"),
]
BACKWARDS = [
    "DROP INDEX quotes_searchgrams",
    INDEX.format("array_to_tsvector(string_to_array(btrim(grams, ' '), ' '))"),
    "DROP FUNCTION quotes_grams_vector",
]


def run(statements):
    """Run these on PostgreSQL alone."""

    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return on_postgresql


class Migration(migrations.Migration):
    """Nothing on SQLite."""

    dependencies = [("search", "0004_keys_in_orders")]
    operations = [migrations.RunPython(run(FORWARDS), run(BACKWARDS))]
