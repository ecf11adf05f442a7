"""How many quotes each further choice would give, and each choice dropped."""

from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, Value

from quotes.filters.quotes import QuoteFilter
from quotes.models import TaggedQuote
from quotes.search.models import COLUMNS, SearchEntry, SearchEntryQuerySet
from quotes.text.queries import Query

LIMIT = 10_000  # quotes up to which every count is exact


@dataclass(frozen=True)
class Total:
    """How many quotes there are: `n`, or more than that."""

    n: int
    more: bool = False

    def __bool__(self) -> bool:
        return self.n > 0


def total(found: QuoteFilter) -> Total:
    """How many quotes are found, exactly up to LIMIT, or where that is asked for or remembered."""
    if not found.form.is_valid():
        return Total(0)
    if not found.asked:
        return Total(found.memory.remember("total", found.queryset.count))
    if "counts" in found.state:
        return Total(found.narrow().count())
    n = found.narrow()[: LIMIT + 1].count()
    return Total(min(n, LIMIT), n > LIMIT)


def count_columns(found: QuoteFilter) -> dict[str, dict[int, int] | None]:
    """Of every filter with a column: value -> quotes it gives under the other filters.

    None where the others let more than LIMIT through, unless all counts are asked for. One query.
    """
    if not found.asked:
        return found.memory.remember("columns", lambda: _count_columns(found, bounded=False))
    return _count_columns(found, bounded="counts" not in found.state)


def _count_columns(found: QuoteFilter, bounded: bool) -> dict[str, dict[int, int] | None]:
    rows = _union(
        _labelled(number, found.narrow(**{column: None}), bounded).values_list("label", F(column))
        for number, column in enumerate(COLUMNS)
    )
    counts: dict[str, dict[int, int]] = {column: {} for column in COLUMNS}
    for number, value, n in rows:
        counts[COLUMNS[number]][value] = n
    return {
        column: None if bounded and sum(of_value.values()) > LIMIT else of_value
        for column, of_value in counts.items()
    }


def count_topics(found: QuoteFilter, total: Total) -> dict[int, int] | None:
    """Topic -> quotes found that have it; None where that is too many to count. One query."""
    if not found.asked:
        return found.memory.remember("topics", lambda: _count_topics(found))
    return None if total.more else _count_topics(found)


def _count_topics(found: QuoteFilter) -> dict[int, int]:
    tagged = TaggedQuote.objects.filter(content_object__in=found.narrow().values("pk"))
    return dict(tagged.order_by().values_list("tag").annotate(n=Count("pk")))


def count_without(found: QuoteFilter) -> list[tuple[str, str, Total]]:
    """(what, address, quotes) for each chosen value and word of a query, dropped. One query."""
    dropped = []  # (label, entries, address)
    for name, value in found.asked.items():
        if isinstance(value, Query) and len(value.words) > 1:
            for word in value.words:
                rest = value.without(word)
                dropped.append((word.typed, {name: rest}, found.url(q=[rest.typed])))
        elif isinstance(value, list):
            for row in value:
                others = [other for other in value if other is not row]
                slugs = [other.slug for other in others]
                dropped.append((str(row), {name: others}, found.url(**{name: slugs})))
        else:
            label = next(iter(found.given[name].values()))
            dropped.append((label, {name: None}, found.url(**{name: []})))
    rows = _union(
        _labelled(number, found.narrow(**changes), True).values_list("label")
        for number, (_label, changes, _url) in enumerate(dropped)
    )
    counts = dict(rows)
    return [
        (label, url, Total(min(counts.get(number, 0), LIMIT), counts.get(number, 0) > LIMIT))
        for number, (label, _changes, url) in enumerate(dropped)
    ]


def _labelled(number: int, entries: SearchEntryQuerySet, bounded: bool) -> SearchEntryQuerySet:
    """`entries`, at most LIMIT and one more if bounded, with the number as their label."""
    if bounded:
        entries = SearchEntry.objects.filter(pk__in=entries.values("pk")[: LIMIT + 1])
    return entries.annotate(label=Value(number, output_field=IntegerField()))


def _union(querysets: object) -> SearchEntryQuerySet:
    """The rows of all, each with how many it stands for."""
    counted = [rows.annotate(n=Count("pk")) for rows in querysets]
    return counted[0].union(*counted[1:], all=True)
