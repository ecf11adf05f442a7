"""Keeping the index: a quote's row is written anew whenever anything it is made of changes.

In the transaction of the change, whether a row is saved, loaded from a fixture, deleted, or written
with many others at once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import chain
from struct import pack

from django.db import connection, transaction
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
from quotes.models.publication import Publishable, public_from
from quotes.search.lookups import GRAMS_INDEX, TSVECTOR
from quotes.search.models import ContentState, SearchEntry, code
from quotes.text.grams import grams, tag
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
# What can be a part of a quote as soon as it is made; quotes are put into all else afterwards.
PARTS_WHEN_MADE = (Quote, TaggedQuote, Appearance)


def index_quotes(quotes: QuerySet) -> Iterator[int]:
    """Write the entries of these quotes anew, a chunk in a transaction; how many were written."""
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
    keys = quotes.order_by("pk").distinct().values_list("pk", flat=True)
    chunk = list(keys[:CHUNK])
    while chunk:
        with transaction.atomic():
            SearchEntry.objects.filter(pk__in=chunk).delete()
            entries = map(_entry, complete.filter(pk__in=chunk))
            yield len(SearchEntry.objects.bulk_create(entries))
        chunk = list(keys.filter(pk__gt=chunk[-1])[:CHUNK]) if len(chunk) == CHUNK else []


def rebuild() -> Iterator[int]:
    """Index every quote anew; how many were indexed, a chunk at a time.

    PostgreSQL's index of grams is made at the end, many times faster than row by row: until then
    searching reads every row there.
    """
    definition = f"USING gin ({TSVECTOR.format(column='grams')})"
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # without which the rows of a chunk are found by reading all
        if is_postgresql:
            cursor.execute(f"DROP INDEX IF EXISTS {GRAMS_INDEX}")
        try:
            yield from index_quotes(Quote.objects.all())
        finally:
            if is_postgresql:
                cursor.execute(f"CREATE INDEX {GRAMS_INDEX} ON search_searchentry {definition}")
        SearchEntry.objects.exclude(pk__in=Quote.objects.values("pk")).delete()
        if is_postgresql and not connection.in_atomic_block:
            cursor.execute("VACUUM search_searchentry")  # so that its indexes answer alone
        cursor.execute("ANALYZE")
    ContentState.change()


def _entry(quote: Quote) -> SearchEntry:
    """The entry of a quote that came with all that it is made of."""
    section, event, source, speaker = quote.section, quote.event, quote.source, quote.speaker
    topics = [tagged.tag for tagged in quote.tagged_quotes.all()]
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


# What changed, gathered while `index_at_the_end` is entered: kind of content -> primary keys.
_gathered: ContextVar[dict[type[Model], set] | None] = ContextVar("gathered", default=None)


@contextmanager
def index_at_the_end() -> Iterator[None]:
    """Index what changes within only once, at the end, in one transaction with the changes."""
    with transaction.atomic():
        changed: dict[type[Model], set] = defaultdict(set)
        token = _gathered.set(changed)
        try:
            yield
        finally:
            _gathered.reset(token)
        reached = [Quote.objects.filter(PART_OF[kind](list(pks))) for kind, pks in changed.items()]
        keys = {key for quotes in reached for key in quotes.values_list("pk", flat=True)}
        _index(Quote.objects.filter(pk__in=keys))
        ContentState.change()


def _index(quotes: QuerySet) -> None:
    """Index all of them at once."""
    for _count in index_quotes(quotes):
        pass


def _changed(kind: type[Model], pks: list) -> None:
    """Index the quotes anew of which these rows are a part, and say that there was a change."""
    gathered = _gathered.get()
    if gathered is not None:
        if kind in PART_OF:
            gathered[kind].update(pks)
        return
    if kind in PART_OF and pks:
        _index(Quote.objects.filter(PART_OF[kind](pks)))
    ContentState.change(is_publishable=issubclass(kind, Publishable))


@receiver(post_save)
def content_saved(sender: type[Model], instance: Model, created: bool, raw: bool, **kwargs) -> None:
    """Follow a row that was saved, or loaded from a fixture."""
    if not isinstance(instance, Content):
        return
    # Fixtures have any order: in them a quote may come before what it is in.
    is_part = raw or not created or sender in PARTS_WHEN_MADE
    _changed(sender, [instance.pk] if is_part else [])


@receiver(rows_written)
def content_written(sender: type[Model], pks: list, **kwargs) -> None:
    """Follow rows that were written at once."""
    _changed(sender, pks)


@receiver(post_delete)
def content_deleted(sender: type[Model], instance: Model, **kwargs) -> None:
    """Follow a row that was deleted: a quote takes its entry along, a part leaves its quotes."""
    if not isinstance(instance, Content):
        return
    if sender is Quote:
        SearchEntry.objects.filter(pk=instance.pk).delete()
    if sender is TaggedQuote:
        _changed(Quote, [instance.content_object_id])
    elif sender is Appearance:
        said = Quote.objects.filter(speaker=instance.speaker_id, **{EVENT: instance.event_id})
        _changed(Quote, list(said.values_list("pk", flat=True)))
    else:
        _changed(sender, [])


def index_what_was_there(**kwargs) -> None:
    """After a migration: have the state, and an index of what was kept before there was one."""
    if SearchEntry._meta.db_table not in connection.introspection.table_names():
        return  # migrated backwards
    ContentState.objects.get_or_create(pk=ContentState.ONLY)
    if not SearchEntry.objects.exists():
        _index(Quote.objects.all())
