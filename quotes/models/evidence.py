"""What stands beside the words of quotes: topics, other reports."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from quotes.models.compiled import Argument, compiled
from quotes.models.localized import localized_name
from quotes.models.speaker import Appearance
from quotes.models.topic import TaggedQuote, Topic

if TYPE_CHECKING:
    from quotes.models.parallel import ParallelQuerySet
    from quotes.models.quote import Quote

ENDS = ("first", "second")  # of a parallel


def reported_with(quote: "Quote") -> set[int]:
    """Keys of the quotes that report the same words, by accepted parallels, public or not."""
    return {key for pair in _pairs(quotes=[quote.pk]) for key in pair} - {quote.pk}


@compiled
def _pairs() -> QuerySet:
    return _parallels().accepted().filter(_touching(Argument("quotes"))).values_list(*ENDS)


def title_then(quote: "Quote") -> str:
    """The title that its speaker held at its event, "" if none is stated; one query."""
    rows = _titles(speaker=quote.speaker_id, event=quote.event.pk)
    return localized_name(*rows[0]) if rows else ""


@compiled
def _titles() -> QuerySet:
    at_the_event = {"speaker": Argument("speaker"), "event": Argument("event")}
    return (
        Appearance.objects.filter(**at_the_event).order_by().values_list("title", "english_title")
    )


def add_topics(quotes: Sequence["Quote"]) -> None:
    """Give each of the quotes its `topic_list`: key, names and slug of each; one query."""
    known: dict[int, Topic] = {}
    topics = defaultdict(list)
    for key, pk, name, english_name, slug in _topics(quotes=[quote.pk for quote in quotes]):
        if pk not in known:
            known[pk] = Topic(pk=pk, name=name, english_name=english_name, slug=slug)
        topics[key].append(known[pk])
    for quote in quotes:
        quote.topic_list = topics[quote.pk]


@compiled
def _topics() -> QuerySet:
    tagged = TaggedQuote.objects.filter(content_object__among=Argument("quotes"))
    columns = ("content_object", "tag", "tag__name", "tag__english_name", "tag__slug")
    return tagged.order_by("tag__slug").values_list(*columns)


def add_parallel_counts(quotes: Sequence["Quote"], parallels: QuerySet | None = None) -> None:
    """Give each its `parallel_count`, quotes that report the same words; one query.

    By public parallels, or by these.
    """
    keys = [quote.pk for quote in quotes]
    if parallels is None:
        pairs = _public_pairs(quotes=keys)
    else:
        pairs = parallels.filter(_touching(keys)).values_list(*ENDS)
    counts = Counter(key for pair in pairs for key in pair)
    for quote in quotes:
        quote.parallel_count = counts[quote.pk]


@compiled
def _public_pairs() -> QuerySet:
    return _parallels().published().filter(_touching(Argument("quotes"))).values_list(*ENDS)


def _parallels() -> "ParallelQuerySet":
    from quotes.models.parallel import Parallel  # which itself needs quotes

    return Parallel.objects.all()


def _touching(keys: list[int] | Argument) -> Q:
    """Condition for a parallel to be one of quotes with these keys."""
    return Q(first__among=keys) | Q(second__among=keys)
