"""Pages of speakers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from quotes.models import Quote, Speaker, Topic
from quotes.views.paging import page_of

SPEAKERS_PAGE_SIZE = 50
QUOTES_PAGE_SIZE = 20
TOPICS = 12


@require_safe
def speaker_list(request: HttpRequest) -> HttpResponse:
    """All speakers in the order of their pinyin."""
    speakers = Speaker.objects.published().with_quote_count().with_latest_title()
    page = page_of(request, speakers.order_by("sort_name", "slug"), SPEAKERS_PAGE_SIZE)
    return render(request, "speaker_list.html", {"page": page})


@require_safe
def speaker_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One person: roles over time, topics, and the quotes by event."""
    speaker = get_object_or_404(Speaker.objects.published(), slug=slug)
    quotes = Quote.objects.published().filter(speaker=speaker)
    appearances = speaker.appearances.published().select_related("event")
    context = {
        "speaker": speaker,
        "appearances": appearances.order_by("-event__start_date", "event__slug"),
        "topics": Topic.objects.of_quotes(quotes)[:TOPICS],
        "page": page_of(
            request, quotes.in_reading_order().for_cards().with_topics(), QUOTES_PAGE_SIZE
        ),
    }
    return render(request, "speaker_detail.html", context)
