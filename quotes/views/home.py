"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.models import Event, Quote, Role, Topic

PICKS = 6
TOPICS = 18
EVENTS = 30


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest summit with its speakers and topics, picked quotes, all summits."""
    events = Event.objects.published().with_quote_count().newest_first()[:EVENTS]
    newest = next(iter(events), None)
    quotes = Quote.objects.published()
    picks = list(quotes.filter(featured=True).in_reading_order().for_cards()[:PICKS])
    hero = next((quote for quote in picks if quote.highlight and quote.event == newest), None)
    context = {
        "events": events,
        "event": newest,
        "hero": hero,
        "picks": [quote for quote in picks if quote is not hero],
    }
    if newest:
        appearances = newest.appearances.select_related("speaker").with_counts()
        context |= {
            "appearances": appearances,
            "speaker_count": sum(row.role == Role.SPEAKER for row in appearances),
            "source_count": newest.coverages.count(),
            "topics": Topic.objects.of_quotes(quotes.of_event(newest))[:TOPICS],
        }
    return render(request, "home.html", context)
