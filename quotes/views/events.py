"""Pages of events."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from quotes.models import Event, Quote, Section
from quotes.views.paging import page_of

PAGE_SIZE = 50


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """All summits, the newest first."""
    events = Event.objects.published().with_quote_count().newest_first()
    return render(request, "event_list.html", {"page": page_of(request, events, PAGE_SIZE)})


@require_safe
def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One summit, read from top to bottom: who was there, then the quotes source by source."""
    event = get_object_or_404(Event.objects.published(), slug=slug)
    quotes = Quote.objects.published().in_position().for_cards().with_topics()
    sections = Section.objects.published().in_position().select_related("moderator")
    coverages = event.coverages.select_related("source").prefetch_related(
        Prefetch("sections", sections.prefetch_related(Prefetch("quotes", quotes)))
    )
    context = {
        "event": event,
        "appearances": event.appearances.select_related("speaker"),
        "coverages": coverages,
        "quotes": [
            quote
            for coverage in coverages
            for section in coverage.sections.all()
            for quote in section.quotes.all()
        ],
    }
    return render(request, "event_detail.html", context)
