"""Pages of speakers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from quotes.models import Appearance, Quote, Speaker, Topic
from quotes.search import totals
from quotes.search.memory import Memory
from quotes.search.models import SearchEntry
from quotes.search.names import public_names
from quotes.views.counting import counted
from quotes.views.moved import leads_on, present_page
from quotes.views.paging import page_of

SPEAKERS_PAGE_SIZE = 50
QUOTES_PAGE_SIZE = 20
TOPICS = 12
APPEARANCES = 20  # the latest


@require_safe
def speaker_list(request: HttpRequest) -> HttpResponse:
    """All speakers in the order of their pinyin."""
    memory = Memory()
    names = list(public_names(memory).speaker.values())
    page = page_of(request, names, SPEAKERS_PAGE_SIZE)
    keys = [name.pk for name in page.object_list]
    rows = memory.remember(
        f"speakers {page.number} {get_language()}",
        lambda: Speaker.objects.with_latest_title().in_bulk(keys),
    )
    page.object_list = counted((rows[key] for key in keys), totals.columns(memory)["speaker"])
    return render(request, "speaker_list.html", {"page": page})


@require_safe
@leads_on(present_page(Speaker))
def speaker_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One person: roles over time, topics, and the quotes by event."""
    appearances = list(
        Appearance.objects.published()
        .filter(speaker__slug=slug)
        .select_related("speaker", "event")
        .order_by("-event__start_date", "event__slug")[: APPEARANCES + 1]
    )
    if not appearances:
        raise Http404  # who is public appears somewhere
    speaker = appearances[0].speaker
    memory = Memory()
    entries = SearchEntry.objects.published().filter(speaker=speaker)
    topics = memory.remember(
        f"speaker {speaker.pk}",
        lambda: list(Topic.objects.of_quotes(entries.values("pk"))[:TOPICS]),
    )
    page = page_of(request, entries.in_reading_order(), QUOTES_PAGE_SIZE)
    keys = page.object_list.values_list("pk", flat=True)
    page.object_list = Quote.objects.cards(keys)
    context = {
        "speaker": speaker,
        "appearances": appearances[:APPEARANCES],
        "has_earlier": len(appearances) > APPEARANCES,
        "topics": topics,
        "page": page,
    }
    return render(request, "speaker_detail.html", context)
