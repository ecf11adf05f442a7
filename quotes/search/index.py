"""Keeping the index: a quote's row is written anew whenever anything it is made of changes.

In the transaction of the change, whether a row is saved, loaded from a fixture, deleted, or written
with many others at once.
"""

from collections.abc import Callable, Iterator
from struct import pack

from django.db import transaction
from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from quotes.models import (
    Appearance,
    Coverage,
    Event,
    Quote,
    Section,
    Source,
    Speaker,
    TaggedQuote,
    Topic,
)
from quotes.models.content import Content, rows_written
from quotes.models.publication import public_from
from quotes.search.models import ContentState, SearchEntry, code
from quotes.text.grams import grams
from quotes.text.markup import plain_text

CHUNK = 1000  # quotes indexed at a time
LATEST_DAY = 99_991_231  # from which days are counted down, so that the newest comes first
EVENT = "section__coverage__event"
# The quotes whose entries each kind of content is a part of, by its primary keys.
PART_OF: dict[type[Model], Callable[[list], Q]] = {
    Quote: lambda pks: Q(pk__in=pks),
    Speaker: lambda pks: Q(speaker__in=pks),
    Section: lambda pks: Q(section__in=pks),
    Coverage: lambda pks: Q(section__coverage__in=pks),
    Source: lambda pks: Q(section__coverage__source__in=pks),
    Event: lambda pks: Q(**{f"{EVENT}__in": pks}),
    Topic: lambda pks: Q(tagged_quotes__tag__in=pks),
    TaggedQuote: lambda pks: Q(tagged_quotes__in=pks),
    Appearance: lambda pks: Q(
        speaker__appearances__in=pks, **{EVENT: F("speaker__appearances__event")}
    ),
}


def index_quotes(quotes: QuerySet) -> Iterator[int]:
    """Write the entries of these quotes anew, a chunk in a transaction; how many were written."""
    appearances = Appearance.objects.filter(speaker=OuterRef("speaker"), event=OuterRef(EVENT))
    complete = (
        Quote.objects.select_related("speaker", f"{EVENT}", "section__coverage__source")
        .annotate(
            title_then=Subquery(appearances.values("title")[:1]),
            role_then=Subquery(appearances.values("role")[:1]),
        )
        .with_topics()
    )
    last = 0
    while pks := list(
        quotes.filter(pk__gt=last).order_by("pk").distinct().values_list("pk", flat=True)[:CHUNK]
    ):
        with transaction.atomic():
            SearchEntry.objects.filter(pk__in=pks).delete()
            entries = map(_entry, complete.filter(pk__in=pks))
            yield len(SearchEntry.objects.bulk_create(entries))
        last = pks[-1]


def _entry(quote: Quote) -> SearchEntry:
    """The entry of a quote that came with all that it is made of."""
    section, event, source, speaker = quote.section, quote.event, quote.source, quote.speaker
    topics = [tagged.tag for tagged in quote.tagged_quotes.all()]
    heading = [quote.title, *(text for topic in topics for text in (topic.name, topic.aliases))]
    rest = [
        plain_text(quote.body_html),
        quote.context,
        *(speaker.name, speaker.latin_name, speaker.aliases, quote.title_then or ""),
        *(section.title, section.question, event.name),
    ]
    return SearchEntry(
        quote=quote,
        event=event,
        speaker=speaker,
        source=source,
        year=event.start_date.year,
        role=code("role", quote.role_then) if quote.role_then else None,
        kind=code("kind", section.kind),
        wording=code("wording", quote.wording),
        public_from=public_from(quote, event),
        reading=_reading_key(quote),
        heading=grams(heading),
        grams=grams([*heading, *rest]),
    )


def _reading_key(quote: Quote) -> bytes:
    """What sorts quotes as models.quote.NEWEST_EVENT and READING_ORDER do."""
    day = int(quote.event.start_date.strftime("%Y%m%d"))
    coverage, section = quote.section.coverage, quote.section
    key = pack(">I", LATEST_DAY - day) + quote.event.slug.encode()
    for row, slug in ((coverage, quote.source.slug), (section, section.slug), (quote, quote.slug)):
        key += b"\0" + pack(">I", row.position) + slug.encode()
    return key


def _changed(quotes: Q | None) -> None:
    """Index the quotes anew that a change of content has reached, and say that there was one."""
    if quotes is not None:
        for _count in index_quotes(Quote.objects.filter(quotes)):
            pass
    ContentState.change()


@receiver(post_save)
def content_saved(sender: type[Model], instance: Model, **kwargs) -> None:
    """Follow a row that was saved, or loaded from a fixture."""
    if isinstance(instance, Content):
        _changed(PART_OF[sender]([instance.pk]) if sender in PART_OF else None)


@receiver(rows_written)
def content_written(sender: type[Model], pks: list, **kwargs) -> None:
    """Follow rows that were written at once."""
    _changed(PART_OF[sender](pks) if sender in PART_OF else None)


@receiver(post_delete)
def content_deleted(sender: type[Model], instance: Model, **kwargs) -> None:
    """Follow a row that was deleted: a quote takes its entry along, a part leaves its quotes."""
    if sender is Quote:
        SearchEntry.objects.filter(pk=instance.pk).delete()
    if isinstance(instance, TaggedQuote):
        _changed(Q(pk=instance.content_object_id))
    elif isinstance(instance, Appearance):
        _changed(Q(speaker=instance.speaker_id, **{EVENT: instance.event_id}))
    elif isinstance(instance, Content):
        _changed(None)


def index_what_was_there(**kwargs) -> None:
    """After a migration: have the state, and an index of what was kept before there was one."""
    ContentState.objects.get_or_create(pk=ContentState.ONLY)
    if not SearchEntry.objects.exists():
        for _count in index_quotes(Quote.objects.all()):
            pass
