"""The front page."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.models import Event, Quote, Role, Section, Topic
from quotes.search import totals
from quotes.search.memory import Memory
from quotes.search.models import SearchEntry
from quotes.text.markup import plain_text
from quotes.text.passages import cut_out
from quotes.views.counting import counted

PICKS = 6
PICKED_FROM = 60  # of the quotes that editors picked, the newest
SPEAKERS = 12  # who said most; the others stand on the event's page
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
    keys = memory.remember("picks", lambda: _picks(newest))
    picks = Quote.objects.cards(keys, topics=False)
    for quote in picks:
        if quote.highlight:
            quote.passage = cut_out(plain_text(quote.body_html), quote.highlight)
            quote.found = quote.highlight
    has_hero = bool(picks) and picks[0].hero and picks[0].event == newest
    context = {
        "events": events,
        "event": newest,
        "hero": picks[0] if has_hero else None,
        "picks": picks[has_hero:],
    }
    if newest:
        context |= memory.remember(f"front {newest.pk}", lambda: _who_and_what(newest))
    return render(request, "home.html", context)


def _picks(newest: Event | None) -> list[int]:
    """Keys of the picked quotes to show: first the one that heads the page, if there is one.

    Then those whose source is known by its title before the others, and of these each speaker's
    first before anybody's second.
    """
    picked = SearchEntry.objects.published().filter(quote__featured=True).in_reading_order()
    hero = picked.filter(event=newest, quote__hero=True).values_list("pk", "speaker").first()
    ranks, before = {}, Counter()
    if hero:
        ranks[hero[0]] = (-1, 0)
        before[hero[1]] = 1
    for key, speaker, title in picked.values_list("pk", "speaker", "source__title")[:PICKED_FROM]:
        if key not in ranks:
            ranks[key] = (not title, before[speaker])
            before[speaker] += 1
    return sorted(ranks, key=ranks.get)[:PICKS]


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
    appearances.sort(key=lambda row: (-row.quote_count, -row.question_count))
    return {
        "appearances": appearances[:SPEAKERS],
        "appearance_count": len(appearances),
        "speaker_count": sum(row.role == Role.SPEAKER for row in appearances),
        "source_count": event.coverages.count(),
        "topics": list(Topic.objects.of_quotes(entries.values("pk"))[:TOPICS]),
    }
