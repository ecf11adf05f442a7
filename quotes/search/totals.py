"""How many public quotes there are of everything, remembered until the content changes."""

from collections.abc import Iterable

from django.db.models import Count, F, IntegerField, Value

from quotes.models import TaggedQuote
from quotes.search.memory import Memory
from quotes.search.models import COLUMNS, SearchEntry, SearchEntryQuerySet

Counts = dict[int, int]  # value of a column, or key of a topic -> quotes


def total(memory: Memory) -> int:
    """How many quotes there are."""
    return memory.remember("total", SearchEntry.objects.published().count)


def columns(memory: Memory) -> dict[str, Counts]:
    """Of each column that is filtered by: value -> quotes."""
    entries = SearchEntry.objects.published()
    return memory.remember("columns", lambda: group(dict.fromkeys(COLUMNS, entries)))


def topics(memory: Memory) -> Counts:
    """Topic -> quotes."""
    return memory.remember("topics", lambda: group_topics(SearchEntry.objects.published()))


def group(entries: dict[str, SearchEntryQuerySet]) -> dict[str, Counts]:
    """Of each column: value -> how many of its entries have it. One query."""
    counts: dict[str, Counts] = {column: {} for column in entries}
    names = list(entries)
    grouped = [
        rows.order_by()
        .annotate(place=Value(place, output_field=IntegerField()))
        .values_list("place", F(column))
        .annotate(n=Count("pk"))
        for place, (column, rows) in enumerate(entries.items())
    ]
    for place, value, n in union(grouped):
        counts[names[place]][value] = n
    return counts


def group_topics(entries: SearchEntryQuerySet) -> Counts:
    """Topic -> how many of the quotes of `entries` have it. One query."""
    tagged = TaggedQuote.objects.filter(content_object__in=entries.order_by().values("pk"))
    return dict(tagged.order_by().values_list("tag").annotate(n=Count("pk")))


def union(querysets: Iterable[SearchEntryQuerySet]) -> Iterable:
    """The rows of all; none of none."""
    first, *others = list(querysets) or [SearchEntry.objects.none()]
    return first.union(*others, all=True) if others else first
