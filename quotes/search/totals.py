"""How many public quotes there are of everything, remembered until the content changes."""

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, QuerySet

from quotes.models import TaggedQuote
from quotes.models.compiled import compiled
from quotes.search.memory import Memory
from quotes.search.models import COLUMNS, SearchEntry, SearchEntryQuerySet

Counts = dict[int, int]  # value of a column, or key of a topic -> quotes
TOPIC = "topic"  # is grouped by beside the columns
OF_COLUMN = 'SELECT {place}, "{name}", COUNT(*) FROM ({entries}) AS entries GROUP BY "{name}"'
OF_TOPIC = (
    "SELECT {place}, tag_id, COUNT(*) FROM quotes_taggedquote "
    "WHERE content_object_id IN (SELECT pk FROM ({entries}) AS entries) GROUP BY tag_id"
)


def total(memory: Memory) -> int:
    """How many quotes there are."""
    return sum(columns(memory)["event"].values())


def columns(memory: Memory) -> dict[str, Counts]:
    """Of each column that is filtered by: value -> quotes."""
    entries = SearchEntry.objects.published()
    return memory.remember("columns", lambda: group(dict.fromkeys(COLUMNS, entries)))


def topics(memory: Memory) -> Counts:
    """Topic -> quotes."""
    return memory.remember("topics", lambda: dict(_tagged()))


@compiled
def _tagged() -> QuerySet:
    """By leaving out what is hidden, which is little, where looking up the rest takes ten times."""
    hidden = SearchEntry.objects.hidden().values("pk")
    tagged = TaggedQuote.objects.exclude(content_object__in=hidden).order_by()
    return tagged.values_list("tag").annotate(n=Count("pk"))


def group(entries: dict[str, SearchEntryQuerySet], gather: bool = False) -> dict[str, Counts]:
    """Of each column, or TOPIC: value -> how many of its entries have it. One query.

    Entries are compiled once however many columns share them: as Django's own union of grouped
    query sets this takes four times the CPU. `gather`: they are looked up once, too, where that is
    dear; each column of all entries has an index that tells its counts sooner.
    """
    counts: dict[str, Counts] = {name: {} for name in entries}
    compiled: dict[int, tuple[str, tuple]] = {}
    tables: dict[int, str] = {}
    selects, params = [], []
    for place, (name, rows) in enumerate(entries.items()):
        try:
            if id(rows) not in compiled:
                values = rows.order_by().values_list(*COLUMNS, "pk")
                compiled[id(rows)] = values.query.sql_with_params()
        except EmptyResultSet:
            continue
        sql, values = compiled[id(rows)]
        if gather:
            if id(rows) not in tables:
                tables[id(rows)] = f"gathered{len(tables)} AS MATERIALIZED ({sql})"
                params += values
            sql, values = f"SELECT * FROM {tables[id(rows)].split()[0]}", ()  # noqa: S608
        select = OF_TOPIC if name == TOPIC else OF_COLUMN
        selects.append(select.format(place=place, name=name, entries=sql))
        params += values
    names = list(entries)
    for place, value, n in _all(selects, params, [*tables.values()]):
        counts[names[place]][value] = n
    return counts


def _all(selects: list[str], params: list, tables: list[str]) -> list[tuple]:
    """The rows of all of these, which may read those tables."""
    if not selects:
        return []
    with connection.cursor() as cursor:
        given = f"WITH {', '.join(tables)} " if tables else ""
        cursor.execute(given + " UNION ALL ".join(selects), params)
        return cursor.fetchall()
