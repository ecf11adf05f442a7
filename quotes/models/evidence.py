"""What stands beside the words of quotes: topics, other reports."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from quotes.models.publication import live_quote
from quotes.models.topic import TaggedQuote, Topic

if TYPE_CHECKING:
    from quotes.models.quote import Quote


def accepted_parallels() -> QuerySet:
    """The parallels that editors have accepted."""
    from quotes.models.parallel import Parallel  # which itself needs quotes

    return Parallel.objects.accepted()


def add_topics(quotes: Sequence["Quote"]) -> None:
    """Give each of the quotes its `topic_list`: key, name and slug of each; one query.

    With half the CPU of prefetching.
    """
    known: dict[int, Topic] = {}
    topics = defaultdict(list)
    tagged = TaggedQuote.objects.filter(content_object__in=quotes).order_by("tag__slug")
    columns = ("content_object", "tag", "tag__name", "tag__slug")
    for quote, pk, name, slug in tagged.values_list(*columns):
        if pk not in known:
            known[pk] = Topic(pk=pk, name=name, slug=slug)
        topics[quote].append(known[pk])
    for quote in quotes:
        quote.topic_list = topics[quote.pk]


def add_parallel_counts(quotes: Sequence["Quote"], parallels: QuerySet | None = None) -> None:
    """Give each its `parallel_count`, quotes that report the same words; one query.

    Of public ones, or by those `parallels`.
    """
    if parallels is None:
        said_again = Q(first__in=quotes) & live_quote("second__")
        said_before = Q(second__in=quotes) & live_quote("first__")
        found = accepted_parallels().filter(said_again | said_before)
    else:
        found = parallels.filter(Q(first__in=quotes) | Q(second__in=quotes))
    counts = Counter(key for pair in found.values_list("first", "second") for key in pair)
    for quote in quotes:
        quote.parallel_count = counts[quote.pk]
