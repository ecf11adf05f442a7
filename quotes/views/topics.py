"""Pages of topics."""

from collections import defaultdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from quotes.models import Quote, Speaker, TaggedQuote, Topic
from quotes.views.paging import page_of

PAGE_SIZE = 120
SPEAKERS = 6  # columns: those who said most
QUOTES_EACH = 3  # shown of each of them; the rest is one link away
RELATED = 15  # rows of the table beside the topic's own


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    """All topics, the commonest first."""
    topics = Topic.objects.of_quotes(Quote.objects.published())
    return render(request, "topic_list.html", {"page": page_of(request, topics, PAGE_SIZE)})


@require_safe
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic: what each speaker said about it side by side, and who speaks of what."""
    topic = get_object_or_404(Topic.objects.published(), slug=slug)
    quotes = Quote.objects.published().filter(tagged_quotes__tag=topic)
    speakers = list(Speaker.objects.of_quotes(quotes)[:SPEAKERS])
    shown = quotes.filter(speaker__in=speakers).without_repeats()
    said = defaultdict(list)
    for quote in shown.first_of_each("speaker", QUOTES_EACH).in_reading_order().for_cards():
        said[quote.speaker_id].append(quote)
    related = list(Topic.objects.of_quotes(quotes)[: RELATED + 1])
    context = {
        "topic": topic,
        "quote_count": next(row.quote_count for row in related if row == topic),
        "speaker_count": quotes.order_by().values("speaker").distinct().count(),
        "columns": [(speaker, said[speaker.pk]) for speaker in speakers],
        "related": [row for row in related if row != topic],
        "speakers": speakers,
        "table": _who_spoke_of_what(related, speakers),
    }
    return render(request, "topic_detail.html", context)


def _who_spoke_of_what(topics: list[Topic], speakers: list[Speaker]) -> list[tuple]:
    """A row (topic, [(speaker, quotes) …], quotes of all speakers) for each of `topics`."""
    tagged = TaggedQuote.objects.published().filter(tag__in=topics)
    counts = tagged.filter(content_object__speaker__in=speakers).count_by(
        "tag", "content_object__speaker"
    )
    totals = tagged.count_by("tag")
    rows = [
        (topic, [(s, counts.get((topic.pk, s.pk), 0)) for s in speakers], totals[topic.pk,])
        for topic in topics
    ]
    return sorted(rows, key=lambda row: -row[2])
