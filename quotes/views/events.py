"""Pages of events."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from quotes.models import Event, Quote, Section
from quotes.models.event import SHOWN_WHOLE
from quotes.search import totals
from quotes.search.memory import Memory
from quotes.views.counting import counted
from quotes.views.moved import leads_on, present_page, present_section
from quotes.views.paging import page_of

PAGE_SIZE = 50
SHORTENED = 3  # quotes of a section of an event too long to be shown whole


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """All summits, the newest first."""
    page = page_of(request, Event.objects.published().newest_first(), PAGE_SIZE)
    page.object_list = counted(page.object_list, totals.columns(Memory())["event"])
    return render(request, "event_list.html", {"page": page})


@require_safe
@leads_on(present_page(Event))
def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One summit, read from top to bottom: who was there, then the quotes source by source."""
    event = get_object_or_404(Event.objects.published(), slug=slug)
    quotes = Quote.objects.published().of_event(event)
    quote_count = quotes.count()
    shown = quotes if quote_count <= SHOWN_WHOLE else quotes.first_of_each("section", SHORTENED)
    sections = Section.objects.published().with_size().in_position().select_related("moderator")
    coverages = event.coverages.select_related("source").prefetch_related(
        Prefetch(
            "sections",
            sections.prefetch_related(
                Prefetch("quotes", shown.in_position().for_cards().with_topics())
            ),
        )
    )
    context = {
        "event": event,
        "appearances": event.appearances.published().select_related("speaker"),
        "coverages": coverages,
        "quote_count": quote_count,
        "characters": sum(
            section.characters for coverage in coverages for section in coverage.sections.all()
        ),
        "is_whole": shown is quotes,
    }
    return render(request, "event_detail.html", context)


@require_safe
@leads_on(present_section)
def section_detail(request: HttpRequest, event: str, source: str, section: str) -> HttpResponse:
    """One section of a summit in full."""
    sections = (
        Section.objects.published()
        .with_size()
        .select_related("moderator", "coverage__event", "coverage__source")
    )
    found = get_object_or_404(
        sections, coverage__event__slug=event, coverage__source__slug=source, slug=section
    )
    quotes = Quote.objects.published().filter(section=found).in_position()
    page = page_of(request, quotes.for_cards().with_topics(), SHOWN_WHOLE)
    return render(request, "section_detail.html", {"section": found, "page": page})
