"""Keeping the index: an entry is written anew whenever what it is made of changes.

In the transaction of the change, whether a row is saved, loaded from a fixture, deleted, or written
with many others at once.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F, Model, Q, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
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
from quotes.models.content import (
    Content,
    row_to_be_written,
    rows_to_be_written,
    rows_written,
)
from quotes.search.entries import EVENT, index_quotes
from quotes.search.models import ContentState


class Part(NamedTuple):
    """What a kind of content is to entries."""

    quotes: Callable[[list], Q]  # those whose entries rows with these keys are a part of
    fields: frozenset[str]  # what of the rows stands in the entries, or says in which


def _part(quotes: Callable[[list], Q], *fields: str) -> Part:
    return Part(quotes, frozenset(fields))


PARTS: dict[type[Model], Part] = {
    Quote: _part(
        lambda pks: Q(pk__in=pks),
        *("slug", "section_id", "position", "speaker_id", "status", "published_at"),
        *("title", "body_html", "context", "wording"),
    ),
    Speaker: _part(lambda pks: Q(speaker__in=pks), "name", "latin_name", "aliases"),
    Section: _part(
        lambda pks: Q(section__in=pks),
        *("slug", "coverage_id", "position", "kind", "title", "question"),
    ),
    Coverage: _part(lambda pks: Q(section__coverage__in=pks), "event_id", "source_id", "position"),
    Source: _part(lambda pks: Q(section__coverage__source__in=pks), "slug"),
    Event: _part(
        lambda pks: Q(**{f"{EVENT}__in": pks}),
        *("slug", "name", "english_name", "city", "english_city", "start_date"),
        *("status", "published_at"),
    ),
    Topic: _part(lambda pks: Q(tagged_quotes__tag__in=pks), "name", "english_name", "aliases"),
    TaggedQuote: _part(lambda pks: Q(tagged_quotes__in=pks), "content_object_id", "tag_id"),
    Appearance: _part(
        lambda pks: Q(speaker__appearances__in=pks, **{EVENT: F("speaker__appearances__event")}),
        *("event_id", "speaker_id", "role", "title", "english_title"),
    ),
}


# Keys of the quotes to index, gathered while `index_at_the_end` is entered.
_gathered: ContextVar[set[int] | None] = ContextVar("gathered", default=None)


@contextmanager
def index_at_the_end() -> Iterator[None]:
    """Index what changes within only once, at the end, in one transaction with the changes."""
    with transaction.atomic():
        ContentState.lock()
        keys: set[int] = set()
        token = _gathered.set(keys)
        try:
            yield
        finally:
            _gathered.reset(token)
        _changed(keys)


def _changed(keys: set[int]) -> None:
    """Index the quotes with these keys, and say that the content changed."""
    gathered = _gathered.get()
    if gathered is not None:
        gathered |= keys
        return
    for _count in index_quotes(keys):
        pass
    ContentState.change()


def _reached(kind: type[Model], pks: Iterable[int]) -> set[int]:
    """Keys of the quotes whose entries rows of that kind are a part of."""
    return set(Quote.objects.filter(PARTS[kind].quotes(pks)).values_list("pk", flat=True))


@receiver([row_to_be_written, rows_to_be_written])
def wait(**kwargs) -> None:
    """Wait for whoever else changes the content, before anything is written."""
    if _gathered.get() is None and connection.in_atomic_block:
        ContentState.lock()


def _is_as_indexed(row: Model) -> bool:
    """Whether a row that is to be saved is what the entries know of it; one query."""
    fields = PARTS[type(row)].fields
    kept = type(row)._base_manager.filter(pk=row.pk).values(*fields).first()
    return kept == {name: getattr(row, name) for name in fields}


@receiver(pre_save)
def content_to_be_saved(sender: type[Model], instance: Model, **kwargs) -> None:
    """Note what a row is a part of as it is kept; None if entries stay as they are."""
    if isinstance(instance, Content):
        is_other = sender in PARTS and not _is_as_indexed(instance)
        instance.reached_before = _reached(sender, [instance.pk]) if is_other else None


@receiver(post_save)
def content_saved(sender: type[Model], instance: Model, **kwargs) -> None:
    """Follow a row that was saved, or loaded from a fixture."""
    if isinstance(instance, Content):
        before = instance.reached_before
        _changed(set() if before is None else before | _reached(sender, [instance.pk]))


@receiver(rows_to_be_written)
def content_to_be_written(
    sender: type[Model], rows: QuerySet, fields: list[str], **kwargs
) -> set[int] | None:
    """Say what rows are a part of before they are written; None if entries stay as they are."""
    written = {sender._meta.get_field(name).attname for name in fields}
    if sender not in PARTS or written.isdisjoint(PARTS[sender].fields):
        return None
    return _reached(sender, rows.values("pk"))


@receiver(rows_written)
def content_written(sender: type[Model], pks: list[int], before: list[tuple], **kwargs) -> None:
    """Follow rows that were written at once."""
    reached = dict(before)[content_to_be_written]
    _changed(set() if reached is None else reached | _reached(sender, pks))


@receiver(pre_delete)
def content_to_be_deleted(sender: type[Model], instance: Model, **kwargs) -> None:
    """Note what a row is a part of as long as it is there."""
    if isinstance(instance, Content):
        origin = kwargs["origin"]
        is_part = sender in PARTS and sender is getattr(origin, "model", type(origin))
        # Of what goes along with another row, that one is a part.
        instance.reached_before = _reached(sender, [instance.pk]) if is_part else set()


@receiver(post_delete)
def content_deleted(sender: type[Model], instance: Model, **kwargs) -> None:
    """Follow a row that was deleted: a quote takes its entry along, a part leaves its quotes."""
    if isinstance(instance, Content):
        _changed(instance.reached_before)


def index_what_was_there(**kwargs) -> None:
    """After a migration: have the state, and entries of quotes that have none.

    So of what was kept before there was an index, and of what a migration changed. Not on the way:
    as long as a migration is to come, the tables are not those of the models.
    """
    migrations = MigrationExecutor(connection)
    if migrations.migration_plan(migrations.loader.graph.leaf_nodes()):
        return
    ContentState.objects.get_or_create(pk=ContentState.ONLY)
    if missing := set(Quote.objects.filter(search_entry=None).values_list("pk", flat=True)):
        _changed(missing)
