"""Pages of speakers."""

from collections import Counter

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from quotes.models import Appearance, Quote, Section, Speaker, Topic
from quotes.search import totals
from quotes.search.memory import Memory
from quotes.search.models import SearchEntry
from quotes.search.names import Name, public_names
from quotes.views.counting import counted
from quotes.views.moved import leads_on, present_page
from quotes.views.paging import page_of

SPEAKERS_PAGE_SIZE = 50
QUOTES_PAGE_SIZE = 20
TOPICS = 12
APPEARANCES = 20  # the latest
UNFOLDED = 5  # of these, the others are folded
QUESTIONS = 20  # put as a moderator, the latest
INDEXED = 60  # speakers from which there is an index by letter


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
    asked = memory.remember("questions", _questions_put)
    for row, name in zip(page.object_list, names[page.start_index() - 1 :], strict=False):
        row.question_count = asked.get(row.pk, 0)
        row.letter = letter(name.order)
    return render(request, "speaker_list.html", {"page": page, "letters": letters(names)})


def _questions_put() -> dict[int, int]:
    """How many questions each moderator put in public sections."""
    asked = Section.objects.published().exclude(question="").exclude(moderator=None)
    return Counter(asked.values_list("moderator", flat=True))


def letter(sort_name: str) -> str:
    """The letter under which a name is found; # for a name that begins with none."""
    first = sort_name[:1].upper()
    return first if first.isascii() and first.isalpha() else "#"


def letters(names: list[Name]) -> dict[str, int]:
    """Letter -> number of the page where the names begin with it; none for a short list."""
    if len(names) < INDEXED:
        return {}
    pages: dict[str, int] = {}
    for place, name in enumerate(names):
        pages.setdefault(letter(name.order), place // SPEAKERS_PAGE_SIZE + 1)
    return pages


@require_safe
@leads_on(present_page(Speaker))
def speaker_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One person: roles over time, topics, and the quotes by event."""
    asked = Section.objects.published().exclude(question="")
    appearances = list(
        Appearance.objects.published()
        .filter(speaker__slug=slug)
        .select_related("speaker", "event")
        .annotate(has_asked=Exists(asked.filter(moderator=OuterRef("speaker"))))
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
    questions = asked.filter(moderator=speaker).newest_first()[:QUESTIONS]
    context = {
        "speaker": speaker,
        "appearances": appearances[:UNFOLDED],
        "earlier_appearances": appearances[UNFOLDED:APPEARANCES],
        "questions": questions if appearances[0].has_asked else [],
        "has_earlier": len(appearances) > APPEARANCES,
        "topics": topics,
        "page": page,
    }
    return render(request, "speaker_detail.html", context)
