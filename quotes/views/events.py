"""Pages of events."""

from django.core.paginator import Page
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from quotes.models import Event, Quote, Section
from quotes.models.event import SHOWN_WHOLE
from quotes.models.evidence import add_parallel_counts, add_topics
from quotes.models.parallel import ParallelQuerySet
from quotes.models.quote import QuoteQuerySet
from quotes.models.section import SectionQuerySet
from quotes.models.speaker import AppearanceQuerySet
from quotes.search import totals
from quotes.search.memory import Memory
from quotes.views.counting import counted
from quotes.views.moved import leads_on, present_page, present_section
from quotes.views.paging import page_of

PAGE_SIZE = 50
PEOPLE = 12  # of those who attended, listed at once; the others are folded
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
    sections = Section.objects.published().with_size()
    context = event_context(event, sections, Quote.objects.published())
    return render(request, "event_detail.html", context)


def event_context(
    event: Event,
    sections: SectionQuerySet,
    quotes: QuoteQuerySet,
    parallels: ParallelQuerySet | None = None,
) -> dict:
    """What an event's page shows: of these sections (`with_size`) and quotes, those of the event.

    `parallels`: those that are counted, public ones if not given.
    """
    quotes = quotes.of_event(event)
    quote_count = quotes.count()
    shown = quotes if quote_count <= SHOWN_WHOLE else quotes.first_of_each("section", SHORTENED)
    ordered = sections.in_position().select_related("moderator")
    coverages = event.coverages.select_related("source").prefetch_related(
        Prefetch(
            "sections",
            ordered.prefetch_related(Prefetch("quotes", shown.in_position().with_evidence())),
        )
    )
    rows = [section for coverage in coverages for section in coverage.sections.all()]
    cards = [quote for section in rows for quote in section.quotes.all()]
    add_topics(cards)
    add_parallel_counts(cards, parallels)
    return {
        "event": event,
        **who_attended(event.appearances.published()),
        "coverages": coverages,
        "quote_count": quote_count,
        "characters": sum(section.characters for section in rows),
        "is_whole": shown is quotes,
    }


def who_attended(appearances: AppearanceQuerySet) -> dict:
    """What an event's page shows of those who attended: the first, and the others."""
    rows = list(appearances.select_related("speaker"))
    return {"appearances": rows[:PEOPLE], "other_appearances": rows[PEOPLE:]}


@require_safe
@leads_on(present_section)
def section_detail(request: HttpRequest, event: str, source: str, section: str) -> HttpResponse:
    """One section of a summit in full."""
    found = find_section(Section.objects.published().with_size(), event, source, section)
    quotes = Quote.objects.published().filter(section=found)
    context = {
        "section": found,
        "page": section_page(request, quotes),
        # The sitemap names it where the event's page does not show it in full.
        "is_named": Event.objects.shortened().filter(pk=found.event.pk).exists(),
    }
    return render(request, "section_detail.html", context)


def find_section(sections: SectionQuerySet, event: str, source: str, section: str) -> Section:
    """The one of `sections` with these slugs and all that its page says of it; or Http404."""
    complete = sections.select_related("moderator", "coverage__event", "coverage__source")
    return get_object_or_404(
        complete, coverage__event__slug=event, coverage__source__slug=source, slug=section
    )


def section_page(
    request: HttpRequest, quotes: QuoteQuerySet, parallels: ParallelQuerySet | None = None
) -> Page:
    """The page of a section's quotes that is asked for; or Http404."""
    page = page_of(request, quotes.in_position().with_evidence(), SHOWN_WHOLE)
    page.object_list = list(page.object_list)
    add_topics(page.object_list)
    add_parallel_counts(page.object_list, parallels)
    return page
