"""Query sets whose SQL is made once, where making it takes many times as long as running it."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, QuerySet
from django.db.models.lookups import Lookup
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from quotes.models.publication import When, live_at, live_from

Sql = tuple[str, list]


class Argument(Expression):
    """Stands in a query set for a value that it is run with."""

    def __init__(self, name: str):
        super().__init__()
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """A parameter that is this."""
        return "%s", [self]


def compiled(build: Callable[[], QuerySet]) -> Callable[..., list[tuple]]:
    """Decorator: of a query set of values, a function of its arguments that gives its rows now.

    An argument is what the database takes, or a list of keys (see `Among`). What is public is that
    now, whatever is asked around it.
    """
    statements: dict[str, tuple[str, tuple]] = {}

    @wraps(build)
    def rows(**values: object) -> list[tuple]:
        if connection.vendor not in statements:
            with live_at(When.NOW), live_from(Argument("now")):
                statements[connection.vendor] = build().query.sql_with_params()
        sql, params = statements[connection.vendor]
        given = {name: _adapted(value) for name, value in values.items()}
        given["now"] = _adapted(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(sql, [given[p.name] if isinstance(p, Argument) else p for p in params])
            return cursor.fetchall()

    return rows


def _adapted(value: object) -> object:
    """A value as the database takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return json.dumps(value) if isinstance(value, list) else value


@models.ForeignKey.register_lookup
class Among(Lookup):
    """`pk__among=keys`: one parameter, however many the keys."""

    lookup_name = "among"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: list[int], connection: BaseDatabaseWrapper) -> Sql:
        """The keys as JSON."""
        return "%s", [json.dumps(value)]

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """By a table that SQLite makes of the JSON."""
        return self._among("SELECT value FROM json_each({})", compiler, connection)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """By a table that PostgreSQL makes of it."""
        return self._among(
            "SELECT value::bigint FROM json_array_elements_text({}::json)", compiler, connection
        )

    def _among(self, select: str, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        column, params = self.process_lhs(compiler, connection)
        keys, key_params = self.process_rhs(compiler, connection)
        return f"{column} IN ({select.format(keys)})", [*params, *key_params]
