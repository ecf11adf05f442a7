"""Rows that a page shows with their number of quotes."""

from collections.abc import Iterable, Mapping

from django.db.models import Model


def counted(rows: Iterable[Model], counts: Mapping[int, int]) -> list[Model]:
    """The rows, each with `quote_count` from the counts by primary key."""
    rows = list(rows)
    for row in rows:
        row.quote_count = counts.get(row.pk, 0)
    return rows
