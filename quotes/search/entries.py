"""Writing entries: what the index knows of quotes, made of their rows and what those hang on."""

from collections.abc import Iterable, Iterator
from itertools import chain
from operator import attrgetter
from struct import pack
from time import sleep

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from quotes.models import Appearance, Quote
from quotes.models.publication import public_from
from quotes.search.models import ContentState, SearchEntry, code
from quotes.text.grams import grams, tag
from quotes.text.markup import plain_text

CHUNK = 1000  # quotes indexed at a time
# Seconds between chunks of a rebuild, on SQLite: whoever waits for its lock looks every 0.1 s.
PAUSE = 0.15
LATEST_DAY = 99_991_231  # from which days are counted down, so that the newest comes first
EVENT = "section__coverage__event"


def index_quotes(keys: Iterable[int]) -> Iterator[int]:
    """Write the entries of the quotes with these keys anew; how many were written.

    A chunk in a transaction, in which nobody else changes the content.
    """
    appearances = Appearance.objects.filter(speaker=OuterRef("speaker"), event=OuterRef(EVENT))
    complete = (
        Quote.objects.select_related("speaker", EVENT, "section__coverage__source")
        .annotate(
            title_then=Subquery(appearances.values("title")[:1]),
            english_title_then=Subquery(appearances.values("english_title")[:1]),
            role_then=Subquery(appearances.values("role")[:1]),
        )
        .with_topics()
    )
    keys = sorted(keys)
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        with transaction.atomic():
            ContentState.lock()
            SearchEntry.objects.filter(pk__in=chunk).delete()
            entries = [_entry(quote) for quote in complete.filter(pk__in=chunk)]
            SearchEntry.objects.bulk_create(entries)
        yield len(entries)


def rebuild() -> Iterator[int]:
    """Index every quote anew; how many were indexed, a chunk at a time.

    Beside it others search, save, or rebuild.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # without which the rows of a chunk are found by reading all
        for count in index_quotes(Quote.objects.values_list("pk", flat=True)):
            yield count
            if connection.vendor == "sqlite":
                sleep(PAUSE)
        with transaction.atomic():
            ContentState.lock()
            SearchEntry.objects.exclude(pk__in=Quote.objects.values("pk")).delete()
            ContentState.change()
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            cursor.execute("VACUUM search_searchentry")  # so that its indexes answer alone
        cursor.execute("ANALYZE")


def _entry(quote: Quote) -> SearchEntry:
    """The entry of a quote that came with all that it is made of."""
    section, event, source, speaker = quote.section, quote.event, quote.source, quote.speaker
    topics = sorted((tagged.tag for tagged in quote.tagged_quotes.all()), key=attrgetter("pk"))
    names = [(topic.name, topic.english_name, topic.aliases) for topic in topics]
    heading = [quote.title, *chain.from_iterable(names)]
    rest = [
        plain_text(quote.body_html),
        quote.context,
        *(speaker.name, speaker.latin_name, speaker.aliases),
        *(quote.title_then or "", quote.english_title_then or ""),
        *(section.title, section.question),
        *(event.name, event.english_name, event.city, event.english_city),
    ]
    values = {
        "event": event.pk,
        "speaker": speaker.pk,
        "source": source.pk,
        "year": event.start_date.year,
        "role": code("role", quote.role_then) if quote.role_then else None,
        "kind": code("kind", section.kind),
        "wording": code("wording", quote.wording),
    }
    tags = [tag(name, value) for name, value in values.items() if value is not None]
    tags += [tag("topic", topic.pk) for topic in topics]
    return SearchEntry(
        quote=quote,
        event_id=values.pop("event"),
        speaker_id=values.pop("speaker"),
        source_id=values.pop("source"),
        public_from=public_from(quote, event),
        reading=reading_key(quote),
        heading=grams(heading),
        grams=grams([*heading, *rest], tags),
        **values,
    )


def reading_key(quote: Quote) -> bytes:
    """What sorts quotes as models.quote.NEWEST_EVENT and READING_ORDER do."""
    day = int(quote.event.start_date.strftime("%Y%m%d"))
    coverage, section = quote.section.coverage, quote.section
    key = pack(">I", LATEST_DAY - day) + quote.event.slug.encode()
    for row, slug in ((coverage, quote.source.slug), (section, section.slug), (quote, quote.slug)):
        key += b"\0" + pack(">I", row.position) + slug.encode()
    return key
