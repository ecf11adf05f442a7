"""Query sets whose SQL is made once, where making it takes longer than running it."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from quotes.models.publication import When, live_at, live_from

PLACEHOLDER = datetime(1, 1, 1, 1, tzinfo=UTC)  # in the SQL that is kept, stands for the time now


def compiled(build: Callable[[], QuerySet]) -> Callable[[], list[tuple]]:
    """Decorator: of a query set of values that depend on nothing but the time, the rows now."""
    statements: dict[str, tuple[str, tuple]] = {}

    @wraps(build)
    def rows() -> list[tuple]:
        if connection.vendor not in statements:
            with live_at(When.NOW), live_from(PLACEHOLDER):
                statements[connection.vendor] = build().query.sql_with_params()
        sql, params = statements[connection.vendor]
        placeholder, now = map(
            connection.ops.adapt_datetimefield_value, (PLACEHOLDER, timezone.now())
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [now if value == placeholder else value for value in params])
            return cursor.fetchall()

    return rows
