"""Pages of topics."""

from collections import defaultdict

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from quotes.models import Parallel, Quote, Speaker, TaggedQuote, Topic
from quotes.search.memory import Memory
from quotes.search.models import SearchEntry, SearchEntryQuerySet
from quotes.views.moved import leads_on, present_page
from quotes.views.paging import page_of

PAGE_SIZE = 120
SPEAKERS = 6  # columns: those who said most
QUOTES_EACH = 3  # shown of each of them; the rest is one link away
LOOKED_AT = 9  # quotes of each from which other reports of the same words are dropped
RELATED = 15  # rows of the table beside the topic's own


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    """All topics, the commonest first."""
    topics = Memory().remember(
        "topics, commonest first",
        lambda: list(Topic.objects.of_quotes(SearchEntry.objects.published().values("pk"))),
    )
    return render(request, "topic_list.html", {"page": page_of(request, topics, PAGE_SIZE)})


@require_safe
@leads_on(present_page(Topic))
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic: what each speaker said about it side by side, and who speaks of what."""
    topic = get_object_or_404(Topic.objects.published(), slug=slug)
    known = Memory().remember(f"topic {topic.pk}", lambda: _who_and_what(topic))
    said = defaultdict(list)
    for quote in Quote.objects.cards(known["shown"], topics=False):
        said[quote.speaker_id].append(quote)
    columns = [(speaker, said[speaker.pk]) for speaker in known["speakers"]]
    return render(request, "topic_detail.html", {"topic": topic, "columns": columns, **known})


def _who_and_what(topic: Topic) -> dict:
    """Who speaks about a topic, which of their quotes to show, what they speak about with it."""
    entries = SearchEntry.objects.published().tagged(topic.pk)
    keys = entries.order_by().values("pk")
    everyone = list(Speaker.objects.of_quotes(keys))
    related = list(Topic.objects.of_quotes(keys)[: RELATED + 1])
    speakers = everyone[:SPEAKERS]
    return {
        "quote_count": next(row.quote_count for row in related if row == topic),
        "speaker_count": len(everyone),
        "speakers": speakers,
        "shown": _first_of_each(entries, speakers),
        "related": [row for row in related if row != topic],
        "table": _who_spoke_of_what(related, speakers),
    }


def _first_of_each(entries: SearchEntryQuerySet, speakers: list[Speaker]) -> list[int]:
    """Keys of each speaker's first quotes, of several reports of the same words only the first."""
    first = Q(pk__in=[])
    for speaker in speakers:
        ordered = entries.filter(speaker=speaker).in_reading_order()
        first |= Q(pk__in=ordered.values("pk")[:LOOKED_AT])
    candidates = SearchEntry.objects.filter(first)
    repeats = (
        Parallel.objects.published().filter(first__in=candidates.values("pk")).values("second")
    )
    shown = defaultdict(list)
    for key, speaker in (
        candidates.exclude(pk__in=repeats).in_reading_order().values_list("pk", "speaker")
    ):
        shown[speaker].append(key)
    return [key for keys in shown.values() for key in keys[:QUOTES_EACH]]


def _who_spoke_of_what(topics: list[Topic], speakers: list[Speaker]) -> list[tuple]:
    """A row (topic, [(speaker, quotes) …], quotes of all speakers) for each of `topics`."""
    tagged = TaggedQuote.objects.filter(
        tag__in=topics, content_object__search_entry__in=SearchEntry.objects.published()
    )
    counts: dict[int, dict[int, int]] = defaultdict(dict)
    cells = tagged.order_by().values_list("tag", "content_object__speaker").annotate(n=Count("pk"))
    for topic, speaker, n in cells:
        counts[topic][speaker] = n
    rows = [
        (row, [(s, counts[row.pk].get(s.pk, 0)) for s in speakers], sum(counts[row.pk].values()))
        for row in topics
    ]
    return sorted(rows, key=lambda row: -row[2])
