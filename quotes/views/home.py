"""The front page."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.models import Event, Quote, Role, Section, Topic
from quotes.search import totals
from quotes.search.memory import Memory
from quotes.search.models import SearchEntry
from quotes.views.counting import counted

PICKS = 6
TOPICS = 18
EVENTS = 30


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest summit with its speakers and topics, picked quotes, all summits."""
    memory = Memory()
    events = counted(
        Event.objects.published().newest_first()[:EVENTS], totals.columns(memory)["event"]
    )
    newest = events[0] if events else None
    picked = SearchEntry.objects.published().filter(quote__featured=True).in_reading_order()
    keys = memory.remember("picks", lambda: list(picked.values_list("pk", flat=True)[:PICKS]))
    picks = Quote.objects.cards(keys, topics=False)
    hero = next((quote for quote in picks if quote.highlight and quote.event == newest), None)
    context = {
        "events": events,
        "event": newest,
        "hero": hero,
        "picks": [quote for quote in picks if quote is not hero],
    }
    if newest:
        context |= memory.remember(f"front {newest.pk}", lambda: _who_and_what(newest))
    return render(request, "home.html", context)


def _who_and_what(event: Event) -> dict:
    """Who spoke at an event, and about what."""
    entries = SearchEntry.objects.published().filter(event=event)
    said = totals.group({"speaker": entries})["speaker"]
    moderated = Section.objects.published().filter(coverage__event=event)
    asked = Counter(moderated.values_list("moderator", flat=True))
    appearances = list(event.appearances.published().select_related("speaker"))
    for appearance in appearances:
        appearance.quote_count = said.get(appearance.speaker_id, 0)
        appearance.question_count = asked[appearance.speaker_id]
    return {
        "appearances": appearances,
        "speaker_count": sum(row.role == Role.SPEAKER for row in appearances),
        "source_count": event.coverages.count(),
        "topics": list(Topic.objects.of_quotes(entries.values("pk"))[:TOPICS]),
    }
