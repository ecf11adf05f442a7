"""Pages of topics."""

from collections import defaultdict

from django.db.models import Count, FilteredRelation, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from quotes.models import Quote, Speaker, State, TaggedQuote, Topic, Wording
from quotes.models.wording import WORDING_NOTES
from quotes.search.memory import Memory
from quotes.search.models import SearchEntry, SearchEntryQuerySet
from quotes.text.markup import plain_text
from quotes.text.passages import passage_about
from quotes.views.moved import leads_on, present_page
from quotes.views.paging import page_of

PAGE_SIZE = 120
SPEAKERS = 6  # columns: those who said most
QUOTES_EACH = 3  # shown of each of them; the rest is one link away
LOOKED_AT = 9  # quotes of each, of which those lead that have the best evidence for their words
LITERAL = list(WORDING_NOTES)  # the most literal first
RELATED = 15  # rows of the table beside the topic's own


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    """All topics, the commonest first."""
    topics = Memory().remember(
        "topics, commonest first",
        lambda: list(Topic.objects.of_quotes(SearchEntry.objects.published().values("pk"))),
    )
    return render(request, "topic_list.html", {"page": page_of(request, topics, PAGE_SIZE)})


@require_safe
@leads_on(present_page(Topic))
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic: what each speaker said about it side by side, and who speaks of what."""
    topic = get_object_or_404(Topic.objects.published(), slug=slug)
    known = Memory().remember(f"topic {topic.pk}", lambda: _who_and_what(topic))
    about = (f"{topic.name}\n{topic.aliases}", topic.description)
    keys = [key for lead, others in known["shown"] for key in (lead, *others)]
    rows = {row.pk: row for row in Quote.objects.cards(keys, topics=False)}
    said = defaultdict(list)
    for lead, others in known["shown"]:
        if quote := rows.get(lead):
            quote.passage = passage_about(plain_text(quote.body_html), *about)
            quote.others = [rows[key] for key in others if key in rows]
            said[quote.speaker_id].append(quote)
    columns = [(speaker, said[speaker.pk]) for speaker in known["speakers"]]
    return render(request, "topic_detail.html", {"topic": topic, "columns": columns, **known})


def _who_and_what(topic: Topic) -> dict:
    """Who speaks about a topic, which of their quotes to show, what they speak about with it."""
    entries = SearchEntry.objects.published().tagged(topic.pk)
    keys = entries.order_by().values("pk")
    everyone = list(Speaker.objects.of_quotes(keys))
    related = list(Topic.objects.of_quotes(keys).exclude(pk=topic.pk)[:RELATED])
    speakers = everyone[:SPEAKERS]
    return {
        "quote_count": sum(speaker.quote_count for speaker in everyone),
        "speaker_count": len(everyone),
        "speakers": speakers,
        "shown": _first_of_each(entries, speakers),
        "related": related,
        "table": _who_spoke_of_what([topic, *related], speakers),
    }


def _first_of_each(
    entries: SearchEntryQuerySet, speakers: list[Speaker]
) -> list[tuple[int, list[int]]]:
    """(key, keys of other reports of the same words) for each speaker's first quotes."""
    first = Q(pk__in=[])
    for speaker in speakers:
        ordered = entries.filter(speaker=speaker).in_reading_order()
        first |= Q(pk__in=ordered.values("pk")[:LOOKED_AT])
    accepted = Q(quote__parallels_as_second__state=State.ACCEPTED)
    pair = FilteredRelation("quote__parallels_as_second", condition=accepted)
    candidates = SearchEntry.objects.filter(first).in_reading_order().annotate(pair=pair)
    together = defaultdict(set)
    columns: dict[int, dict[int, tuple]] = defaultdict(dict)
    for key, speaker, other, *evidence in candidates.values_list(
        "pk", "speaker", "pair__first", "wording", "source__title", "source__url"
    ):
        columns[speaker][key] = _weakness(*evidence)
        together[key].add(other)
        together[other].add(key)
    return [lead for rows in columns.values() for lead in _leads(rows, together)[:QUOTES_EACH]]


def _weakness(wording: int, title: str, url: str) -> tuple:
    """What sorts the reports of the same words by their evidence, the best first.

    The more literal first; of these the one whose source is known by its title, and by an address.
    """
    return LITERAL.index(Wording.values[wording]), not title, not url


def _leads(rows: dict[int, tuple], together: dict[int, set[int]]) -> list[tuple[int, list[int]]]:
    """Of one speaker's quotes (key -> weakness), those that lead, each with those that follow it.

    A quote follows the one with the best evidence that reports the same words; in the order given.
    """
    followers: dict[int, list[int]] = {}
    for key in sorted(rows, key=rows.get):
        lead = next((lead for lead in followers if lead in together[key]), None)
        if lead is None:
            followers[key] = []
        else:
            followers[lead].append(key)
    return [(key, followers[key]) for key in rows if key in followers]


def _who_spoke_of_what(topics: list[Topic], speakers: list[Speaker]) -> list[tuple]:
    """A row (topic, [(speaker, quotes) …], quotes of all speakers) for each of `topics`."""
    tagged = TaggedQuote.objects.filter(
        tag__in=topics, content_object__search_entry__in=SearchEntry.objects.published()
    )
    counts: dict[int, dict[int, int]] = defaultdict(dict)
    cells = tagged.order_by().values_list("tag", "content_object__speaker").annotate(n=Count("pk"))
    for topic, speaker, n in cells:
        counts[topic][speaker] = n
    rows = [
        (row, [(s, counts[row.pk].get(s.pk, 0)) for s in speakers], sum(counts[row.pk].values()))
        for row in topics
    ]
    return sorted(rows, key=lambda row: -row[2])
