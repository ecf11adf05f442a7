"""Looking words up in a column of grams."""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan, Lookup
from django.db.models.sql.compiler import SQLCompiler

from quotes.models.compiled import Sql
from quotes.text.grams import phrase_grams, phrase_text, tag
from quotes.text.queries import Phrase, Word

GRAMS_INDEX = "quotes_searchgrams"  # of the column: a table on SQLite, an index on PostgreSQL
TSVECTOR = "quotes_grams_vector({column})"  # what PostgreSQL indexes, a function of a migration
# How each database writes: a gram, the beginning of one, all of, any of.
SYNTAX = {
    "sqlite": ('"{}"', '"{}"*', " AND ", " OR "),
    "postgresql": ("'{}'", "'{}':*", " & ", " | "),
}


class GramsField(models.TextField):
    """Grams of texts (see quotes.text.grams), indexed by a migration in each database's way."""


@GramsField.register_lookup
class Indexed(Lookup):
    """`grams__indexed=words`: rows that have the grams of every word, or tag, by the index.

    A word of more than two tokens has its grams there in a row or not: see `in_a_row`.
    """

    lookup_name = "indexed"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: list[Word | str], connection: BaseDatabaseWrapper) -> Sql:
        """The words and tags as the database's own query language has them."""
        return "%s", [index_query(value, connection.vendor)]

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """By the FTS5 table, whose row ids are the primary keys."""
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        key = compiler.quote_name_unless_alias(self.lhs.target.model._meta.pk.column)
        match, params = self.process_rhs(compiler, connection)
        found = f"SELECT rowid FROM {GRAMS_INDEX} WHERE {GRAMS_INDEX} MATCH {match}"  # noqa: S608
        return f"{table}.{key} IN ({found})", params

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """By the GIN index of the expression."""
        column, params = self.process_lhs(compiler, connection)
        match, match_params = self.process_rhs(compiler, connection)
        return f"{TSVECTOR.format(column=column)} @@ {match}::tsquery", [*params, *match_params]


def index_query(words: list[Word | str], vendor: str) -> str:
    """`words` in the query language of that database: any phrase of each word, every gram of it.

    What is no word is a tag, a gram as it stands.
    """
    gram, start, all_of, any_of = SYNTAX[vendor]

    def phrase_query(phrase: Phrase) -> str:
        whole, beginning = phrase_grams(phrase)
        terms = [*map(gram.format, whole), *map(start.format, filter(None, [beginning]))]
        return f"({all_of.join(terms)})"

    return all_of.join(
        gram.format(word)
        if isinstance(word, str)
        else f"({any_of.join(map(phrase_query, word.phrases))})"
        for word in words
    )


def in_a_row(phrases: tuple[Phrase, ...], column: str = "grams") -> Q:
    """Condition for the tokens of any of `phrases` to stand in a row, by reading the column."""
    condition = Q()
    for phrase in phrases:
        condition |= Q(GreaterThan(StrIndex(column, Value(phrase_text(phrase))), 0))
    return condition


def has_tag(name: str, value: int) -> Q:
    """Condition for a row to have this tag among its grams, by reading the column."""
    return Q(GreaterThan(StrIndex("grams", Value(f" {tag(name, value)} ")), 0))
